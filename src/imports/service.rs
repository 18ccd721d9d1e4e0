//! Use cases of bulk loading.

mod jobs;
mod loading;
mod receiving;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::forms::{Form, Written};
use super::model::{Counts, Failure, Import, ImportState, Order, Receipt, RowOutcome};
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service as organizations;
use crate::error::{Code, Error, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;

pub use jobs::{
    Job, Step, Unpacked, fail_job, is_lost, job_heard, lay_out, load_next, read_rows, refuse_hopeless,
    take_job,
};
pub use jobs::{piece, records_anew, records_found};
pub use loading::{AT_ONCE, File, load_all, load_portion, try_portion};
pub use receiving::{Received, add_piece, queue, receive, stop_receiving, written_of};
pub use store::{sweep_import_leftovers, sweep_import_silence, sweep_imports};

/// How long a run and its receipts are kept after its end.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// Between two signs of life of a run.
pub const HEARTBEAT: Duration = Duration::from_secs(20);

/// After so many seconds without one a run is taken for interrupted.
const SILENCE_SECONDS: i64 = 60;

/// A run with what the actor may do with it now.
pub type ImportWhole = (Import, Vec<String>);

/// Says that the run goes on.
pub async fn heartbeat(ctx: &Ctx<'_>, import_id: Uuid) -> Result<()> {
    store::heartbeat(ctx, import_id).await
}

/// Opens a run of a file that is loaded at once: from now on it can be read, and a run that never ends was interrupted.
pub async fn begin(ctx: &Ctx<'_>, file: &File) -> Result<Import> {
    let import = open(ctx, file.order, file.written.form, ImportState::Running).await?;
    store::describe(ctx, import.id, file.written, file.headers(), file.size, &file.digest).await?;
    Ok(import)
}

/// Opens a run in that state.
async fn open(ctx: &Ctx<'_>, order: Order, form: Form, state: ImportState) -> Result<Import> {
    let organization_id = ctx.actor.home_organization().ok_or(Error::new(Code::Forbidden))?;
    let organization = organizations::organization(ctx, organization_id).await?;
    let target =
        Target::region(organization.region_id).organization(organization.id, organization.municipality_id);
    let permit = authorize(ctx.actor, &policy::CREATE_IMPORT, &target)?;
    let import = Import {
        id: new_id(),
        region_id: organization.region_id,
        municipality_id: organization.municipality_id,
        organization_id,
        order,
        form,
        state,
        is_job: state == ImportState::Receiving,
        file_size: 0,
        rows_in_file: None,
        counts: Counts::default(),
        requested_by: ctx.actor.account_id,
        created_at: ctx.now,
        heard_at: ctx.now,
        finished_at: None,
        failure: None,
        version: 1,
    };
    store::insert(ctx, &permit, &import).await?;
    let change = Change::none().field("kind", (), order.kind.as_str()).field("dry_run", (), order.dry_run);
    ctx.audit(&permit, Subject { kind: "import", id: import.id }, change).await?;
    Ok(import)
}

/// Closes a run that was loaded at once.
pub async fn finish(ctx: &Ctx<'_>, import_id: Uuid, failure: Option<&Error>) -> Result<Import> {
    let state = if failure.is_none() { ImportState::Succeeded } else { ImportState::Failed };
    store::end(ctx, import_id, state, failure.map(failure_of).as_ref()).await?;
    store::find(ctx.conn, import_id).await
}

/// Why a run failed, in words that whoever loads can act on.
fn failure_of(refusal: &Error) -> Failure {
    let Some(first) = refusal.fields.first() else {
        let message = refusal.detail.clone().unwrap_or_else(|| refusal.code.title());
        return Failure { code: refusal.code.name().to_owned(), message };
    };
    let words = |language| {
        let parts = refusal.fields.iter().take(20).map(|field| {
            format!("{}: {}", field.pointer.trim_start_matches('/'), field.message.in_language(language))
        });
        parts.collect::<Vec<_>>().join("; ")
    };
    let message = Text::owned(words(crate::error::Language::Ru), words(crate::error::Language::En));
    Failure { code: first.code.to_string(), message }
}

/// Every receipt of a run that the actor has just made.
pub async fn receipts(ctx: &Ctx<'_>, import_id: Uuid) -> Result<Vec<Receipt>> {
    store::receipts(ctx.conn, import_id, None, i64::MAX, None).await
}

/// One page of the runs of the actor's unit.
pub async fn list_imports(
    ctx: &Ctx<'_>,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<ImportWhole>> {
    let found = store::list(ctx.conn, &scope(ctx.actor, &policy::LIST_IMPORTS)?, page.fetch(), after).await?;
    Ok(found.into_iter().map(|import| whole(ctx, import)).collect())
}

/// One run.
pub async fn get_import(ctx: &Ctx<'_>, id: Uuid) -> Result<ImportWhole> {
    let import = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_IMPORT, &target(&import))?;
    Ok(whole(ctx, import))
}

