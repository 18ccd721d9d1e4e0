//! Endpoints of what of the resources of plans goes to routes.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto_allocations::{
    ResourceAllocationPage, ResourceAllocationQuery, ResourceAllocationView, ResourceAssign,
    ResourceProvision,
};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Assigns a part of a resource to a route
///
/// The route has a line in the plan; a stage is one of that route. More than is needed is refused with
/// `allocation_exceeded`. It has to be provided by the first day of the stage, else of the route.
#[utoipa::path(
    tag = "planning", operation_id = "assign_plan_resource", request_body = ResourceAssign,
    params(("id" = Uuid, Path, description = "The resource's id")),
    responses((status = 201, description = "What goes to the route", body = ResourceAllocationView))
)]
#[post("/plan-resources/{id}/allocations")]
pub async fn assign_plan_resource(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ResourceAssign>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let place = (body.route_id, body.stage_id);
        let found = service::assign_plan_resource(ctx, *id, place, body.amount).await?;
        let location = format!("/api/v1/plans/{}/resource-allocations", found.0.plan_id);
        Reply::created(location, found.0.version, &ResourceAllocationView::from(found))
    })
    .await
}

/// Lists what of the resources of a plan goes to routes
///
/// By the day by which it has to be provided. Where the regulation has provision controlled, what was not provided on the
/// first day of its stage is a deviation: `deviating=true` lists those alone.
#[utoipa::path(
    tag = "planning", operation_id = "list_resource_allocations",
    params(("id" = Uuid, Path, description = "The plan's id"), ResourceAllocationQuery),
    responses((status = 200, description = "One page", body = ResourceAllocationPage))
)]
#[get("/plans/{id}/resource-allocations")]
pub async fn list_resource_allocations(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<ResourceAllocationQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<(NaiveDate, Uuid)>(&list)?;
    let filter = (query.route_id, query.deviating.unwrap_or_default());
    let found = call
        .read(async |ctx| service::list_resource_allocations(ctx, *id, filter, &page, after).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &list, |last| (last.0.due_on, last.0.id))?;
    Reply::ok(&ResourceAllocationPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Confirms that a resource was provided
///
/// To the route it was assigned to. More than there is of the resource is refused with `not_available`.
#[utoipa::path(
    tag = "planning", operation_id = "confirm_resource_provision", request_body = ResourceProvision,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The allocation's id")),
    responses((status = 200, description = "What goes to the route as it is now", body = ResourceAllocationView))
)]
#[post("/plan-resource-allocations/{id}/provision")]
pub async fn confirm_resource_provision(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ResourceProvision>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let found = service::confirm_resource_provision(ctx, *id, if_match, body.provided_on).await?;
        Reply::derived(found.0.version, &ResourceAllocationView::from(found))
    })
    .await
}
