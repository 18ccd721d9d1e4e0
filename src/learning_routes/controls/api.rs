//! Endpoints of control of routes.

use actix_web::{get, post, put, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    RouteControlCancellation, RouteControlFact, RouteControlNeeds, RouteControlPage, RouteControlPlan,
    RouteControlQuery, RouteControlView,
};
use super::service::{self, ShownControl};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Lists the control plan of a route
///
/// Preliminary, ongoing and final control, by day, with the facts that were recorded.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_controls",
    params(("id" = Uuid, Path, description = "The route's id"), RouteControlQuery),
    responses((status = 200, description = "One page", body = RouteControlPage))
)]
#[get("/routes/{id}/controls")]
pub async fn list_route_controls(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<RouteControlQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<(NaiveDate, Uuid)>(&list)?;
    let found = call.read(async |ctx| service::list_route_controls(ctx, *id, &page, after).await).await?;
    let (items, next_cursor) =
        page.cut(found, &list, |last| (last.control.plan.planned_on, last.control.id))?;
    Reply::ok(&RouteControlPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Plans control of a route
///
/// By those whom the regulation names; a teacher only of his or her own route. Ongoing control names what is to be
/// reached, preliminary control what it looks at.
#[utoipa::path(
    tag = "learning_routes", operation_id = "plan_route_control", request_body = RouteControlPlan,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 201, description = "The planned control", body = RouteControlView))
)]
#[post("/routes/{id}/controls")]
pub async fn plan_route_control(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteControlPlan>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::plan_route_control(ctx, *id, body.0.clone().into()).await?;
        let location = format!("/api/v1/route-controls/{}", shown.control.id);
        Reply::created(location, shown.control.version, &RouteControlView::from(shown))
    })
    .await
}

/// Reads a control of a route
///
/// What was planned, what was measured and how far the two differ.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_control",
    params(("id" = Uuid, Path, description = "The control's id")),
    responses((status = 200, description = "The control", body = RouteControlView))
)]
#[get("/route-controls/{id}")]
pub async fn get_route_control(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_route_control(ctx, *id).await).await?)
}

/// Changes planned control
///
/// While it is not carried out.
#[utoipa::path(
    tag = "learning_routes", operation_id = "update_route_control", request_body = RouteControlPlan,
    params(("id" = Uuid, Path, description = "The control's id")),
    responses((status = 200, description = "The control as it is now", body = RouteControlView))
)]
#[put("/route-controls/{id}")]
pub async fn update_route_control(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteControlPlan>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let plan = || body.0.clone().into();
    item(call.write(async |ctx| service::update_route_control(ctx, *id, if_match, plan()).await).await?)
}

/// Records a fact of control
///
/// Preliminary control before the route starts, the rest while it is in force. Control that corrects names what is
/// done; the learner does not record final control.
#[utoipa::path(
    tag = "learning_routes", operation_id = "record_route_control", request_body = RouteControlFact,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The control's id")),
    responses((status = 200, description = "The control as it is now", body = RouteControlView))
)]
#[post("/route-controls/{id}/record")]
pub async fn record_route_control(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteControlFact>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::record_route_control(ctx, *id, if_match, body.0.clone().into()).await?)
    })
    .await
}

/// Cancels planned control
///
/// With a reason; what was carried out stays.
#[utoipa::path(
    tag = "learning_routes", operation_id = "cancel_route_control", request_body = RouteControlCancellation,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The control's id")),
    responses((status = 200, description = "The control as it is now", body = RouteControlView))
)]
#[post("/route-controls/{id}/cancellation")]
pub async fn cancel_route_control(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteControlCancellation>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::cancel_route_control(ctx, *id, if_match, body.reason.clone()).await?)
    })
    .await
}

/// Turns findings of control into needs
///
/// One need of the learner for each topic; the next route names the needs it answers.
#[utoipa::path(
    tag = "learning_routes", operation_id = "record_control_needs", request_body = RouteControlNeeds,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The control's id")),
    responses((status = 200, description = "The control with its needs", body = RouteControlView))
)]
#[post("/route-controls/{id}/needs")]
pub async fn record_control_needs(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteControlNeeds>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let topics: Vec<String> = body.needs.iter().map(|need| need.topic.clone()).collect();
    call.write_once(async |ctx| {
        item(service::record_control_needs(ctx, *id, if_match, &body.ground, &topics).await?)
    })
    .await
}

fn item(shown: ShownControl) -> Result<Reply> {
    Reply::derived(shown.control.version, &RouteControlView::from(shown))
}
