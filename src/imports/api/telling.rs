//! Endpoints that tell of a run while it goes on, and afterwards as a file.

use std::time::Duration;

use actix_web::get;
use actix_web::web::{self, Bytes};
use chrono::Utc;
use futures_util::{Stream, stream};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::http::{Call, Query, Streamed};
use crate::imports::dto::{
    ImportEvents, ImportReceiptQuery, ImportReceiptText, ImportReceiptWorkbook, ImportView,
};
use crate::imports::model::RowOutcome;
use crate::imports::receipts::ReceiptWriter;
use crate::imports::service::{self, ImportWhole};

/// How often a run is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Looks without anything new after which a comment keeps the connection open.
const QUIET: u32 = 15;
/// How long one may watch; then the client connects again, as browsers do by themselves.
const LONGEST: chrono::TimeDelta = chrono::TimeDelta::minutes(10);

/// Watches a run of bulk loading
///
/// Server-sent events: at once and whenever something has changed, at most once a second, an event `progress` with the
/// run as `get_import` gives it; at its end an event `end`, and the stream closes. It closes after ten minutes too:
/// connect again. What to do without a stream: ask `get_import` every `Retry-After` seconds.
#[utoipa::path(
    tag = "imports", operation_id = "watch_import", params(("id" = Uuid, Path, description = "The run's id")),
    responses((status = 200, description = "The events", content((ImportEvents = "text/event-stream"))))
)]
#[get("/import-runs/{id}/events")]
pub async fn watch_import(call: Call, id: web::Path<Uuid>) -> Result<Streamed> {
    let first = call.read(async |ctx| service::watch_import(ctx, *id).await).await?;
    Ok(Streamed::new("text/event-stream", events(call, *id, first)).at_once())
}

struct Watch {
    call: Call,
    id: Uuid,
    /// What is to be told next; none when everything has been told.
    next: Option<ImportWhole>,
    told: String,
    quiet: u32,
    until: chrono::DateTime<Utc>,
}

fn events(call: Call, id: Uuid, first: ImportWhole) -> impl Stream<Item = Result<Bytes>> {
    let until = call.app.clock.now() + LONGEST;
    let watch = Watch { call, id, next: Some(first), told: String::new(), quiet: 0, until };
    stream::unfold(Some(watch), async |watch| {
        let mut watch = watch?;
        match watch.say().await {
            Ok((words, goes_on)) => Some((Ok(Bytes::from(words)), goes_on.then_some(watch))),
            // Whoever may not read the run any more hears nothing more of it.
            Err(refusal) => Some((Err(refusal), None)),
        }
    })
}

impl Watch {
    /// The next words, and whether more will come.
    async fn say(&mut self) -> Result<(String, bool)> {
        loop {
            let whole = match self.next.take() {
                Some(first) => first,
                None => {
                    tokio::time::sleep(LOOK).await;
                    self.call.read(async |ctx| service::watch_import(ctx, self.id).await).await?
                }
            };
            let ended = whole.0.state.is_final();
            let view = ImportView::new(whole, self.call.language());
            let data = serde_json::to_string(&view).map_err(Error::internal)?;
            let draining = self.call.app.draining.load(std::sync::atomic::Ordering::Relaxed);
            let goes_on = !ended && !draining && self.call.app.clock.now() < self.until;
            if ended || data != self.told {
                let event = if ended { "end" } else { "progress" };
                let words = format!("event: {event}\ndata: {data}\n\n");
                (self.told, self.quiet) = (data, 0);
                return Ok((words, goes_on));
            }
            self.quiet += 1;
            if !goes_on || self.quiet == QUIET {
                self.quiet = 0;
                return Ok((": still here\n\n".to_owned(), goes_on));
            }
        }
    }
}

/// Rows that are read at a time.
const PAGE: i64 = 1_000;

/// Reads the receipts of a run as a file
///
/// In the form of the file that was loaded, or the one that `form` names, with its columns and charset; `receipt_line`,
/// `receipt_outcome`, `receipt_code` and `receipt_message` stand behind them. The cells of refused rows are as they were
/// brought, those of other rows are empty. Take `outcome=refused`, mend the rows and load the file again: the columns
/// of receipts say nothing then. What a spreadsheet would take for a formula begins with `'`. A workbook holds at most
/// 50,000 rows.
#[utoipa::path(
    tag = "imports", operation_id = "get_import_receipt_file",
    params(("id" = Uuid, Path, description = "The run's id"), ImportReceiptQuery),
    responses((status = 200, description = "The receipts", content(
        (ImportReceiptText = "text/csv"), (ImportReceiptText = "application/x-ndjson"),
        (ImportReceiptWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )))
)]
#[get("/import-runs/{id}/receipts")]
pub async fn get_import_receipt_file(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<ImportReceiptQuery>,
) -> Result<Streamed> {
    let outcome: Option<RowOutcome> = query.outcome.map(Into::into);
    let form = query.form.map(Into::into);
    let file = call.read(async |ctx| service::get_import_receipt_file(ctx, *id, outcome).await).await?;
    let writer = ReceiptWriter::new(file, form, call.language())?;
    let name = format!("receipts-{id}.{}", writer.ending());
    let media = writer.media();
    let pages = Pages { call, id: *id, outcome, after: None, ended: false };
    if writer.flows() {
        return Ok(Streamed::new(media, lines(pages, writer)).file(name));
    }
    let bytes = workbook(pages, writer).await?;
    Ok(Streamed::new(media, stream::iter([Ok(bytes)])).file(name))
}

/// The receipts of a run, page by page.
struct Pages {
    call: Call,
    id: Uuid,
    outcome: Option<RowOutcome>,
    after: Option<i32>,
    ended: bool,
}

impl Pages {
    async fn next(&mut self) -> Result<Vec<crate::imports::model::Receipt>> {
        if self.ended {
            return Ok(Vec::new());
        }
        let found = self
            .call
            .read(async |ctx| service::next_receipts(ctx, self.id, self.outcome, self.after, PAGE).await)
            .await?;
        self.ended = i64::try_from(found.len()).is_ok_and(|found| found < PAGE);
        self.after = found.last().map(|receipt| receipt.line);
        Ok(found)
    }
}

fn lines(pages: Pages, writer: ReceiptWriter) -> impl Stream<Item = Result<Bytes>> {
    stream::unfold(Some((pages, writer, true)), async |state| {
        let (mut pages, writer, is_first) = state?;
        let mut bytes = if is_first { writer.head() } else { Vec::new() };
        match pages.next().await {
            Ok(receipts) if receipts.is_empty() && !is_first => None,
            Ok(receipts) => {
                bytes.extend(writer.rows(&receipts));
                let more = !pages.ended;
                Some((Ok(Bytes::from(bytes)), more.then_some((pages, writer, false))))
            }
            Err(refusal) => Some((Err(refusal), None)),
        }
    })
}

async fn workbook(mut pages: Pages, writer: ReceiptWriter) -> Result<Bytes> {
    let mut receipts = Vec::new();
    while !pages.ended {
        receipts.extend(pages.next().await?);
    }
    let written = web::block(move || writer.workbook(&receipts)).await.map_err(Error::internal)??;
    Ok(Bytes::from(written))
}
