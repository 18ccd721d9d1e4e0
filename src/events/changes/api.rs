//! The endpoint of the feed of changes.

use actix_web::get;

use super::dto::{ChangeFeed, ChangeQuery};
use super::service;
use crate::error::Result;
use crate::http::{Call, PageQuery, Query, Reply};

/// Lists changes
///
/// What was made, changed, decided or removed in the caller's region, municipality or organization, oldest first. Keep
/// `after` and pass it the next time: nothing is skipped, nothing comes twice, and things that are gone are told as
/// `removed`. A change is shown once every transaction that began before it has ended: within a moment, as a rule. It is
/// told to those in whose circle the thing lay when it was changed.
#[utoipa::path(
    tag = "events", operation_id = "list_changes", params(ChangeQuery),
    responses((status = 200, description = "A portion of the feed", body = ChangeFeed))
)]
#[get("/changes")]
pub async fn list_changes(call: Call, query: Query<ChangeQuery>) -> Result<Reply> {
    let limit = query.limit.unwrap_or(PageQuery::DEFAULT_LIMIT);
    let (after, kind) = (query.after.as_deref(), query.subject_kind.as_deref());
    let portion = call.read(async |ctx| service::list_changes(ctx, after, kind, limit).await).await?;
    Reply::ok(&ChangeFeed::from(portion))
}
