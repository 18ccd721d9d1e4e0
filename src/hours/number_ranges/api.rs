//! Endpoints of ranges of numbers.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{NumberRangeCreate, NumberRangePage, NumberRangeQuery, NumberRangeView};
use super::service::{self, allowed_actions};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Sets up a range of numbers
///
/// From which `create_credential`, `issue_offering_credentials` and `issue_duplicate` take numbers one after the other. A
/// number that another range of the organization gives, however it is spelt, is refused with `range_overlaps`.
#[utoipa::path(
    tag = "hours", operation_id = "create_number_range", request_body = NumberRangeCreate,
    responses((status = 201, description = "The new range", body = NumberRangeView))
)]
#[post("/number-ranges")]
pub async fn create_number_range(call: Call, body: Body<NumberRangeCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let new = body.0.clone().into();
        let range = service::create_number_range(ctx, body.organization_id, new).await?;
        let (location, version) = (format!("/api/v1/number-ranges/{}", range.id), range.version);
        let allowed = allowed_actions(ctx.actor, &range);
        Reply::created(location, version, &NumberRangeView::new(range, allowed))
    })
    .await
}

/// Lists ranges of numbers
///
/// Those of one's organization, or of one's region; those set up last first.
#[utoipa::path(
    tag = "hours", operation_id = "list_number_ranges", params(NumberRangeQuery),
    responses((status = 200, description = "One page", body = NumberRangePage))
)]
#[get("/number-ranges")]
pub async fn list_number_ranges(call: Call, query: Query<NumberRangeQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_number_ranges(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |(range, at)| (*at, range.id))?;
    let view = |(range, _)| {
        let allowed = allowed_actions(&call.actor, &range);
        NumberRangeView::new(range, allowed)
    };
    Reply::ok(&NumberRangePage { items: items.into_iter().map(view).collect(), next_cursor })
}

/// Reads a range of numbers
///
/// With the number that is given next. The `ETag` is needed to close it; numbers that are taken meanwhile do not matter
/// to `If-Match`.
#[utoipa::path(
    tag = "hours", operation_id = "get_number_range",
    params(("id" = Uuid, Path, description = "The range's id")),
    responses((status = 200, description = "The range", body = NumberRangeView))
)]
#[get("/number-ranges/{id}")]
pub async fn get_number_range(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let range = call.read(async |ctx| service::get_number_range(ctx, *id).await).await?;
    let (version, allowed) = (range.version, allowed_actions(&call.actor, &range));
    Reply::derived(version, &NumberRangeView::new(range, allowed))
}

/// Closes a range of numbers
///
/// No number is taken from it any more; those taken stay.
#[utoipa::path(
    tag = "hours", operation_id = "close_number_range",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The range's id")),
    responses((status = 200, description = "The range as it is now", body = NumberRangeView))
)]
#[post("/number-ranges/{id}/closure")]
pub async fn close_number_range(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let range = service::close_number_range(ctx, *id, if_match).await?;
        let (version, allowed) = (range.version, allowed_actions(ctx.actor, &range));
        Reply::derived(version, &NumberRangeView::new(range, allowed))
    })
    .await
}
