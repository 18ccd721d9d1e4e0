//! Decisions on a route.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::super::dto::{RouteClosure, RouteParticipationCreate, RouteSubmissionCheck, RouteView};
use super::super::service;
use super::item;
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Checks a route before submission
///
/// Everything the regulation of the route would refuse, and everything it would only report, at once. Changes nothing.
#[utoipa::path(
    tag = "learning_routes", operation_id = "check_route_submission",
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The findings", body = RouteSubmissionCheck))
)]
#[get("/routes/{id}/submission-check")]
pub async fn check_route_submission(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let findings = call.read(async |ctx| service::check_route_submission(ctx, *id).await).await?;
    Reply::ok(&RouteSubmissionCheck::new(&findings, call.language()))
}

/// Submits a route
///
/// Refused with every violated rule of the regulation at once. Else its approval chain begins; a route that the
/// learner submits carries his or her consent. Where the regulation asks nobody, the route is approved at once.
#[utoipa::path(
    tag = "learning_routes", operation_id = "submit_route",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[post("/routes/{id}/submission")]
pub async fn submit_route(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::submit_route(ctx, *id, if_match).await?)).await
}

/// Marks participation in a route
///
/// The caller takes part in forming the route and agrees to this version of it: the learner, the school, the
/// coordinator. Repeating it changes only the words.
#[utoipa::path(
    tag = "learning_routes", operation_id = "mark_route_participation", request_body = RouteParticipationCreate,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[post("/routes/{id}/participation")]
pub async fn mark_route_participation(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteParticipationCreate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::mark_route_participation(ctx, *id, if_match, body.note.clone()).await?)
    })
    .await
}

/// Brings a route into force
///
/// An approved route, on or after the first day of its term and after the preliminary control that the regulation
/// demands (409 `conflict.control_missing`); a route that lacked neither when it was approved is in force already. The deficits it answers become addressed.
#[utoipa::path(
    tag = "learning_routes", operation_id = "activate_route",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[post("/routes/{id}/activation")]
pub async fn activate_route(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::activate_route(ctx, *id, if_match).await?)).await
}

/// Closes a stage of a route
///
/// Of a route in force. Where the regulation demands it, the stage has an accepted report in the form named for it
/// (409 `conflict.report_missing`).
#[utoipa::path(
    tag = "learning_routes", operation_id = "close_route_stage",
    extensions(("x-if-match" = json!(true))),
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("stage_id" = Uuid, Path, description = "The stage's id"),
    ),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[post("/routes/{id}/stages/{stage_id}/closure")]
pub async fn close_route_stage(call: Call, path: web::Path<(Uuid, Uuid)>) -> Result<Reply> {
    let (id, stage_id) = *path;
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::close_route_stage(ctx, id, stage_id, if_match).await?)).await
}

/// Completes a route
///
/// Ends a route in force as fulfilled: every activity is done (409 `conflict.not_fully_completed`, with every open one). What
/// will not be done leaves the route by a revision, or the route is closed instead. Where the regulation demands it, every stage is reported (409 `conflict.report_missing`) and final control carried out
/// (409 `conflict.control_missing`). Its open revision and petitions lapse, and its card is not approved any more.
#[utoipa::path(
    tag = "learning_routes", operation_id = "complete_route",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[post("/routes/{id}/completion")]
pub async fn complete_route(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::complete_route(ctx, *id, if_match).await?)).await
}

/// Closes a route unfulfilled
///
/// Ends an approved route or a route in force with a reason; deficits whose activities were not done are open again, its
/// open revision and petitions lapse, and its card is not approved any more.
#[utoipa::path(
    tag = "learning_routes", operation_id = "close_route", request_body = RouteClosure,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[post("/routes/{id}/closure")]
pub async fn close_route(call: Call, id: web::Path<Uuid>, body: Body<RouteClosure>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::close_route(ctx, *id, if_match, body.reason.clone()).await?))
        .await
}

/// Withdraws a route
///
/// Takes a route back for good before it is in force, together with an open request for its approval.
#[utoipa::path(
    tag = "learning_routes", operation_id = "withdraw_route",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[post("/routes/{id}/withdrawal")]
pub async fn withdraw_route(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_route(ctx, *id, if_match).await?)).await
}
