//! Endpoints of entries of credit books.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{CreditBookEntryCorrect, CreditBookEntryCreate, CreditBookEntryView};
use super::service::{self, ShownEntry};
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Writes an entry into a credit book
///
/// By the leader of the offering or the head of the association, or by the organiser, as the regulation of the book says;
/// never by the teacher. Of an offering that the person has mastered in full, topic, dates and hours follow from it where
/// they are not said; of a session of an association all are needed.
#[utoipa::path(
    tag = "hours", operation_id = "write_credit_book_entry", request_body = CreditBookEntryCreate,
    responses((status = 201, description = "The new entry", body = CreditBookEntryView))
)]
#[post("/credit-book-entries")]
pub async fn write_credit_book_entry(call: Call, body: Body<CreditBookEntryCreate>) -> Result<Reply> {
    call.write_once(async |ctx| created(service::write_credit_book_entry(ctx, body.to_model()?).await?)).await
}

/// Reads an entry of a credit book
///
/// Also one that was corrected: it names the entry that replaces it. Leaders and organisers read the entries about what
/// they hold, not the whole book.
#[utoipa::path(
    tag = "hours", operation_id = "get_credit_book_entry",
    params(("id" = Uuid, Path, description = "The entry's id")),
    responses((status = 200, description = "The entry", body = CreditBookEntryView))
)]
#[get("/credit-book-entries/{id}")]
pub async fn get_credit_book_entry(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let shown = call.read(async |ctx| service::get_credit_book_entry(ctx, *id).await).await?;
    Reply::derived(FIRST, &CreditBookEntryView::from(shown))
}

/// Corrects an entry of a credit book
///
/// Another entry replaces it, or none when it should not have been there. Both stay: what was corrected is read by its id.
#[utoipa::path(
    tag = "hours", operation_id = "correct_credit_book_entry", request_body = CreditBookEntryCorrect,
    params(("id" = Uuid, Path, description = "The entry's id")),
    responses((status = 201, description = "The entry that replaces it", body = CreditBookEntryView))
)]
#[post("/credit-book-entries/{id}/correction")]
pub async fn correct_credit_book_entry(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<CreditBookEntryCorrect>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        created(service::correct_credit_book_entry(ctx, *id, &body.0.clone().into()).await?)
    })
    .await
}

/// An entry is never changed, so it has one version.
const FIRST: i64 = 1;

fn created(shown: ShownEntry) -> Result<Reply> {
    let location = format!("/api/v1/credit-book-entries/{}", shown.entry.id);
    Reply::created(location, FIRST, &CreditBookEntryView::from(shown))
}
