//! Use cases of bulk loading.

use std::cell::RefCell;
use std::time::Duration;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Import, ImportKind, ImportMode, Receipt, RowOutcome, RowProblem};
use super::portions::portions;
use super::table::{Row, Table};
use super::{policy, rows, store};
use crate::authz::{Target, authorize, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service as organizations;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;

/// A file to be loaded.
pub struct File<'a> {
    /// What is in it.
    pub kind: ImportKind,
    /// What a refused row means for the others.
    pub mode: ImportMode,
    /// Predict only.
    pub dry_run: bool,
    /// SHA-256 of the bytes.
    pub digest: &'a [u8],
    table: Table,
}

impl<'a> File<'a> {
    /// Reads the file; refuses it as a whole when it is not such a table.
    pub fn read(
        kind: ImportKind,
        mode: ImportMode,
        dry_run: bool,
        bytes: &[u8],
        digest: &'a [u8],
    ) -> Result<Self> {
        Ok(Self { kind, mode, dry_run, digest, table: Table::read(bytes, rows::columns(kind))? })
    }

    /// The rows by index, in portions that share a short transaction. Rows that may meet each other, as two rows of
    /// one person do, are in one portion and in their order: so what is taken back after each portion of a dry run
    /// is never missed by another one.
    pub fn portions(&self) -> Vec<Vec<usize>> {
        portions(&self.marks(), PORTION)
    }

    /// Every row by index, in the order of one portion.
    pub fn all(&self) -> Vec<usize> {
        portions(&self.marks(), usize::MAX).concat()
    }

    fn marks(&self) -> Vec<Vec<String>> {
        self.table.rows().map(|row| rows::marks(self.kind, &row)).collect()
    }
}

/// Between two signs of life of a run.
pub const HEARTBEAT: Duration = Duration::from_secs(20);

/// After so many seconds without one a run is taken for interrupted.
const SILENCE_SECONDS: i64 = 60;

/// Says that the run goes on.
pub async fn heartbeat(ctx: &Ctx<'_>, import_id: Uuid) -> Result<()> {
    store::heartbeat(ctx, import_id).await
}

/// Rows that share a transaction: as many as keep it short.
const PORTION: usize = 100;

/// Opens a run: from now on it can be read, and a run that never ends was interrupted.
pub async fn begin(ctx: &Ctx<'_>, file: &File<'_>) -> Result<Import> {
    let organization_id = ctx.actor.home_organization().ok_or(Error::new(Code::Forbidden))?;
    let organization = organizations::organization(ctx, organization_id).await?;
    let target =
        Target::region(organization.region_id).organization(organization.id, organization.municipality_id);
    let permit = authorize(ctx.actor, &policy::CREATE_IMPORT, &target)?;
    let import = Import {
        id: new_id(),
        region_id: organization.region_id,
        organization_id,
        kind: file.kind.as_str().to_owned(),
        mode: file.mode.as_str().to_owned(),
        state: "running".to_owned(),
        dry_run: file.dry_run,
        counts: super::model::Counts::default(),
        requested_by: ctx.actor.account_id,
        created_at: ctx.now,
        heard_at: ctx.now,
        finished_at: None,
    };
    store::insert(ctx, &permit, &import, file.digest).await?;
    let change = Change::none().field("kind", (), import.kind.as_str()).field("dry_run", (), import.dry_run);
    ctx.audit(&permit, Subject { kind: "import", id: import.id }, change).await?;
    Ok(import)
}

/// Tries one portion, each row under a savepoint of its own, and takes all of it back: what it would have done.
pub async fn try_portion(
    ctx: &Ctx<'_>,
    file: &File<'_>,
    portion: &[usize],
    gone: &impl Fn() -> bool,
) -> Result<Vec<Receipt>> {
    let receipts = RefCell::new(Vec::new());
    let tried = ctx
        .attempt(async |ctx| {
            receipts.replace(load_rows(ctx, file, portion, gone).await?);
            Err::<(), _>(Error::new(Code::StateConflict).cause(TAKEN_BACK))
        })
        .await;
    match tried {
        Err(refusal) if refusal.cause.as_deref() != Some(TAKEN_BACK) => Err(refusal),
        _ => Ok(receipts.into_inner().into_iter().map(taken_back).collect()),
    }
}

/// Loads one portion with its receipts, each row under a savepoint of its own.
pub async fn load_portion(
    ctx: &Ctx<'_>,
    import_id: Uuid,
    file: &File<'_>,
    portion: &[usize],
    gone: &impl Fn() -> bool,
) -> Result<()> {
    let receipts = load_rows(ctx, file, portion, gone).await?;
    add_receipts(ctx, import_id, &receipts).await
}

