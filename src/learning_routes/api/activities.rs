//! Activities of a route.

use actix_web::{delete, post, put, web};
use uuid::Uuid;

use super::super::dto::{RouteActivityBody, RouteActivityCompletion, RouteActivityView, RouteView};
use super::super::service;
use super::item;
use crate::error::{Error, Result};
use crate::http::{Body, Call, Reply};

/// Adds an activity to a route
///
/// At the end of a draft or of a route in rework. A program or module must exist and be accepted; hours and provider
/// follow from it unless they are given. The `ETag` of the answer is the new version of the route.
#[utoipa::path(
    tag = "learning_routes", operation_id = "add_route_activity", request_body = RouteActivityBody,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 201, description = "The new activity", body = RouteActivityView))
)]
#[post("/routes/{id}/activities")]
pub async fn add_route_activity(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteActivityBody>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let (new, whole) = service::add_route_activity(ctx, *id, if_match, body.0.clone().into()).await?;
        let activity =
            whole.activity(new).cloned().ok_or_else(|| Error::internal("the new activity is missing"))?;
        let view = RouteActivityView::new(activity, &whole);
        Reply::created(format!("/api/v1/routes/{id}"), whole.draft.route.version, &view)
    })
    .await
}

/// Changes an activity of a route
///
/// Replaces what is said of it, in a draft or a route in rework.
#[utoipa::path(
    tag = "learning_routes", operation_id = "update_route_activity", request_body = RouteActivityBody,
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("activity_id" = Uuid, Path, description = "The activity's id"),
    ),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[put("/routes/{id}/activities/{activity_id}")]
pub async fn update_route_activity(
    call: Call,
    path: web::Path<(Uuid, Uuid)>,
    body: Body<RouteActivityBody>,
) -> Result<Reply> {
    let (id, activity_id) = *path;
    let if_match = call.if_match()?;
    let change = async |ctx: &crate::db::Ctx<'_>| {
        service::update_route_activity(ctx, id, activity_id, if_match, body.0.clone().into()).await
    };
    item(call.write(change).await?)
}

/// Takes an activity out of a route
///
/// In a draft or a route in rework; those after it move up.
#[utoipa::path(
    tag = "learning_routes", operation_id = "remove_route_activity",
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("activity_id" = Uuid, Path, description = "The activity's id"),
    ),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[delete("/routes/{id}/activities/{activity_id}")]
pub async fn remove_route_activity(call: Call, path: web::Path<(Uuid, Uuid)>) -> Result<Reply> {
    let (id, activity_id) = *path;
    let if_match = call.if_match()?;
    item(call.write(async |ctx| service::remove_route_activity(ctx, id, activity_id, if_match).await).await?)
}

/// Completes an activity of a route
///
/// Records that an activity of a route in force that has begun is done. Training is completed by itself, by a confirmed
/// credential that names the activity; by hand once an enrollment that names it is completed (409 `training_awaited`
/// before that).
#[utoipa::path(
    tag = "learning_routes", operation_id = "complete_route_activity", request_body = RouteActivityCompletion,
    extensions(("x-if-match" = json!(true))),
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("activity_id" = Uuid, Path, description = "The activity's id"),
    ),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[post("/routes/{id}/activities/{activity_id}/completion")]
pub async fn complete_route_activity(
    call: Call,
    path: web::Path<(Uuid, Uuid)>,
    body: Body<RouteActivityCompletion>,
) -> Result<Reply> {
    let (id, activity_id) = *path;
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::complete_route_activity(ctx, id, activity_id, if_match, body.completed_on).await?)
    })
    .await
}
