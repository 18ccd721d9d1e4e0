//! Endpoints of petitions.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    RoutePetitionCreate, RoutePetitionDecline, RoutePetitionPage, RoutePetitionQuery, RoutePetitionView,
};
use super::service::{self, ShownPetition};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownPetition) -> Result<Reply> {
    Reply::derived(shown.petition.version, &RoutePetitionView::from(shown))
}

/// Lists the petitions of a route
///
/// Who asked for which change and what became of it; newest first.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_petitions",
    params(("id" = Uuid, Path, description = "The route's id"), RoutePetitionQuery),
    responses((status = 200, description = "One page", body = RoutePetitionPage))
)]
#[get("/routes/{id}/petitions")]
pub async fn list_route_petitions(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<RoutePetitionQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let found = call.read(async |ctx| service::list_route_petitions(ctx, *id, &page, after).await).await?;
    let (items, next_cursor) =
        page.cut(found, &query.0, |last| (last.petition.created_at, last.petition.id))?;
    Reply::ok(&RoutePetitionPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Petitions for a change of a route
///
/// In words, for a route in force, where the regulation knows petitions. Whoever enters changes makes a revision of it
/// or declines it.
#[utoipa::path(
    tag = "learning_routes", operation_id = "create_route_petition", request_body = RoutePetitionCreate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 201, description = "The new petition", body = RoutePetitionView))
)]
#[post("/routes/{id}/petitions")]
pub async fn create_route_petition(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RoutePetitionCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_route_petition(ctx, *id, body.text.clone()).await?;
        let (id, version) = (shown.petition.id, shown.petition.version);
        Reply::created(format!("/api/v1/route-petitions/{id}"), version, &RoutePetitionView::from(shown))
    })
    .await
}

/// Reads a petition
///
/// What was asked for, by whom, and what became of it.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_petition",
    params(("id" = Uuid, Path, description = "The petition's id")),
    responses((status = 200, description = "The petition", body = RoutePetitionView))
)]
#[get("/route-petitions/{id}")]
pub async fn get_route_petition(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_route_petition(ctx, *id).await).await?)
}

/// Declines a petition
///
/// With a reason, by whoever enters changes; while a revision is made of it, it is not declined.
#[utoipa::path(
    tag = "learning_routes", operation_id = "decline_route_petition", request_body = RoutePetitionDecline,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The petition's id")),
    responses((status = 200, description = "The petition as it is now", body = RoutePetitionView))
)]
#[post("/route-petitions/{id}/decline")]
pub async fn decline_route_petition(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RoutePetitionDecline>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::decline_route_petition(ctx, *id, if_match, body.note.clone()).await?)
    })
    .await
}

/// Takes a petition back
///
/// By its author, while it waits.
#[utoipa::path(
    tag = "learning_routes", operation_id = "withdraw_route_petition",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The petition's id")),
    responses((status = 200, description = "The petition as it is now", body = RoutePetitionView))
)]
#[post("/route-petitions/{id}/withdrawal")]
pub async fn withdraw_route_petition(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_route_petition(ctx, *id, if_match).await?)).await
}