/// Loads all rows or none, in one transaction; the receipts say which row was in the way.
pub async fn load_all(
    ctx: &Ctx<'_>,
    import_id: Uuid,
    file: &File<'_>,
    gone: &impl Fn() -> bool,
) -> Result<()> {
    let all = file.all();
    let receipts = RefCell::new(Vec::new());
    let loaded = ctx
        .attempt(async |ctx| {
            receipts.replace(load_rows(ctx, file, &all, gone).await?);
            if is_clean(&receipts.borrow()) {
                Ok(())
            } else {
                Err(Error::new(Code::StateConflict).cause(TAKEN_BACK))
            }
        })
        .await;
    let receipts = receipts.into_inner();
    match loaded {
        Ok(()) => add_receipts(ctx, import_id, &receipts).await,
        Err(refusal) if refusal.cause.as_deref() == Some(TAKEN_BACK) => {
            let receipts: Vec<Receipt> = receipts.into_iter().map(taken_back).collect();
            add_receipts(ctx, import_id, &receipts).await
        }
        Err(refusal) => Err(refusal),
    }
}

/// Whether no row was refused.
pub fn is_clean(receipts: &[Receipt]) -> bool {
    receipts.iter().all(|receipt| receipt.outcome != RowOutcome::Refused)
}

/// Writes receipts of rows that were tried or loaded.
pub async fn add_receipts(ctx: &Ctx<'_>, import_id: Uuid, receipts: &[Receipt]) -> Result<()> {
    if receipts.is_empty() { Ok(()) } else { store::add_receipts(ctx, import_id, receipts).await }
}

async fn load_rows(
    ctx: &Ctx<'_>,
    file: &File<'_>,
    rows: &[usize],
    gone: &impl Fn() -> bool,
) -> Result<Vec<Receipt>> {
    ctx.check_constraints_at_once().await?;
    let mut receipts = Vec::with_capacity(rows.len());
    for row in rows.iter().filter_map(|index| file.table.row(*index)) {
        if gone() {
            return Err(Error::new(Code::Timeout).cause("the client has gone"));
        }
        receipts.push(load_row(ctx, file.kind, &row).await?);
    }
    Ok(receipts)
}

/// What was made and taken back has no id.
fn taken_back(receipt: Receipt) -> Receipt {
    let made = receipt.outcome == RowOutcome::Created;
    Receipt { subject_id: receipt.subject_id.filter(|_| !made), ..receipt }
}

const TAKEN_BACK: &str = "taken back";

/// Closes the run.
pub async fn finish(ctx: &Ctx<'_>, import_id: Uuid, succeeded: bool) -> Result<Import> {
    store::finish(ctx, import_id, if succeeded { "succeeded" } else { "failed" }).await
}

async fn load_row(ctx: &Ctx<'_>, kind: ImportKind, row: &Row<'_>) -> Result<Receipt> {
    let shape = row.shape_problems();
    let loaded = if shape.is_empty() {
        ctx.attempt(async |ctx| rows::load(ctx, kind, row).await).await
    } else {
        return Ok(refused(row, shape));
    };
    match loaded {
        Ok((outcome, id)) => {
            Ok(Receipt { line: row.line, outcome, subject_id: Some(id), problems: Vec::new() })
        }
        // What is not the row's fault ends the run; what is the row's fault is told on its receipt.
        Err(failure) if failure.code.status() >= 500 => Err(failure),
        Err(refusal) => Ok(refused(row, problems(row, refusal))),
    }
}

const fn refused(row: &Row<'_>, problems: Vec<RowProblem>) -> Receipt {
    Receipt { line: row.line, outcome: RowOutcome::Refused, subject_id: None, problems }
}

/// The refusal of a use case, told in the columns of the file.
fn problems(row: &Row<'_>, refusal: Error) -> Vec<RowProblem> {
    if refusal.fields.is_empty() {
        let words = match refusal.detail {
            Some(detail) => detail,
            None => refusal.code.title(),
        };
        return vec![RowProblem {
            column: String::new(),
            code: refusal.code.name().to_owned(),
            message: words,
        }];
    }
    let problem = |field: crate::error::FieldProblem| {
        let name = field.pointer.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
        row.problem(name, &field.code, field.message)
    };
    refusal.fields.into_iter().map(problem).collect()
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
) -> Result<Vec<Import>> {
    let found = store::list(ctx.conn, &scope(ctx.actor, &policy::LIST_IMPORTS)?, page.fetch(), after).await?;
    Ok(found.into_iter().map(|import| as_it_stands(import, ctx.now)).collect())
}

/// One run.
pub async fn get_import(ctx: &Ctx<'_>, id: Uuid) -> Result<Import> {
    let import = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_IMPORT, &target(&import))?;
    Ok(as_it_stands(import, ctx.now))
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

fn target(import: &Import) -> Target {
    Target::region(import.region_id).organization(import.organization_id, None)
}

/// A run of which nothing has been heard for long was interrupted: its file may simply be loaded again.
fn as_it_stands(import: Import, now: DateTime<Utc>) -> Import {
    let interrupted = import.state == "running" && (now - import.heard_at).num_seconds() >= SILENCE_SECONDS;
    if interrupted { Import { state: "failed".to_owned(), ..import } } else { import }
}
