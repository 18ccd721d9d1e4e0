//! Endpoints of credit books.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    CreditBookOpen, CreditBookPage, CreditBookPaper, CreditBookQuery, CreditBookView, CreditBooksOpen,
    CreditBooksOpened,
};
use super::store::Filter;
use super::{print, service};
use crate::error::Result;
use crate::http::{Body, Call, PRINTED, Query, Reply, printed_file};
use crate::learning_routes::documents::words::Words;

/// Opens a credit book
///
/// On the teacher's own wish, or by who issues books under the regulation of the person's school. One book is open at a
/// time; without one nothing is demanded, and documents about training count all the same.
#[utoipa::path(
    tag = "hours", operation_id = "open_credit_book", request_body = CreditBookOpen,
    responses((status = 201, description = "The new book", body = CreditBookView))
)]
#[post("/credit-books")]
pub async fn open_credit_book(call: Call, body: Body<CreditBookOpen>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::open_credit_book(ctx, body.person_id).await?;
        let (location, version) = (format!("/api/v1/credit-books/{}", shown.book.id), shown.book.version);
        Reply::created(location, version, &CreditBookView::from(shown))
    })
    .await
}

/// Opens credit books for many
///
/// For everybody who works at a school today, or for the people named. Whoever has an open book keeps it; each person is
/// opened for or refused alone.
#[utoipa::path(
    tag = "hours", operation_id = "open_credit_books", request_body = CreditBooksOpen,
    responses((status = 200, description = "What came of each person", body = CreditBooksOpened))
)]
#[post("/credit-book-batches")]
pub async fn open_credit_books(call: Call, body: Body<CreditBooksOpen>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let opened = service::open_credit_books(ctx, body.whom()?).await?;
        Reply::ok(&CreditBooksOpened::from(opened))
    })
    .await
}

/// Lists credit books
///
/// One's own and those of one's people; those opened last first.
#[utoipa::path(
    tag = "hours", operation_id = "list_credit_books", params(CreditBookQuery),
    responses((status = 200, description = "One page", body = CreditBookPage))
)]
#[get("/credit-books")]
pub async fn list_credit_books(call: Call, query: Query<CreditBookQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter =
        Filter { organization_id: query.organization_id, person_id: query.person_id, open: query.open };
    let found = call.read(async |ctx| service::list_credit_books(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.book.opened_on, last.book.id))?;
    Reply::ok(&CreditBookPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a credit book
///
/// Its entries by date with topic, dates and hours, and the hours in all and by year. The `ETag` is needed to close it.
/// With `Accept: application/pdf` it comes to be printed, with who wrote each entry, in the caller's language.
#[utoipa::path(
    tag = "hours", operation_id = "get_credit_book",
    params(("id" = Uuid, Path, description = "The book's id")),
    responses((status = 200, description = "The book", content(
        (CreditBookView = "application/json"), (CreditBookPaper = "application/pdf"),
    )))
)]
#[get("/credit-books/{id}")]
pub async fn get_credit_book(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    if call.format(PRINTED) == 0 {
        let shown = call.read(async |ctx| service::get_credit_book(ctx, *id).await).await?;
        return Ok(Reply::derived(shown.book.version, &CreditBookView::from(shown))?.by_accept());
    }
    let printed = call.snapshot(async |ctx| service::credit_book_to_print(ctx, *id).await).await?;
    let version = printed.shown.book.version;
    let document = print::credit_book(&printed, Words(call.language()));
    printed_file(version, format!("credit-book-{id}.pdf"), document).await
}

/// Closes a credit book
///
/// Nothing is written in it any more; it stays readable, and another one may be opened.
#[utoipa::path(
    tag = "hours", operation_id = "close_credit_book",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The book's id")),
    responses((status = 200, description = "The book as it is now", body = CreditBookView))
)]
#[post("/credit-books/{id}/closure")]
pub async fn close_credit_book(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let shown = service::close_credit_book(ctx, *id, if_match).await?;
        Reply::derived(shown.book.version, &CreditBookView::from(shown))
    })
    .await
}
