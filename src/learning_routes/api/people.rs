//! Who accompanies a route and who may discuss it.

use actix_web::{put, web};
use uuid::Uuid;

use super::super::dto::{RouteDiscussionUpdate, RoutePersonUpdate, RouteView};
use super::super::service::{self, RouteWhole};
use super::item;
use crate::db::Ctx;
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
    name(call, *id, body.person_id, service::set_route_tutor).await
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
    name(call, *id, body.person_id, service::set_route_curator).await
}

/// Names somebody in that part, or nobody.
async fn name(
    call: Call,
    id: Uuid,
    person_id: Option<Uuid>,
    set: impl AsyncFn(&Ctx<'_>, Uuid, i64, Option<Uuid>) -> Result<RouteWhole>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    item(call.write(async |ctx| set(ctx, id, if_match, person_id).await).await?)
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
