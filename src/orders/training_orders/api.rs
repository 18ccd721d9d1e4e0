//! Endpoints of training orders.

use actix_web::{delete, get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    TrainingOrderCreate, TrainingOrderLineCreate, TrainingOrderLinePage, TrainingOrderLineQuery,
    TrainingOrderLineSourcePage, TrainingOrderLineSourceQuery, TrainingOrderLineView, TrainingOrderPage,
    TrainingOrderPlacementSet, TrainingOrderQuery, TrainingOrderView,
};
use super::model::Placement;
use super::service::{self, ShownOrder};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownOrder) -> Result<Reply> {
    Reply::derived(shown.order.version, &TrainingOrderView::from(shown))
}

/// Begins a training order
///
/// The order of a school begins empty. That of a municipality and of the operator is added up at once from the submitted
/// orders of the level below for the same period, each taken once; where the regulation builds it from those alone and
/// there are none, `no_submitted_orders`. One order of an organization for a period (409 `conflict.already_exists`); a period that
/// is over is refused with `period_over`, a level the regulation does not know with `not_used`.
#[utoipa::path(
    tag = "orders", operation_id = "create_training_order", request_body = TrainingOrderCreate,
    responses((status = 201, description = "The new order", body = TrainingOrderView))
)]
#[post("/training-orders")]
pub async fn create_training_order(call: Call, body: Body<TrainingOrderCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_training_order(ctx, body.organization_id, body.level, body.year).await?;
        let location = format!("/api/v1/training-orders/{}", shown.order.id);
        Reply::created(location, shown.order.version, &TrainingOrderView::from(shown))
    })
    .await
}

/// Lists training orders
///
/// Those of one's school and of one's territory with their sums, those begun last first.
#[utoipa::path(
    tag = "orders", operation_id = "list_training_orders", params(TrainingOrderQuery),
    responses((status = 200, description = "One page", body = TrainingOrderPage))
)]
#[get("/training-orders")]
pub async fn list_training_orders(call: Call, query: Query<TrainingOrderQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_training_orders(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.order.created_at, last.order.id))?;
    Reply::ok(&TrainingOrderPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a training order
///
/// Where it stands, what it adds up to, and how many of its people are not placed. The `ETag` is needed to change it.
#[utoipa::path(
    tag = "orders", operation_id = "get_training_order",
    params(("id" = Uuid, Path, description = "The order's id")),
    responses((status = 200, description = "The order", body = TrainingOrderView))
)]
#[get("/training-orders/{id}")]
pub async fn get_training_order(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_training_order(ctx, *id).await).await?)
}

/// Takes newly submitted orders into a training order
///
/// While it is formed: what the level below has submitted since is taken too, and everything taken is added up anew. Its
/// lines by hand stay.
#[utoipa::path(
    tag = "orders", operation_id = "refresh_training_order",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The order's id")),
    responses((status = 200, description = "The order as it is now", body = TrainingOrderView))
)]
#[post("/training-orders/{id}/refresh")]
pub async fn refresh_training_order(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::refresh_training_order(ctx, *id, if_match).await?)).await
}

/// Submits a training order
///
/// Hands it up: through the chain of its regulation, if that has one for orders. An order without a line is refused with
/// `empty`, one whose period is over with `period_over`; a second submission with 409 `conflict.state`.
#[utoipa::path(
    tag = "orders", operation_id = "submit_training_order",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The order's id")),
    responses((status = 200, description = "The order as it is now", body = TrainingOrderView))
)]
#[post("/training-orders/{id}/submission")]
pub async fn submit_training_order(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::submit_training_order(ctx, *id, if_match).await?)).await
}

/// Withdraws a training order
///
/// While no order above has taken it and it is not placed; the orders it took wait again.
#[utoipa::path(
    tag = "orders", operation_id = "withdraw_training_order",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The order's id")),
    responses((status = 200, description = "The order as it is now", body = TrainingOrderView))
)]
#[post("/training-orders/{id}/withdrawal")]
pub async fn withdraw_training_order(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_training_order(ctx, *id, if_match).await?)).await
}

/// Adds a line to a training order
///
/// In the order of a school from an open need, from an activity of an agreed route, or by the head's own request; above
/// the school by hand, and marked so. Everything wrong with it is told at once.
#[utoipa::path(
    tag = "orders", operation_id = "add_training_order_line", request_body = TrainingOrderLineCreate,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The order's id")),
    responses((status = 201, description = "The new line", body = TrainingOrderLineView))
)]
#[post("/training-orders/{id}/lines")]
pub async fn add_training_order_line(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<TrainingOrderLineCreate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let request = body.0.clone().into();
        let shown = service::add_training_order_line(ctx, *id, if_match, request).await?;
        let location = format!("/api/v1/training-order-lines/{}", shown.line.id);
        Reply::created(location, 1, &TrainingOrderLineView::from(shown))
    })
    .await
}

