//! Endpoints of runs.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::error::Result;
use crate::http::{Call, Query, Reply};
use crate::imports::dto::{ImportPage, ImportQuery, ImportRow, ImportRowPage, ImportRowQuery, ImportView};
use crate::imports::service;

/// Seconds after which a run has probably come farther.
pub(super) const ASK_AGAIN: u32 = 2;

/// Lists the runs of bulk loading
///
/// The runs of the caller's unit, newest first.
#[utoipa::path(
    tag = "imports", operation_id = "list_imports", params(ImportQuery),
    responses((status = 200, description = "One page", body = ImportPage))
)]
#[get("/import-runs")]
pub async fn list_imports(call: Call, query: Query<ImportQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let found = call.read(async |ctx| service::list_imports(ctx, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |(last, _)| (last.created_at, last.id))?;
    let language = call.language();
    let items = items.into_iter().map(|whole| ImportView::new(whole, language)).collect();
    Reply::ok(&ImportPage { items, next_cursor })
}

/// Reads a run of bulk loading
///
/// State and counts. A run that goes on beside the requests is taken up by another process when its own has ended; one
/// that was loaded within its request and could not be finished is `failed`, a minute after its last sign of life, and
/// its file may simply be loaded again. `Retry-After` says when to ask again. Runs and receipts are kept for 30 days.
#[utoipa::path(
    tag = "imports", operation_id = "get_import", params(("id" = Uuid, Path, description = "The run's id")),
    responses((status = 200, description = "The run", body = ImportView))
)]
#[get("/import-runs/{id}")]
pub async fn get_import(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let whole = call.read(async |ctx| service::get_import(ctx, *id).await).await?;
    let again = (!whole.0.state.is_final()).then_some(ASK_AGAIN);
    Ok(Reply::derived(whole.0.version, &ImportView::new(whole, call.language()))?.ask_again(again))
}

/// Lists the receipts of a run
///
/// One receipt for each row of the file, by line; `outcome=refused` gives the rows to mend.
#[utoipa::path(
    tag = "imports", operation_id = "list_import_rows",
    params(("id" = Uuid, Path, description = "The run's id"), ImportRowQuery),
    responses((status = 200, description = "One page", body = ImportRowPage))
)]
#[get("/import-runs/{id}/rows")]
pub async fn list_import_rows(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<ImportRowQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<i32>(&list)?;
    let outcome = query.outcome.map(Into::into);
    let found =
        call.read(async |ctx| service::list_import_rows(ctx, *id, outcome, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| last.line)?;
    let language = call.language();
    let items = items.into_iter().map(|receipt| ImportRow::new(receipt, language)).collect();
    Reply::ok(&ImportRowPage { items, next_cursor })
}

/// Calls a run off
///
/// One that waits or goes on beside the requests. The rows at hand are taken back; what has its receipt stands.
#[utoipa::path(
    tag = "imports", operation_id = "cancel_import",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The run's id")),
    responses((status = 200, description = "The run as it is now", body = ImportView))
)]
#[post("/import-runs/{id}/cancellation")]
pub async fn cancel_import(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let whole = service::cancel_import(ctx, *id, if_match).await?;
        Reply::item(whole.0.version, &ImportView::new(whole, call.language()))
    })
    .await
}
