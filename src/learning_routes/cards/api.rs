//! Endpoints of cards that are approved.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{SubmittedRouteCardPage, SubmittedRouteCardQuery, SubmittedRouteCardView};
use super::service::{self, ShownCard};
use crate::error::Result;
use crate::http::{Call, Query, Reply};

fn item(shown: ShownCard) -> Result<Reply> {
    Reply::derived(shown.card.version, &SubmittedRouteCardView::from(shown))
}

/// Submits the card of a route
///
/// Hands the professional development card in, as the route is now, for the approval that the regulation has for cards
/// apart from the route's own. The route is agreed (409 before that). A card that was returned is handed in again by
/// its author and goes on with the next round; after a revision or an update of the route a new card is handed in.
/// `If-Match` is the version of the route.
#[utoipa::path(
    tag = "learning_routes", operation_id = "submit_route_card",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The card as it was handed in", body = SubmittedRouteCardView))
)]
#[post("/routes/{id}/card/submission")]
pub async fn submit_route_card(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::submit_route_card(ctx, *id, if_match).await?)).await
}

/// Lists the submitted cards of a route
///
/// Every card that was handed in for approval and what became of it; newest first.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_cards",
    params(("id" = Uuid, Path, description = "The route's id"), SubmittedRouteCardQuery),
    responses((status = 200, description = "One page", body = SubmittedRouteCardPage))
)]
#[get("/routes/{id}/cards")]
pub async fn list_route_cards(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<SubmittedRouteCardQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<i32>(&query.0)?;
    let found = call.read(async |ctx| service::list_route_cards(ctx, *id, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |(last, _)| last.number)?;
    Reply::ok(&SubmittedRouteCardPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a submitted card
///
/// What the route said when the card was handed in, and where its approval stands.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_submitted_route_card",
    params(("id" = Uuid, Path, description = "The card's id")),
    responses((status = 200, description = "The card", body = SubmittedRouteCardView))
)]
#[get("/route-cards/{id}")]
pub async fn get_submitted_route_card(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_submitted_route_card(ctx, *id).await).await?)
}

/// Withdraws a submitted card
///
/// Gives it up for good, together with the open request for its approval. The route stays as it is.
#[utoipa::path(
    tag = "learning_routes", operation_id = "withdraw_route_card",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The card's id")),
    responses((status = 200, description = "The card as it is now", body = SubmittedRouteCardView))
)]
#[post("/route-cards/{id}/withdrawal")]
pub async fn withdraw_route_card(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_route_card(ctx, *id, if_match).await?)).await
}
