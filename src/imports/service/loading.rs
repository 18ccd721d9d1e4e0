//! Loading rows: each by the use case behind its endpoint, under a savepoint of its own.

use std::cell::RefCell;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::db::Ctx;
use crate::error::{Code, Error, Result};
use crate::imports::forms::{Charset, Form, Written};
use crate::imports::headers::Headers;
use crate::imports::model::{ImportKind, ImportMode, Order, Receipt, RowOutcome, RowProblem};
use crate::imports::portions::portions;
use crate::imports::table::{Row, Table};
use crate::imports::{rows, store};

/// A file to be loaded at once.
pub struct File {
    /// What is asked.
    pub order: Order,
    /// How it is written.
    pub written: Written,
    /// Bytes.
    pub size: usize,
    /// SHA-256 of the bytes.
    pub digest: Vec<u8>,
    table: Table,
}

/// Rows that are loaded within the request that brings them; more of them are loaded by a job.
pub const AT_ONCE: usize = 1_000;

impl File {
    /// Reads a CSV file in UTF-8 of whatever length; refuses it as a whole when it is not such a table.
    pub fn read(
        kind: ImportKind,
        mode: ImportMode,
        dry_run: bool,
        bytes: &[u8],
        digest: &[u8],
    ) -> Result<Self> {
        let written = Written { form: Form::Csv, charset: Charset::Utf8 };
        let read = Self::some(Order { kind, mode, dry_run }, written, bytes, digest, usize::MAX)?;
        read.ok_or_else(|| Error::internal("a file with more rows than there are numbers"))
    }

    /// Reads a file that may be loaded at once; none when it has too many rows for that.
    pub fn short(order: Order, written: Written, bytes: &[u8], digest: &[u8]) -> Result<Option<Self>> {
        Self::some(order, written, bytes, digest, AT_ONCE)
    }

    fn some(
        order: Order,
        written: Written,
        bytes: &[u8],
        digest: &[u8],
        most: usize,
    ) -> Result<Option<Self>> {
        let table = Table::read(written, bytes, rows::columns(order.kind), most)?;
        Ok(table.map(|table| Self { order, written, size: bytes.len(), digest: digest.to_vec(), table }))
    }

    /// The rows by index, in portions that share a short transaction. Rows that may meet each other, as two rows of
    /// one person do, are in one portion and in their order: so what is taken back after each portion of a dry run
    /// is never missed by another one.
    pub fn portions(&self) -> Vec<Vec<usize>> {
        portions(&all_marks(self.order.kind, &self.table), rows::portion(self.order.kind))
    }

    pub(super) const fn headers(&self) -> &Headers {
        self.table.headers()
    }
}

/// What a row has in common with rows that it may meet. The same in every process: two imports that meet the same people
/// take hold of them in the same order.
pub(super) fn marks(kind: ImportKind, row: &Row<'_>) -> Vec<u64> {
    let number = |mark: &String| {
        let digest = Sha256::digest(mark);
        digest.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte))
    };
    rows::marks(kind, row).iter().map(number).collect()
}

fn all_marks(kind: ImportKind, table: &Table) -> Vec<Vec<u64>> {
    table.rows().map(|row| marks(kind, &row)).collect()
}

/// Tries one portion, each row under a savepoint of its own, and takes all of it back: what it would have done.
pub async fn try_portion(
    ctx: &Ctx<'_>,
    import_id: Uuid,
    file: &File,
    portion: &[usize],
    gone: &impl Fn() -> bool,
) -> Result<bool> {
    let receipts = try_rows(ctx, file.order.kind, &file.table, portion, gone).await?;
    store::add_receipts(ctx, import_id, &receipts).await?;
    Ok(is_clean(&receipts))
}

/// Loads one portion with its receipts, each row under a savepoint of its own.
pub async fn load_portion(
    ctx: &Ctx<'_>,
    import_id: Uuid,
    file: &File,
    portion: &[usize],
    gone: &impl Fn() -> bool,
) -> Result<()> {
    let receipts = load_rows(ctx, file.order.kind, &file.table, portion, gone).await?;
    store::add_receipts(ctx, import_id, &receipts).await
}

/// Loads all rows or none, in one transaction; the receipts, which take the place of those of the trial, say which row
/// was in the way.
pub async fn load_all(ctx: &Ctx<'_>, import_id: Uuid, file: &File, gone: &impl Fn() -> bool) -> Result<()> {
    load_at_once(ctx, import_id, file.order.kind, &file.table, gone).await
}

pub(super) async fn load_at_once(
    ctx: &Ctx<'_>,
    import_id: Uuid,
    kind: ImportKind,
    table: &Table,
    gone: &impl Fn() -> bool,
) -> Result<()> {
    let all = portions(&all_marks(kind, table), usize::MAX).concat();
    let receipts = RefCell::new(Vec::new());
    let loaded = ctx
        .attempt(async |ctx| {
            receipts.replace(load_rows(ctx, kind, table, &all, gone).await?);
            if is_clean(&receipts.borrow()) { Ok(()) } else { Err(take_back()) }
        })
        .await;
    let receipts: Vec<Receipt> = match loaded {
        Ok(()) => receipts.into_inner(),
        Err(refusal) if is_taken_back(&refusal) => {
            receipts.into_inner().into_iter().map(taken_back).collect()
        }
        Err(refusal) => return Err(refusal),
    };
    // Only now: the run itself stays free while its rows are loaded, so that it can say that it goes on.
    store::forget_receipts(ctx, import_id).await?;
    store::add_receipts(ctx, import_id, &receipts).await
}

