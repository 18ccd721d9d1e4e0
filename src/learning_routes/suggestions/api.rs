//! Endpoints of suggestions.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{
    RouteSuggestionCreate, RouteSuggestionDecision, RouteSuggestionPage, RouteSuggestionQuery,
    RouteSuggestionView,
};
use super::service::{self, Offered};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Suggests a line for a route
///
/// While the route is a draft or in rework. The learner and the head of the school may both choose content and form; who
/// edits the part of the route decides, and the line keeps its author.
#[utoipa::path(
    tag = "learning_routes", operation_id = "create_route_suggestion", request_body = RouteSuggestionCreate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 201, description = "The new suggestion", body = RouteSuggestionView))
)]
#[post("/routes/{id}/suggestions")]
pub async fn create_route_suggestion(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteSuggestionCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let line = body.activity.clone().into();
        let offered = service::create_route_suggestion(ctx, *id, line, body.reason.clone()).await?;
        let location = format!("/api/v1/route-suggestions/{}", offered.suggestion.id);
        Reply::created(location, offered.suggestion.version, &RouteSuggestionView::from(offered))
    })
    .await
}

/// Lists the suggestions for a route
///
/// In the order in which they were made.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_suggestions",
    params(("id" = Uuid, Path, description = "The route's id"), RouteSuggestionQuery),
    responses((status = 200, description = "One page", body = RouteSuggestionPage))
)]
#[get("/routes/{id}/suggestions")]
pub async fn list_route_suggestions(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<RouteSuggestionQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<Uuid>(&list)?;
    let state = query.state;
    let found =
        call.read(async |ctx| service::list_route_suggestions(ctx, *id, state, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| last.suggestion.id)?;
    Reply::ok(&RouteSuggestionPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a suggestion
///
/// With what became of it.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_suggestion",
    params(("id" = Uuid, Path, description = "The suggestion's id")),
    responses((status = 200, description = "The suggestion", body = RouteSuggestionView))
)]
#[get("/route-suggestions/{id}")]
pub async fn get_route_suggestion(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_route_suggestion(ctx, *id).await).await?)
}

/// Decides on a suggestion
///
/// Accepted, it becomes a line of the route whose author stays, as long as the route is formed (409 afterwards); declined,
/// it needs words.
#[utoipa::path(
    tag = "learning_routes", operation_id = "decide_route_suggestion", request_body = RouteSuggestionDecision,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The suggestion's id")),
    responses((status = 200, description = "The suggestion as it is now", body = RouteSuggestionView))
)]
#[post("/route-suggestions/{id}/decision")]
pub async fn decide_route_suggestion(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteSuggestionDecision>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let (decision, note) = (body.decision, body.note.clone());
        item(service::decide_route_suggestion(ctx, *id, if_match, decision, note).await?)
    })
    .await
}

/// Takes a suggestion back
///
/// Only its author, while nobody has decided.
#[utoipa::path(
    tag = "learning_routes", operation_id = "withdraw_route_suggestion",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The suggestion's id")),
    responses((status = 200, description = "The suggestion as it is now", body = RouteSuggestionView))
)]
#[post("/route-suggestions/{id}/withdrawal")]
pub async fn withdraw_route_suggestion(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_route_suggestion(ctx, *id, if_match).await?)).await
}

fn item(offered: Offered) -> Result<Reply> {
    Reply::derived(offered.suggestion.version, &RouteSuggestionView::from(offered))
}
