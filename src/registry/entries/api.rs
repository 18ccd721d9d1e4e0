//! Endpoints of registry entries.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{
    RegistryEntryCreate, RegistryEntryDecisionCreate, RegistryEntryPage, RegistryEntryQuery,
    RegistryEntryView,
};
use super::service::{self, ShownEntry};
use super::store::Filter;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Enters a program into the registry
///
/// An accepted program of a kind that the regulation of the region admits.
#[utoipa::path(
    tag = "registry", operation_id = "create_registry_entry", request_body = RegistryEntryCreate,
    responses((status = 201, description = "The new entry", body = RegistryEntryView))
)]
#[post("/registry-entries")]
pub async fn create_registry_entry(call: Call, body: Body<RegistryEntryCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_registry_entry(ctx, body.program_id).await?;
        let (location, version) =
            (format!("/api/v1/registry-entries/{}", shown.entry.id), shown.entry.version);
        Reply::created(location, version, &view(shown))
    })
    .await
}

/// Lists the registry
///
/// Entries of the caller's region, ordered by title of the program.
#[utoipa::path(
    tag = "registry", operation_id = "list_registry_entries", params(RegistryEntryQuery),
    responses((status = 200, description = "One page", body = RegistryEntryPage))
)]
#[get("/registry-entries")]
pub async fn list_registry_entries(call: Call, query: Query<RegistryEntryQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, Uuid)>(&query.0)?;
    let filter = Filter { state: query.state.map(Into::into), provider_id: query.provider_id };
    let found = call
        .read(async |ctx| service::list_registry_entries(ctx, &filter, &page, after.clone()).await)
        .await?;
    let (items, next_cursor) =
        page.cut(found, &query.0, |last| (last.entry.title.clone(), last.entry.program_id))?;
    Reply::ok(&RegistryEntryPage { items: items.into_iter().map(view).collect(), next_cursor })
}

/// Reads a registry entry
///
/// Any entry of the caller's region; the `ETag` is needed to decide on it.
#[utoipa::path(
    tag = "registry", operation_id = "get_registry_entry",
    params(("id" = Uuid, Path, description = "The entry's id")),
    responses((status = 200, description = "The entry", body = RegistryEntryView))
)]
#[get("/registry-entries/{id}")]
pub async fn get_registry_entry(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_registry_entry(ctx, *id).await).await?)
}

/// Decides on a registry entry
///
/// Suspends, resumes or removes it, with a reason. A removed entry is final.
#[utoipa::path(
    tag = "registry", operation_id = "decide_registry_entry", request_body = RegistryEntryDecisionCreate,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The entry's id")),
    responses((status = 200, description = "The entry as it is now", body = RegistryEntryView))
)]
#[post("/registry-entries/{id}/decision")]
pub async fn decide_registry_entry(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RegistryEntryDecisionCreate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let decision = body.decision.into();
        item(service::decide_registry_entry(ctx, *id, if_match, decision, &body.reason).await?)
    })
    .await
}

fn view(shown: ShownEntry) -> RegistryEntryView {
    RegistryEntryView::new(shown.entry, shown.allowed_actions)
}

fn item(shown: ShownEntry) -> Result<Reply> {
    Reply::item(shown.entry.version, &view(shown))
}
