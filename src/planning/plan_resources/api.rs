//! Endpoints of the resources of plans.

use actix_web::{get, patch, post, web};
use uuid::Uuid;

use super::dto::{
    PlanResourceAdd, PlanResourcePage, PlanResourceQuery, PlanResourceReportView, PlanResourceUpdate,
    PlanResourceView,
};
use super::service::{self, WithGiven};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(found: WithGiven) -> Result<Reply> {
    Reply::derived(found.0.version, &PlanResourceView::from(found))
}

/// Adds a resource to a plan
///
/// What the plan needs, what of it there is and by when the rest is expected. Which kinds a plan lists the regulation
/// says; where it knows none they are refused with `not_used`.
#[utoipa::path(
    tag = "planning", operation_id = "add_plan_resource", request_body = PlanResourceAdd,
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 201, description = "The new resource", body = PlanResourceView))
)]
#[post("/plans/{id}/resources")]
pub async fn add_plan_resource(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<PlanResourceAdd>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let found = service::add_plan_resource(ctx, *id, body.0.clone().into()).await?;
        let location = format!("/api/v1/plan-resources/{}", found.0.id);
        Reply::created(location, found.0.version, &PlanResourceView::from(found))
    })
    .await
}

/// Lists the resources of a plan
///
/// Those recorded first first.
#[utoipa::path(
    tag = "planning", operation_id = "list_plan_resources",
    params(("id" = Uuid, Path, description = "The plan's id"), PlanResourceQuery),
    responses((status = 200, description = "One page", body = PlanResourcePage))
)]
#[get("/plans/{id}/resources")]
pub async fn list_plan_resources(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<PlanResourceQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<Uuid>(&list)?;
    let filter = query.filter();
    let found =
        call.read(async |ctx| service::list_plan_resources(ctx, *id, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| last.0.id)?;
    Reply::ok(&PlanResourcePage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a resource of a plan
///
/// With what of it goes to routes; the `ETag` is needed to estimate it anew.
#[utoipa::path(
    tag = "planning", operation_id = "get_plan_resource",
    params(("id" = Uuid, Path, description = "The resource's id")),
    responses((status = 200, description = "The resource", body = PlanResourceView))
)]
#[get("/plan-resources/{id}")]
pub async fn get_plan_resource(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_plan_resource(ctx, *id).await).await?)
}

/// Updates the estimate of a resource
///
/// How much is needed, how much there is, by when the rest is expected. Less than goes to routes already is refused with
/// `below_allocated`, less than was provided with `below_provided`.
#[utoipa::path(
    tag = "planning", operation_id = "update_plan_resource", request_body = PlanResourceUpdate,
    params(("id" = Uuid, Path, description = "The resource's id")),
    responses((status = 200, description = "The resource as it is now", body = PlanResourceView))
)]
#[patch("/plan-resources/{id}")]
pub async fn update_plan_resource(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<PlanResourceUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let estimate = body.0.estimate();
    item(call.write(async |ctx| service::update_plan_resource(ctx, *id, if_match, estimate).await).await?)
}

/// Reads the report on the resources of a plan
///
/// All kinds side by side, of the school and of others: needed, available, missing, given to routes, provided.
#[utoipa::path(
    tag = "planning", operation_id = "get_plan_resource_report",
    params(("id" = Uuid, Path, description = "The plan's id")),
    responses((status = 200, description = "The report", body = PlanResourceReportView))
)]
#[get("/plans/{id}/resource-report")]
pub async fn get_plan_resource_report(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let (plan, rows) = call.read(async |ctx| service::get_plan_resource_report(ctx, *id).await).await?;
    Reply::ok(&PlanResourceReportView::new(plan.id, rows))
}
