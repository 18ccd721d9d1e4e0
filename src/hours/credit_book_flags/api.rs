//! Endpoints of flags in credit books.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    CreditBookFlagAnswer, CreditBookFlagCreate, CreditBookFlagPage, CreditBookFlagQuery, CreditBookFlagView,
};
use super::service::{self, ShownFlag};
use super::store::Filter;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Flags a credit book
///
/// The teacher says that an entry of his or her own book is wrong or missing. The flag goes to whoever leads what it is
/// about, and to its organiser.
#[utoipa::path(
    tag = "hours", operation_id = "flag_credit_book", request_body = CreditBookFlagCreate,
    params(("id" = Uuid, Path, description = "The book's id")),
    responses((status = 201, description = "The new flag", body = CreditBookFlagView))
)]
#[post("/credit-books/{id}/flags")]
pub async fn flag_credit_book(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<CreditBookFlagCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::flag_credit_book(ctx, *id, body.to_model()?).await?;
        let (location, version) =
            (format!("/api/v1/credit-book-flags/{}", shown.flag.id), shown.flag.version);
        Reply::created(location, version, &CreditBookFlagView::from(shown))
    })
    .await
}

/// Lists flags in credit books
///
/// One's own, those that go to the caller as the leader, and those about what the caller's organization holds; newest
/// first.
#[utoipa::path(
    tag = "hours", operation_id = "list_credit_book_flags", params(CreditBookFlagQuery),
    responses((status = 200, description = "One page", body = CreditBookFlagPage))
)]
#[get("/credit-book-flags")]
pub async fn list_credit_book_flags(call: Call, query: Query<CreditBookFlagQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = Filter { state: query.state.map(Into::into), book_id: query.credit_book_id };
    let found =
        call.read(async |ctx| service::list_credit_book_flags(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.created_at, last.id))?;
    Reply::ok(&CreditBookFlagPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a flag in a credit book
///
/// With what was answered; the `ETag` is needed to answer it or to take it back.
#[utoipa::path(
    tag = "hours", operation_id = "get_credit_book_flag",
    params(("id" = Uuid, Path, description = "The flag's id")),
    responses((status = 200, description = "The flag", body = CreditBookFlagView))
)]
#[get("/credit-book-flags/{id}")]
pub async fn get_credit_book_flag(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_credit_book_flag(ctx, *id).await).await?)
}

/// Answers a flag in a credit book
///
/// Resolves it by the entry that the answer carries or that was written since, or refuses it with a reason. By whoever may
/// write that entry.
#[utoipa::path(
    tag = "hours", operation_id = "answer_credit_book_flag", request_body = CreditBookFlagAnswer,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The flag's id")),
    responses((status = 200, description = "The flag as it is now", body = CreditBookFlagView))
)]
#[post("/credit-book-flags/{id}/answer")]
pub async fn answer_credit_book_flag(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<CreditBookFlagAnswer>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::answer_credit_book_flag(ctx, *id, if_match, body.0.clone().into()).await?)
    })
    .await
}

/// Takes a flag in a credit book back
///
/// Only whoever raised it.
#[utoipa::path(
    tag = "hours", operation_id = "withdraw_credit_book_flag",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The flag's id")),
    responses((status = 200, description = "The flag as it is now", body = CreditBookFlagView))
)]
#[post("/credit-book-flags/{id}/withdrawal")]
pub async fn withdraw_credit_book_flag(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_credit_book_flag(ctx, *id, if_match).await?)).await
}

fn item(shown: ShownFlag) -> Result<Reply> {
    Reply::derived(shown.flag.version, &CreditBookFlagView::from(shown))
}
