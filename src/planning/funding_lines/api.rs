//! Endpoints of the funding of plans.

use actix_web::{delete, get, post, web};
use uuid::Uuid;

use super::dto::{FundingLineAdd, FundingLinePage, FundingLineQuery, FundingLineView, PlanFundingView};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Adds a line of funding to a plan
///
/// What one source pays: for the plan as a whole, for a route that has a line in it, or for a stage of that route. A source
/// that the regulation of the school does not name is refused with `funding_source_not_allowed`. `If-Match` is the `ETag` of
/// the plan.
#[utoipa::path(
    tag = "planning", operation_id = "add_funding_line", request_body = FundingLineAdd,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 201, description = "The new line; `ETag` is that of the plan", body = FundingLineView))
)]
#[post("/plans/{id}/funding-lines")]
pub async fn add_funding_line(call: Call, id: web::Path<Uuid>, body: Body<FundingLineAdd>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let (line, version) = service::add_funding_line(ctx, *id, if_match, body.0.clone().into()).await?;
        Reply::created(format!("/api/v1/plans/{id}/funding-lines"), version, &FundingLineView::from(line))
    })
    .await
}

/// Lists the lines of funding of a plan
///
/// Those recorded first first.
#[utoipa::path(
    tag = "planning", operation_id = "list_funding_lines",
    params(("id" = Uuid, Path, description = "The plan's id"), FundingLineQuery),
    responses((status = 200, description = "One page", body = FundingLinePage))
)]
#[get("/plans/{id}/funding-lines")]
pub async fn list_funding_lines(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<FundingLineQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<Uuid>(&list)?;
    let filter = query.filter();
    let found =
        call.read(async |ctx| service::list_funding_lines(ctx, *id, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| last.id)?;
    Reply::ok(&FundingLinePage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Removes a line of funding from a plan
///
/// The answer are the sums that remain. `If-Match` is the `ETag` of the plan.
#[utoipa::path(
    tag = "planning", operation_id = "remove_funding_line",
    params(
        ("id" = Uuid, Path, description = "The plan's id"),
        ("line_id" = Uuid, Path, description = "The line's id"),
    ),
    responses((status = 200, description = "The sums that remain", body = PlanFundingView))
)]
#[delete("/plans/{id}/funding-lines/{line_id}")]
pub async fn remove_funding_line(call: Call, path: web::Path<(Uuid, Uuid)>) -> Result<Reply> {
    let (id, line_id) = *path;
    let if_match = call.if_match()?;
    let (sums, version) = call
        .write(async |ctx| {
            service::remove_funding_line(ctx, id, line_id, if_match).await?;
            service::get_plan_funding(ctx, id).await
        })
        .await?;
    Reply::item(version, &PlanFundingView::new(id, sums))
}

/// Reads the funding of a plan
///
/// The sums by source, by route and by stage, in kopecks; each part makes up the same total.
#[utoipa::path(
    tag = "planning", operation_id = "get_plan_funding",
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 200, description = "The sums", body = PlanFundingView))
)]
#[get("/plans/{id}/funding")]
pub async fn get_plan_funding(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let (sums, version) = call.read(async |ctx| service::get_plan_funding(ctx, *id).await).await?;
    Reply::item(version, &PlanFundingView::new(*id, sums))
}
