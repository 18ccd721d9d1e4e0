//! Endpoints of the lines of plans, of candidates and of what no line answers.

use actix_web::{delete, get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::api::item;
use super::dto::PlanView;
use super::dto_lines::{
    PlanCandidatePage, PlanCandidateQuery, PlanLineAdd, PlanLinePage, PlanLineQuery, PlanLineView,
    UncoveredDeficitPage, UncoveredDeficitQuery,
};
use super::model::CandidatePlace;
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Adds a line to a plan
///
/// A base line names a line of the approved plan of methodical work of the school (`school_line_id`), a variative one an
/// activity of an agreed route (`activity_id`); what they say comes from there. A plan of methodical work is written line
/// by line. Where the regulation has a plan made of difficulties, a variative line may be written for a person, with the
/// deficits it answers or a justification (422 `deficit_link_required`). One person too many sent to courses is refused with
/// `quota_exceeded`, what stands in the plan already with `conflict.already_exists`.
#[utoipa::path(
    tag = "planning", operation_id = "add_plan_line", request_body = PlanLineAdd,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 201, description = "The new line; `ETag` is that of the plan", body = PlanLineView))
)]
#[post("/plans/{id}/lines")]
pub async fn add_plan_line(call: Call, id: web::Path<Uuid>, body: Body<PlanLineAdd>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let (line, shown) = service::add_plan_line(ctx, *id, if_match, body.0.clone().into()).await?;
        Reply::created(format!("/api/v1/plans/{id}/lines"), shown.plan.version, &PlanLineView::from(line))
    })
    .await
}

/// Lists the lines of a plan
///
/// By their first day. For those who work with the plan and those above the school: lines tell what people lack.
#[utoipa::path(
    tag = "planning", operation_id = "list_plan_lines",
    params(("id" = Uuid, Path, description = "The plan's id"), PlanLineQuery),
    responses((status = 200, description = "One page", body = PlanLinePage))
)]
#[get("/plans/{id}/lines")]
pub async fn list_plan_lines(call: Call, id: web::Path<Uuid>, query: Query<PlanLineQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<(NaiveDate, Uuid)>(&list)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_plan_lines(ctx, *id, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| (last.data.starts_on, last.id))?;
    Reply::ok(&PlanLinePage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Removes a line from a plan
///
/// While the plan is a draft or to be reworked. `If-Match` is the `ETag` of the plan.
#[utoipa::path(
    tag = "planning", operation_id = "remove_plan_line",
    params(
        ("id" = Uuid, Path, description = "The plan's id"),
        ("line_id" = Uuid, Path, description = "The line's id"),
    ),
    responses((status = 200, description = "The plan as it is now", body = PlanView))
)]
#[delete("/plans/{id}/lines/{line_id}")]
pub async fn remove_plan_line(call: Call, path: web::Path<(Uuid, Uuid)>) -> Result<Reply> {
    let (id, line_id) = *path;
    let if_match = call.if_match()?;
    item(call.write(async |ctx| service::remove_plan_line(ctx, id, line_id, if_match).await).await?)
}

/// Lists candidates of a plan
///
/// Everybody who works at the school today, with the codes of the priority categories he or she is in. By priority those
/// come first whom the regulation puts first, in its order.
#[utoipa::path(
    tag = "planning", operation_id = "list_plan_candidates",
    params(("id" = Uuid, Path, description = "The plan's id"), PlanCandidateQuery),
    responses((status = 200, description = "One page", body = PlanCandidatePage))
)]
#[get("/plans/{id}/candidates")]
pub async fn list_plan_candidates(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<PlanCandidateQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<CandidatePlace>(&list)?;
    let sort = query.sort.unwrap_or_default();
    let read = async |ctx: &crate::db::Ctx<'_>| {
        service::list_plan_candidates(ctx, *id, sort, &page, after.clone()).await
    };
    let found = call.read(read).await?;
    let (items, next_cursor) = page.cut(found, &list, |(place, _)| place.clone())?;
    let items = items.into_iter().map(|(_, candidate)| candidate.into()).collect();
    Reply::ok(&PlanCandidatePage { items, next_cursor })
}

/// Lists deficits that a plan does not cover
///
/// Of those who work at the school today: what is not closed and no line of the plan answers, the gravest first.
#[utoipa::path(
    tag = "planning", operation_id = "list_uncovered_deficits",
    params(("id" = Uuid, Path, description = "The plan's id"), UncoveredDeficitQuery),
    responses((status = 200, description = "One page", body = UncoveredDeficitPage))
)]
#[get("/plans/{id}/uncovered-deficits")]
pub async fn list_uncovered_deficits(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<UncoveredDeficitQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<(i16, Uuid)>(&list)?;
    let found = call.read(async |ctx| service::list_uncovered_deficits(ctx, *id, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| (last.severity, last.deficit_id))?;
    Reply::ok(&UncoveredDeficitPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}