/// Lists the lines of a training order
///
/// In their order, each with where it is placed and what is not.
#[utoipa::path(
    tag = "orders", operation_id = "list_training_order_lines",
    params(("id" = Uuid, Path, description = "The order's id"), TrainingOrderLineQuery),
    responses((status = 200, description = "One page", body = TrainingOrderLinePage))
)]
#[get("/training-orders/{id}/lines")]
pub async fn list_training_order_lines(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<TrainingOrderLineQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<i32>(&query.0)?;
    let found =
        call.read(async |ctx| service::list_training_order_lines(ctx, *id, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| last.line.position)?;
    Reply::ok(&TrainingOrderLinePage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a line of a training order
///
/// What it rests on, the line it was added up into, and where it is placed.
#[utoipa::path(
    tag = "orders", operation_id = "get_training_order_line",
    params(("id" = Uuid, Path, description = "The line's id")),
    responses((status = 200, description = "The line", body = TrainingOrderLineView))
)]
#[get("/training-order-lines/{id}")]
pub async fn get_training_order_line(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let shown = call.read(async |ctx| service::get_training_order_line(ctx, *id).await).await?;
    Reply::derived(1, &TrainingOrderLineView::from(shown))
}

/// Lists what a line of a training order rests on
///
/// Down to the lines of schools it was added up from: the persons, needs, activities of routes and deficits behind them.
#[utoipa::path(
    tag = "orders", operation_id = "list_training_order_line_sources",
    params(("id" = Uuid, Path, description = "The line's id"), TrainingOrderLineSourceQuery),
    responses((status = 200, description = "One page", body = TrainingOrderLineSourcePage))
)]
#[get("/training-order-lines/{id}/sources")]
pub async fn list_training_order_line_sources(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<TrainingOrderLineSourceQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<Uuid>(&query.0)?;
    let found = call
        .read(async |ctx| service::list_training_order_line_sources(ctx, *id, &page, after).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| last.line_id)?;
    Reply::ok(&TrainingOrderLineSourcePage {
        items: items.into_iter().map(Into::into).collect(),
        next_cursor,
    })
}

/// Removes a line of a training order
///
/// While the order is formed; a line that was added up stays with the orders it consists of.
#[utoipa::path(
    tag = "orders", operation_id = "remove_training_order_line",
    params(
        ("id" = Uuid, Path, description = "The order's id"),
        ("line_id" = Uuid, Path, description = "The line's id"),
    ),
    responses((status = 200, description = "The order as it is now", body = TrainingOrderView))
)]
#[delete("/training-orders/{id}/lines/{line_id}")]
pub async fn remove_training_order_line(call: Call, path: web::Path<(Uuid, Uuid)>) -> Result<Reply> {
    let (id, line_id) = *path;
    let if_match = call.if_match()?;
    item(call.write(async |ctx| service::remove_training_order_line(ctx, id, line_id, if_match).await).await?)
}

/// Sets where a line of a training order is placed
///
/// How many people of the line an offering takes, once the order is handed up; a line may be placed into several. An
/// organiser where the regulation does not place orders is refused with `wrong_target`, more people than the line has
/// left with `above_rest`.
#[utoipa::path(
    tag = "orders", operation_id = "set_training_order_placement", request_body = TrainingOrderPlacementSet,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The order's id")),
    responses((status = 200, description = "The order as it is now", body = TrainingOrderView))
)]
#[post("/training-orders/{id}/placements")]
pub async fn set_training_order_placement(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<TrainingOrderPlacementSet>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let placement = Placement::from(&body.0);
        item(service::set_training_order_placement(ctx, *id, if_match, placement).await?)
    })
    .await
}

/// Submits the placement of a training order
///
/// Whoever the regulation names agrees first, the education department for one; without such a step it is placed at once.
/// What is not placed is told as `unplaced`. Where nothing is placed, `nothing_placed`.
#[utoipa::path(
    tag = "orders", operation_id = "submit_training_order_placement",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The order's id")),
    responses((status = 200, description = "The order as it is now", body = TrainingOrderView))
)]
#[post("/training-orders/{id}/placement")]
pub async fn submit_training_order_placement(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::submit_training_order_placement(ctx, *id, if_match).await?))
        .await
}
