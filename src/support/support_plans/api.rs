//! Endpoints of support plans.

use actix_web::{get, post, put, web};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::dto::{
    MissingSupportPlanPage, MissingSupportPlanQuery, SupportPlanCompletion, SupportPlanCreate,
    SupportPlanEndorsement, SupportPlanPage, SupportPlanQuery, SupportPlanUpdate, SupportPlanView,
};
use super::model::PlanData;
use super::service::{self, ShownPlan};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownPlan) -> Result<Reply> {
    Reply::derived(shown.plan.version, &SupportPlanView::from(shown))
}

/// Begins a support plan
///
/// Of a completed training, by the school or by the methodical service (P2-28); a second one is refused with
/// `conflict.already_exists`. Where the regulation of the school knows no such plans, `not_used`.
#[utoipa::path(
    tag = "support", operation_id = "create_support_plan", request_body = SupportPlanCreate,
    responses((status = 201, description = "The new draft", body = SupportPlanView))
)]
#[post("/support-plans")]
pub async fn create_support_plan(call: Call, body: Body<SupportPlanCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let data = body.data.clone().into();
        let shown = service::create_support_plan(ctx, body.enrollment_id, body.service_id, data).await?;
        let location = format!("/api/v1/support-plans/{}", shown.plan.id);
        Reply::created(location, shown.plan.version, &SupportPlanView::from(shown))
    })
    .await
}

/// Lists support plans
///
/// One's own, those of one's school, those of one's territory (P2-42); those begun last first.
#[utoipa::path(
    tag = "support", operation_id = "list_support_plans", params(SupportPlanQuery),
    responses((status = 200, description = "One page", body = SupportPlanPage))
)]
#[get("/support-plans")]
pub async fn list_support_plans(call: Call, query: Query<SupportPlanQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_support_plans(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.created_at, last.id))?;
    Reply::ok(&SupportPlanPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Lists completed training without a support plan
///
/// The gaps in the plans of one's school or territory (P2-28, P2-42), where the regulation wants a plan for each completed
/// training; what ended first first.
#[utoipa::path(
    tag = "support", operation_id = "list_missing_support_plans", params(MissingSupportPlanQuery),
    responses((status = 200, description = "One page", body = MissingSupportPlanPage))
)]
#[get("/missing-support-plans")]
pub async fn list_missing_support_plans(call: Call, query: Query<MissingSupportPlanQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let school = query.organization_id;
    let found =
        call.read(async |ctx| service::list_missing_support_plans(ctx, school, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.ended_on, last.enrollment_id))?;
    Reply::ok(&MissingSupportPlanPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a support plan
///
/// The `ETag` is needed for whatever happens to it next.
#[utoipa::path(
    tag = "support", operation_id = "get_support_plan",
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 200, description = "The plan", body = SupportPlanView))
)]
#[get("/support-plans/{id}")]
pub async fn get_support_plan(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_support_plan(ctx, *id).await).await?)
}

/// Updates a support plan
///
/// While it is a draft; whoever had agreed to it before has to agree to the new words.
#[utoipa::path(
    tag = "support", operation_id = "update_support_plan", request_body = SupportPlanUpdate,
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 200, description = "The plan as it is now", body = SupportPlanView))
)]
#[put("/support-plans/{id}")]
pub async fn update_support_plan(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<SupportPlanUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let data: PlanData = body.0.data.into();
    item(call.write(async |ctx| service::update_support_plan(ctx, *id, if_match, data.clone()).await).await?)
}

/// Agrees to a support plan for one side
///
/// For the school or for the methodical service, to the words as they stand; with both the draft is `agreed`. The same person
/// does not agree for both, and nobody to his own plan.
#[utoipa::path(
    tag = "support", operation_id = "endorse_support_plan", request_body = SupportPlanEndorsement,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 200, description = "The plan as it is now", body = SupportPlanView))
)]
#[post("/support-plans/{id}/endorsements")]
pub async fn endorse_support_plan(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<SupportPlanEndorsement>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::endorse_support_plan(ctx, *id, if_match, body.side).await?))
        .await
}

/// Completes a support plan
///
/// One that both authors agreed to, with a conclusion, by either of them.
#[utoipa::path(
    tag = "support", operation_id = "complete_support_plan", request_body = SupportPlanCompletion,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 200, description = "The plan as it is now", body = SupportPlanView))
)]
#[post("/support-plans/{id}/completion")]
pub async fn complete_support_plan(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<SupportPlanCompletion>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::complete_support_plan(ctx, *id, if_match, body.conclusion.clone()).await?)
    })
    .await
}
