//! Endpoints of needs.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    DueNeed, DueNeedPage, DueNeedQuery, NeedCreate, NeedPage, NeedQuery, NeedView, NeedWithdrawal,
};
use super::model::Need;
use super::service;
use super::store::Filter;
use crate::db::Ctx;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Records a need of training
///
/// Of a person, or of a group of a school or municipality, with a ground of the regulation. That a three-year term is
/// due is derived by the system: such needs are listed by `list_due_needs` and recorded by nobody.
#[utoipa::path(
    tag = "diagnostics", operation_id = "record_need", request_body = NeedCreate,
    responses((status = 201, description = "The new need", body = NeedView))
)]
#[post("/needs")]
pub async fn record_need(call: Call, body: Body<NeedCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let need = service::record_need(ctx, body.0.clone().into()).await?;
        let (location, version) = (format!("/api/v1/needs/{}", need.id), need.version);
        Reply::created(location, version, &view(ctx, need).await?)
    })
    .await
}

/// Lists needs of training
///
/// Needs of the people and organizations the caller works with, newest first.
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_needs", params(NeedQuery),
    responses((status = 200, description = "One page", body = NeedPage))
)]
#[get("/needs")]
pub async fn list_needs(call: Call, query: Query<NeedQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter {
        person_id: query.person_id,
        organization_id: query.organization_id,
        municipality_id: query.municipality_id,
        ground: query.ground.clone(),
        campaign_id: query.campaign_id,
        direction_id: query.direction_id,
        finding_id: query.finding_id,
        state: query.state,
    };
    let found = call
        .read(async |ctx| {
            let found = service::list_needs(ctx, &filter, &page, after).await?;
            let actions = service::allowed_actions(ctx, &found).await?;
            Ok(found.into_iter().zip(actions).collect::<Vec<_>>())
        })
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |(last, _)| (last.recorded_on, last.id))?;
    let items = items.into_iter().map(|(need, actions)| NeedView::new(need, actions)).collect();
    Reply::ok(&NeedPage { items, next_cursor })
}

/// Reads a need of training
///
/// The `ETag` is needed to withdraw it.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_need",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The need", body = NeedView))
)]
#[get("/needs/{id}")]
pub async fn get_need(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    call.read(async |ctx| {
        let need = service::get_need(ctx, *id).await?;
        Reply::item(need.version, &view(ctx, need).await?)
    })
    .await
}

/// Withdraws a need of training
///
/// With a reason; it stays readable.
#[utoipa::path(
    tag = "diagnostics", operation_id = "withdraw_need", request_body = NeedWithdrawal,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The need as it is now", body = NeedView))
)]
#[post("/needs/{id}/withdrawal")]
pub async fn withdraw_need(call: Call, id: web::Path<Uuid>, body: Body<NeedWithdrawal>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let need = service::withdraw_need(ctx, *id, if_match, &body.reason).await?;
        Reply::item(need.version, &view(ctx, need).await?)
    })
    .await
}

/// Lists whose three-year term is due
///
/// The needs that the system derives from the ledger (ground `term_due`), by name. A page is cut from the people of
/// the caller's scope before the check, so it may hold fewer than `limit`, even none, and still not be the last.
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_due_needs", params(DueNeedQuery),
    responses((status = 200, description = "One page", body = DueNeedPage))
)]
#[get("/due-needs")]
pub async fn list_due_needs(call: Call, query: Query<DueNeedQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, String, Uuid)>(&query.0)?;
    let (by, organization_id) = (query.by, query.organization_id);
    let found = call
        .snapshot(async |ctx| service::list_due_needs(ctx, by, organization_id, &page, after.clone()).await)
        .await?;
    let (people, next_cursor) = page.cut(found, &query.0, |(last, _)| {
        (last.last_name.clone(), last.first_name.clone(), last.person_id)
    })?;
    let due = people.into_iter().filter_map(|(person, due)| Some(DueNeed::new(person, due?)));
    let items = due.collect();
    Reply::ok(&DueNeedPage { items, next_cursor })
}

async fn view(ctx: &Ctx<'_>, need: Need) -> Result<NeedView> {
    let actions = service::allowed_actions(ctx, std::slice::from_ref(&need)).await?;
    Ok(NeedView::new(need, actions.into_iter().flatten().collect()))
}
