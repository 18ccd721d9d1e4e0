//! Who accompanies a route and who may discuss it.

use actix_web::{put, web};
use uuid::Uuid;

use super::super::dto::{RouteDiscussionUpdate, RoutePersonUpdate, RouteView};
use super::super::service;
use super::item;
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Names the tutor of a route
///
/// Somebody who holds one of the roles that the regulation of the route names, at the learner's school unless it says
/// otherwise (422 `tutor_not_eligible`); without a rule any employee of the school. Without a person the route has no
/// tutor any more.
#[utoipa::path(
    tag = "learning_routes", operation_id = "set_route_tutor", request_body = RoutePersonUpdate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[put("/routes/{id}/tutor")]
pub async fn set_route_tutor(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RoutePersonUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let person = body.person_id;
    item(call.write(async |ctx| service::set_route_tutor(ctx, *id, if_match, person).await).await?)
}

/// Names who is in charge of a route
///
/// An employee in charge of the programs of the learner's school. A new route gets the only one there by itself.
#[utoipa::path(
    tag = "learning_routes", operation_id = "set_route_curator", request_body = RoutePersonUpdate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[put("/routes/{id}/curator")]
pub async fn set_route_curator(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RoutePersonUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let person = body.person_id;
    item(call.write(async |ctx| service::set_route_curator(ctx, *id, if_match, person).await).await?)
}

/// Opens a route for discussion
///
/// While it is open, members of the learner's associations at the school may read it and comment on it, where the
/// regulation lets them discuss routes (422 `discussion_not_used`).
#[utoipa::path(
    tag = "learning_routes", operation_id = "set_route_discussion", request_body = RouteDiscussionUpdate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[put("/routes/{id}/discussion")]
pub async fn set_route_discussion(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteDiscussionUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let open = body.open;
    item(call.write(async |ctx| service::set_route_discussion(ctx, *id, if_match, open).await).await?)
}
