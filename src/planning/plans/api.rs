//! Endpoints of plans.

use actix_web::{get, patch, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{PlanCompose, PlanPage, PlanQuery, PlanRefresh, PlanUpdate, PlanView};
use super::service::{self, ShownPlan};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

pub(super) fn item(shown: ShownPlan) -> Result<Reply> {
    Reply::derived(shown.plan.version, &PlanView::from(shown))
}

/// Composes a plan
///
/// Begins a plan of the kind and draws its lines in: what approved and active routes of the school hold in the period,
/// the lines of the approved prospective plan for a yearly one, those of the plan of methodical work as its base section.
/// Lines lead to where they come from and are never typed again. Who composes which kind, and how long it lasts, the
/// regulation of the school says: a prospective plan three years to the day (422 `plan_period`). More people sent to
/// courses than `headcount` are refused with `quota_exceeded`; a year without an approved prospective plan with
/// `prospective_plan_missing`; a kind that the regulation does not know with `not_used`.
#[utoipa::path(
    tag = "planning", operation_id = "compose_plan", request_body = PlanCompose,
    responses((status = 201, description = "The new plan, a draft", body = PlanView))
)]
#[post("/plans")]
pub async fn compose_plan(call: Call, body: Body<PlanCompose>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::compose_plan(ctx, body.organization_id, body.0.clone().into()).await?;
        let location = format!("/api/v1/plans/{}", shown.plan.id);
        Reply::created(location, shown.plan.version, &PlanView::from(shown))
    })
    .await
}

/// Lists plans
///
/// Those of one's school, those of the schools of one's territory; the latest period first.
#[utoipa::path(
    tag = "planning", operation_id = "list_plans", params(PlanQuery),
    responses((status = 200, description = "One page", body = PlanPage))
)]
#[get("/plans")]
pub async fn list_plans(call: Call, query: Query<PlanQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_plans(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.starts_on, last.id))?;
    Reply::ok(&PlanPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a plan
///
/// Where it stands, who approved it and when, how many lines and people it has. The `ETag` is needed to change it.
#[utoipa::path(
    tag = "planning", operation_id = "get_plan",
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 200, description = "The plan", body = PlanView))
)]
#[get("/plans/{id}")]
pub async fn get_plan(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_plan(ctx, *id).await).await?)
}

/// Updates a plan
///
/// Its title, and how many people it sends to courses; while it is a draft or to be reworked. A headcount below the number
/// of those whom its lines send already is refused with `quota_exceeded`.
#[utoipa::path(
    tag = "planning", operation_id = "update_plan", request_body = PlanUpdate,
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 200, description = "The plan as it is now", body = PlanView))
)]
#[patch("/plans/{id}")]
pub async fn update_plan(call: Call, id: web::Path<Uuid>, body: Body<PlanUpdate>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let title = body.title();
    item(
        call.write(async |ctx| service::update_plan(ctx, *id, if_match, title.clone(), body.headcount).await)
            .await?,
    )
}

/// Refreshes a plan
///
/// Draws in what has been agreed since, by the same rules as when it was composed; lines that stand there stay.
#[utoipa::path(
    tag = "planning", operation_id = "refresh_plan", request_body = PlanRefresh,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 200, description = "The plan as it is now", body = PlanView))
)]
#[post("/plans/{id}/refresh")]
pub async fn refresh_plan(call: Call, id: web::Path<Uuid>, body: Body<PlanRefresh>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::refresh_plan(ctx, *id, if_match, body.person_ids.clone()).await?)
    })
    .await
}

/// Submits a plan
///
/// It passes the chain of its regulation; where the regulation asks for no approval of the kind it is in force at once.
/// Whoever hands a plan in does not decide on it. A second plan of the same kind and period of a school is refused with
/// `conflict.already_exists`; where the regulation has plans say how many people they send, one that sends somebody and
/// does not say it with `headcount_required`.
#[utoipa::path(
    tag = "planning", operation_id = "submit_plan",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 200, description = "The plan as it is now", body = PlanView))
)]
#[post("/plans/{id}/submission")]
pub async fn submit_plan(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::submit_plan(ctx, *id, if_match).await?)).await
}

/// Withdraws a plan
///
/// For good, while nobody has decided on it; its request for approval ends with it, and its lines stay readable. One that
/// is in review is taken back by whoever handed it in.
#[utoipa::path(
    tag = "planning", operation_id = "withdraw_plan",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 200, description = "The plan as it is now", body = PlanView))
)]
#[post("/plans/{id}/withdrawal")]
pub async fn withdraw_plan(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_plan(ctx, *id, if_match).await?)).await
}
