//! Endpoints of deficits.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    DeficitClosure, DeficitClosureQuery, DeficitEventPage, DeficitEventQuery, DeficitPage, DeficitQuery,
    DeficitReport, DeficitView, PersonDeficitQuery,
};
use super::service;
use super::store::Filter;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Reports a difficulty
///
/// A professional difficulty (профессиональное затруднение) that is known without a test. A person has at most one
/// deficit of a competency that is not closed: another report of the same competency is a conflict.
#[utoipa::path(
    tag = "diagnostics", operation_id = "report_deficit", request_body = DeficitReport,
    responses((status = 201, description = "The new deficit", body = DeficitView))
)]
#[post("/deficits")]
pub async fn report_deficit(call: Call, body: Body<DeficitReport>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let deficit = service::report_deficit(ctx, body.0.clone().into()).await?;
        let (location, version) =
            (format!("/api/v1/deficits/{}", deficit.deficit.id), deficit.deficit.version);
        Reply::created(location, version, &DeficitView::from(deficit))
    })
    .await
}

/// Lists deficits
///
/// Deficits of the people the caller works with, newest first.
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_deficits", params(DeficitQuery),
    responses((status = 200, description = "One page", body = DeficitPage))
)]
#[get("/deficits")]
pub async fn list_deficits(call: Call, query: Query<DeficitQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter::from(&query.0);
    let found = call.read(async |ctx| service::list_deficits(ctx, &filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.deficit.opened_on, last.deficit.id))?;
    Reply::ok(&DeficitPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a deficit
///
/// With where it stands and, once closed, the result that closed it.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_deficit",
    params(("id" = Uuid, Path, description = "The deficit's id")),
    responses((status = 200, description = "The deficit", body = DeficitView))
)]
#[get("/deficits/{id}")]
pub async fn get_deficit(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let deficit = call.read(async |ctx| service::get_deficit(ctx, *id).await).await?;
    Reply::item(deficit.deficit.version, &DeficitView::from(deficit))
}

/// Lists what happened to a deficit
///
/// The facts that opened, confirmed, addressed, closed and reopened it, oldest first (P4-12).
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_deficit_events",
    params(("id" = Uuid, Path, description = "The deficit's id"), DeficitEventQuery),
    responses((status = 200, description = "One page", body = DeficitEventPage))
)]
#[get("/deficits/{id}/events")]
pub async fn list_deficit_events(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<DeficitEventQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<Uuid>(&list)?;
    let found = call.read(async |ctx| service::list_deficit_events(ctx, *id, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| last.id)?;
    Reply::ok(&DeficitEventPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Lists the deficits of a person
///
/// All of them, wherever they were found, newest first.
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_person_deficits",
    params(("id" = Uuid, Path, description = "The person's id"), PersonDeficitQuery),
    responses((status = 200, description = "One page", body = DeficitPage))
)]
#[get("/persons/{id}/deficits")]
pub async fn list_person_deficits(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<PersonDeficitQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<(NaiveDate, Uuid)>(&list)?;
    let filter = Filter {
        state: query.state.map(Into::into),
        job_function_id: query.job_function_id,
        ..Filter::default()
    };
    let found =
        call.read(async |ctx| service::list_person_deficits(ctx, *id, &filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| (last.deficit.opened_on, last.deficit.id))?;
    Reply::ok(&DeficitPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Counts how many deficits are closed
///
/// The share of deficits that repeat diagnostics have closed (P4-12), within the caller's scope, of one
/// organization or one person if asked. Numbers only; whoever may not list the deficits themselves gets none for a group
/// of fewer than five people, nor what would betray one.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_deficit_closure", params(DeficitClosureQuery),
    responses((status = 200, description = "The counts", body = DeficitClosure))
)]
#[get("/deficit-closure")]
pub async fn get_deficit_closure(call: Call, query: Query<DeficitClosureQuery>) -> Result<Reply> {
    let filter = Filter::from(&query.0);
    let counts = call.read(async |ctx| service::get_deficit_closure(ctx, &filter).await).await?;
    Reply::ok(&DeficitClosure::new(query.organization_id, counts))
}