pub(super) async fn try_rows(
    ctx: &Ctx<'_>,
    kind: ImportKind,
    table: &Table,
    portion: &[usize],
    gone: &impl Fn() -> bool,
) -> Result<Vec<Receipt>> {
    let receipts = RefCell::new(Vec::new());
    let tried = ctx
        .attempt(async |ctx| {
            receipts.replace(load_rows(ctx, kind, table, portion, gone).await?);
            Err::<(), _>(take_back())
        })
        .await;
    match tried {
        Err(refusal) if !is_taken_back(&refusal) => Err(refusal),
        _ => Ok(receipts.into_inner().into_iter().map(taken_back).collect()),
    }
}

pub(super) async fn load_rows(
    ctx: &Ctx<'_>,
    kind: ImportKind,
    table: &Table,
    rows: &[usize],
    gone: &impl Fn() -> bool,
) -> Result<Vec<Receipt>> {
    ctx.check_constraints_at_once().await?;
    let mut receipts = Vec::with_capacity(rows.len());
    let rows: Vec<Row<'_>> = rows.iter().filter_map(|index| table.row(*index)).collect();
    let mut together = rows::load_together(ctx, kind, &rows).await?;
    for row in &rows {
        if gone() {
            return Err(Error::new(Code::Timeout).cause("the client has gone").detail(
                "Соединение прервалось: что имеет квитанцию, загружено; отправьте файл ещё раз",
                "The connection was lost: what has a receipt is loaded; send the file again",
            ));
        }
        receipts.push(match together.remove(&row.line) {
            Some((outcome, id)) => loaded(row, outcome, id),
            None => load_row(ctx, kind, row).await?,
        });
    }
    Ok(receipts)
}

/// What a row is refused with when another one came first: it looked at the thing just before.
const RACED: [Code; 2] = [Code::AlreadyExists, Code::PreconditionFailed];

const TAKEN_BACK: &str = "taken back";

fn take_back() -> Error {
    Error::new(Code::StateConflict).cause(TAKEN_BACK)
}

fn is_taken_back(refusal: &Error) -> bool {
    refusal.cause.as_deref() == Some(TAKEN_BACK)
}

/// Whether no row was refused.
fn is_clean(receipts: &[Receipt]) -> bool {
    receipts.iter().all(|receipt| receipt.outcome != RowOutcome::Refused)
}

/// What was made and taken back has no id.
fn taken_back(receipt: Receipt) -> Receipt {
    let made = receipt.outcome == RowOutcome::Created;
    Receipt { subject_id: receipt.subject_id.filter(|_| !made), ..receipt }
}

async fn load_row(ctx: &Ctx<'_>, kind: ImportKind, row: &Row<'_>) -> Result<Receipt> {
    let shape = row.shape_problems();
    if !shape.is_empty() {
        return Ok(refused(row, shape));
    }
    let mut outcome = ctx.attempt(async |ctx| rows::load(ctx, kind, row).await).await;
    if outcome.as_ref().is_err_and(|refusal| RACED.contains(&refusal.code)) {
        // Somebody else may have made or changed the same thing at this moment: now it is met as it is.
        outcome = ctx.attempt(async |ctx| rows::load(ctx, kind, row).await).await;
    }
    match outcome {
        Ok((outcome, id)) => Ok(loaded(row, outcome, id)),
        // What is not the row's fault ends the run; what is the row's fault is told on its receipt.
        Err(failure) if failure.code.status() >= 500 => Err(failure),
        Err(refusal) => Ok(refused(row, problems(row, refusal))),
    }
}

fn loaded(row: &Row<'_>, outcome: RowOutcome, id: Uuid) -> Receipt {
    Receipt { line: row.line, outcome, subject_id: Some(id), problems: Vec::new(), cells: None }
}

fn refused(row: &Row<'_>, problems: Vec<RowProblem>) -> Receipt {
    let cells = Some(row.as_written().to_vec());
    Receipt { line: row.line, outcome: RowOutcome::Refused, subject_id: None, problems, cells }
}

/// The refusal of a use case, told in the columns of the file.
fn problems(row: &Row<'_>, refusal: Error) -> Vec<RowProblem> {
    if refusal.fields.is_empty() {
        let code = refusal.code.name().to_owned();
        let message = refusal.detail.unwrap_or_else(|| refusal.code.title());
        return vec![RowProblem { column: String::new(), code, message }];
    }
    let problem = |field: crate::error::FieldProblem| {
        let name = field.pointer.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
        row.problem(name, &field.code, field.message)
    };
    refusal.fields.into_iter().map(problem).collect()
}