/// One run, asked for again and again.
pub async fn watch_import(ctx: &Ctx<'_>, id: Uuid) -> Result<ImportWhole> {
    let import = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::WATCH_IMPORT, &target(&import))?;
    Ok(whole(ctx, import))
}

/// One page of the receipts of a run.
pub async fn list_import_rows(
    ctx: &Ctx<'_>,
    id: Uuid,
    outcome: Option<RowOutcome>,
    page: &PageQuery<'_>,
    after: Option<i32>,
) -> Result<Vec<Receipt>> {
    let import = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::LIST_IMPORT_ROWS, &target(&import))?;
    store::receipts(ctx.conn, id, outcome, page.fetch(), after).await
}

/// How the file of a run was written: its receipts are written so too.
#[derive(Debug, Clone)]
pub struct ReceiptFile {
    /// The form and the charset.
    pub written: Written,
    /// What parts the cells of CSV.
    pub delimiter: char,
    /// The names of its columns.
    pub names: Vec<String>,
    /// How many rows have that outcome.
    pub rows: i32,
}

/// How the receipts of a run are to be written.
pub async fn get_import_receipt_file(
    ctx: &Ctx<'_>,
    id: Uuid,
    outcome: Option<RowOutcome>,
) -> Result<ReceiptFile> {
    let import = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_IMPORT_RECEIPT_FILE, &target(&import))?;
    let (written, delimiter, names) = store::described(ctx.conn, id).await?;
    let rows = import.counts.of_outcome(outcome);
    Ok(ReceiptFile { written, delimiter: delimiter.unwrap_or(';'), names, rows })
}

/// The receipts behind that line, in the order of the file.
pub async fn next_receipts(
    ctx: &Ctx<'_>,
    id: Uuid,
    outcome: Option<RowOutcome>,
    after: Option<i32>,
    fetch: i64,
) -> Result<Vec<Receipt>> {
    let import = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_IMPORT_RECEIPT_FILE, &target(&import))?;
    store::receipts(ctx.conn, id, outcome, fetch, after).await
}

/// Calls a job off. The portion at hand is taken back; what has a receipt stands.
pub async fn cancel_import(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ImportWhole> {
    let import = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::GET_IMPORT, &target(&import))
        .and_then(|_| authorize_seen(ctx.actor, &policy::CANCEL_IMPORT, &target(&import)))?;
    if import.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if !import.may_be_cancelled() {
        return Err(Error::new(Code::StateConflict).detail(
            "Загрузка уже завершена или идёт в самом запросе",
            "The run has ended, or goes on within its request",
        ));
    }
    store::end(ctx, id, ImportState::Cancelled, None).await?;
    let change = Change::none().field("state", import.state.as_str(), ImportState::Cancelled.as_str());
    ctx.audit(&permit, Subject { kind: "import", id }, change).await?;
    Ok(whole(ctx, store::find(ctx.conn, id).await?))
}

fn target(import: &Import) -> Target {
    Target::region(import.region_id).organization(import.organization_id, import.municipality_id)
}

fn whole(ctx: &Ctx<'_>, import: Import) -> ImportWhole {
    let import = as_it_stands(import, ctx.now);
    let actions = allowed_actions(ctx.actor, &import);
    (import, actions)
}

fn allowed_actions(actor: &Actor, import: &Import) -> Vec<String> {
    let rule = &policy::CANCEL_IMPORT;
    let cancels = import.may_be_cancelled() && may(actor, rule, &target(import));
    cancels.then(|| rule.operation.to_owned()).into_iter().collect()
}

/// A request of which nothing has been heard for long was interrupted: its file may simply be loaded again. A job is taken
/// up by another process.
fn as_it_stands(import: Import, now: DateTime<Utc>) -> Import {
    let within_a_request = match import.state {
        ImportState::Receiving => true,
        ImportState::Running => !import.is_job,
        _ => false,
    };
    let interrupted = within_a_request && (now - import.heard_at).num_seconds() >= SILENCE_SECONDS;
    if interrupted { Import { state: ImportState::Failed, ..import } } else { import }
}
