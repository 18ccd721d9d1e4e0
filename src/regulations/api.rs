//! Endpoints of regulations.

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{
    BindingRegulationQuery, BindingRegulationView, RegulationCreate, RegulationPage, RegulationPublication,
    RegulationQuery, RegulationUpdate, RegulationView,
};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Drafts a regulation
///
/// From a preset or from a document of one's own. The document is checked as a whole and every problem is reported at
/// once, each with its pointer under `/document`.
#[utoipa::path(
    tag = "regulations", operation_id = "create_regulation", request_body = RegulationCreate,
    responses((status = 201, description = "The new draft", body = RegulationView))
)]
#[post("/regulations")]
pub async fn create_regulation(call: Call, body: Body<RegulationCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let detail = service::create_regulation(ctx, body.to_model()?).await?;
        let (id, version) = (detail.regulation.id, detail.regulation.version);
        Reply::created(format!("/api/v1/regulations/{id}"), version, &RegulationView::from(detail))
    })
    .await
}

/// Lists regulations
///
/// Those that bind the caller's place or places below it, by title, past and coming ones too.
#[utoipa::path(
    tag = "regulations", operation_id = "list_regulations", params(RegulationQuery),
    responses((status = 200, description = "One page", body = RegulationPage))
)]
#[get("/regulations")]
pub async fn list_regulations(call: Call, query: Query<RegulationQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, Uuid)>(&query.0)?;
    let found = call
        .read(async |ctx| {
            service::list_regulations(ctx, query.owner_id, query.level, &page, after.clone()).await
        })
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |(last, _)| (last.title.clone(), last.id))?;
    Reply::ok(&RegulationPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a regulation
///
/// With its whole document and where it stands today.
#[utoipa::path(
    tag = "regulations", operation_id = "get_regulation",
    params(("id" = Uuid, Path, description = "The regulation's id")),
    responses((status = 200, description = "The regulation", body = RegulationView))
)]
#[get("/regulations/{id}")]
pub async fn get_regulation(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let detail = call.read(async |ctx| service::get_regulation(ctx, *id).await).await?;
    Reply::item(detail.regulation.version, &RegulationView::from(detail))
}

/// Writes a draft regulation anew
///
/// Replaces the whole document; the owner and the level stay.
#[utoipa::path(
    tag = "regulations", operation_id = "update_regulation", request_body = RegulationUpdate,
    params(("id" = Uuid, Path, description = "The regulation's id")),
    responses((status = 200, description = "The draft as it is now", body = RegulationView))
)]
#[put("/regulations/{id}")]
pub async fn update_regulation(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RegulationUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let detail = call
        .write(async |ctx| service::update_regulation(ctx, *id, if_match, body.document.clone()).await)
        .await?;
    Reply::item(detail.regulation.version, &RegulationView::from(detail))
}

/// Publishes a regulation
///
/// From now on it never changes. The owner's regulation in force until then ends the day before; what started under
/// it goes on under it (P4-2).
#[utoipa::path(
    tag = "regulations", operation_id = "publish_regulation", request_body = RegulationPublication,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The regulation's id")),
    responses((status = 200, description = "The published regulation", body = RegulationView))
)]
#[post("/regulations/{id}/publication")]
pub async fn publish_regulation(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RegulationPublication>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let detail = service::publish_regulation(ctx, *id, if_match, body.effective_from).await?;
        Reply::item(detail.regulation.version, &RegulationView::from(detail))
    })
    .await
}

/// Reads the regulation that binds an organization
///
/// The nearest ancestor's that is in force on the day: the school's own, else its municipality's, else its region's.
/// 404 when there is none.
#[utoipa::path(
    tag = "regulations", operation_id = "get_binding_regulation",
    params(("id" = Uuid, Path, description = "The organization's id"), BindingRegulationQuery),
    responses((status = 200, description = "The regulation that binds", body = BindingRegulationView))
)]
#[get("/organizations/{id}/binding-regulation")]
pub async fn get_binding_regulation(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<BindingRegulationQuery>,
) -> Result<Reply> {
    let (detail, obligation) =
        call.read(async |ctx| service::get_binding_regulation(ctx, *id, query.on).await).await?;
    let regulation = RegulationView::from(detail);
    Reply::ok(&BindingRegulationView { obligation, regulation })
}
