//! Endpoints of the ledger.

use actix_web::{get, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{LedgerEntryPage, LedgerEntryQuery};
use super::service;
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Lists the ledger of a person
///
/// Every line, what was taken back as well; the newest papers first.
#[utoipa::path(
    tag = "hours", operation_id = "list_ledger_entries",
    params(("id" = Uuid, Path, description = "The person's id"), LedgerEntryQuery),
    responses((status = 200, description = "One page", body = LedgerEntryPage))
)]
#[get("/persons/{id}/ledger-entries")]
pub async fn list_ledger_entries(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<LedgerEntryQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = ("ledger_entries", *id);
    let after = page.after::<(NaiveDate, Uuid)>(&list)?;
    let found = call.read(async |ctx| service::list_ledger_entries(ctx, *id, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| (last.issued_on, last.id))?;
    Reply::ok(&LedgerEntryPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}
