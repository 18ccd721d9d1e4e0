//! Queries on imports and their receipts.

mod jobs;
mod sweeping;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::forms::{Charset, Form, Written};
use super::headers::Headers;
use super::model::{
    Counts, Failure, Import, ImportKind, ImportMode, ImportState, Order, Receipt, RowOutcome, RowProblem,
};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::{import_rows, imports};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Language, Result, Text};

pub(super) use jobs::{
    add_piece, add_records, advance, forget, forget_records, job_heard, lay_out, piece, position, queue,
    records, take, twin,
};
pub use sweeping::{sweep_import_leftovers, sweep_import_silence, sweep_imports};

#[derive(Queryable, Selectable)]
#[diesel(table_name = imports)]
struct ImportDbRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    kind: String,
    mode: String,
    form: String,
    state: String,
    is_job: bool,
    dry_run: bool,
    file_size: i64,
    rows_in_file: Option<i32>,
    rows_total: i32,
    rows_created: i32,
    rows_updated: i32,
    rows_unchanged: i32,
    rows_refused: i32,
    requested_by: Uuid,
    created_at: DateTime<Utc>,
    heard_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    failure: Option<Value>,
    version: i64,
}

impl TryFrom<ImportDbRow> for Import {
    type Error = Error;

    fn try_from(row: ImportDbRow) -> Result<Self> {
        let order = Order {
            kind: ImportKind::parse(&row.kind).ok_or_else(|| unknown("kind"))?,
            mode: ImportMode::parse(&row.mode).ok_or_else(|| unknown("mode"))?,
            dry_run: row.dry_run,
        };
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            order,
            form: form(&row.form)?,
            state: ImportState::parse(&row.state).ok_or_else(|| unknown("state"))?,
            is_job: row.is_job,
            file_size: row.file_size,
            rows_in_file: row.rows_in_file,
            counts: Counts {
                total: row.rows_total,
                created: row.rows_created,
                updated: row.rows_updated,
                unchanged: row.rows_unchanged,
                refused: row.rows_refused,
            },
            requested_by: row.requested_by,
            created_at: row.created_at,
            heard_at: row.heard_at,
            finished_at: row.finished_at,
            failure: row.failure.as_ref().map(failure),
            version: row.version,
        })
    }
}

fn unknown(what: &str) -> Error {
    Error::internal(format!("unknown {what} of an import in the database"))
}

fn form(name: &str) -> Result<Form> {
    Form::parse(name).ok_or_else(|| unknown("form"))
}

fn word(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn failure(value: &Value) -> Failure {
    Failure { code: word(value, "code"), message: Text::owned(word(value, "ru"), word(value, "en")) }
}

fn failure_json(failure: &Failure) -> Value {
    let words = |language| failure.message.in_language(language);
    json!({"code": failure.code, "ru": words(Language::Ru), "en": words(Language::En)})
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, import: &Import) -> Result<()> {
    diesel::insert_into(imports::table)
        .values((
            imports::id.eq(import.id),
            imports::region_id.eq(import.region_id),
            imports::organization_id.eq(import.organization_id),
            imports::kind.eq(import.order.kind.as_str()),
            imports::mode.eq(import.order.mode.as_str()),
            imports::form.eq(import.form.as_str()),
            imports::state.eq(import.state.as_str()),
            imports::is_job.eq(import.is_job),
            imports::dry_run.eq(import.order.dry_run),
            imports::digest.eq(Vec::<u8>::new()),
            imports::requested_by.eq(import.requested_by),
            imports::created_at.eq(import.created_at),
            imports::heard_at.eq(import.heard_at),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes how the file of a run is written.
pub(super) async fn describe(
    ctx: &Ctx<'_>,
    id: Uuid,
    written: Written,
    headers: &Headers,
    size: usize,
    digest: &[u8],
) -> Result<()> {
    diesel::update(imports::table.find(id))
        .set((
            imports::charset.eq(written.charset.as_str()),
            imports::delimiter.eq(headers.delimiter().map(String::from)),
            imports::header.eq(json!(headers.names())),
            imports::file_size.eq(i64::try_from(size).map_err(Error::internal)?),
            imports::digest.eq(digest),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// How the file of a run is written: form and charset, what parts its cells, the names of its columns.
pub(super) async fn described(conn: &Conn, id: Uuid) -> Result<(Written, Option<char>, Vec<String>)> {
    let (name, charset, delimiter, names): (String, String, Option<String>, Value) = imports::table
        .find(id)
        .select((imports::form, imports::charset, imports::delimiter, imports::header))
        .first(&mut &*conn)
        .await?;
    let charset = Charset::parse(&charset).ok_or_else(|| unknown("charset"))?;
    let delimiter = delimiter.and_then(|text| text.chars().next());
    Ok((Written { form: form(&name)?, charset }, delimiter, texts(names)?))
}

fn texts(value: Value) -> Result<Vec<String>> {
    serde_json::from_value(value).map_err(Error::internal)
}

/// Adds receipts and their counts to a run, in the transaction of the rows themselves.
pub(super) async fn add_receipts(ctx: &Ctx<'_>, import_id: Uuid, receipts: &[Receipt]) -> Result<()> {
    if receipts.is_empty() {
        return Ok(());
    }
    // A statement takes 65,535 parameters at most.
    for portion in receipts.chunks(5_000) {
        let rows: Vec<_> = portion
            .iter()
            .map(|receipt| {
                (
                    import_rows::import_id.eq(import_id),
                    import_rows::line.eq(receipt.line),
                    import_rows::outcome.eq(receipt.outcome.as_str()),
                    import_rows::subject_id.eq(receipt.subject_id),
                    import_rows::problems.eq(problems_json(&receipt.problems)),
                    import_rows::cells.eq(receipt.cells.as_ref().map(|cells| json!(cells))),
                )
            })
            .collect();
        diesel::insert_into(import_rows::table).values(rows).execute(&mut &*ctx.conn).await?;
    }
    let counts = Counts::of(receipts);
    diesel::update(imports::table.find(import_id))
        .set((
            imports::rows_total.eq(imports::rows_total + counts.total),
            imports::rows_created.eq(imports::rows_created + counts.created),
            imports::rows_updated.eq(imports::rows_updated + counts.updated),
            imports::rows_unchanged.eq(imports::rows_unchanged + counts.unchanged),
            imports::rows_refused.eq(imports::rows_refused + counts.refused),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// The run goes on.
pub(super) async fn heartbeat(ctx: &Ctx<'_>, import_id: Uuid) -> Result<()> {
    diesel::update(imports::table.find(import_id))
        .set(imports::heard_at.eq(ctx.now))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Forgets the receipts of a trial.
pub(super) async fn forget_receipts(ctx: &Ctx<'_>, import_id: Uuid) -> Result<()> {
    let gone = diesel::delete(import_rows::table.filter(import_rows::import_id.eq(import_id)))
        .execute(&mut &*ctx.conn)
        .await?;
    if gone > 0 {
        diesel::update(imports::table.find(import_id))
            .set((
                imports::rows_total.eq(0),
                imports::rows_created.eq(0),
                imports::rows_updated.eq(0),
                imports::rows_unchanged.eq(0),
                imports::rows_refused.eq(0),
            ))
            .execute(&mut &*ctx.conn)
            .await?;
    }
    Ok(())
}

/// Brings a run to its end.
pub(super) async fn end(
    ctx: &Ctx<'_>,
    import_id: Uuid,
    state: ImportState,
    failure: Option<&Failure>,
) -> Result<()> {
    diesel::update(imports::table.find(import_id))
        .set((
            imports::state.eq(state.as_str()),
            imports::finished_at.eq(ctx.now),
            imports::failure.eq(failure.map(failure_json)),
            imports::version.eq(imports::version + 1),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// A run, held until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Import> {
    let held = imports::table.find(id).select(ImportDbRow::as_select()).for_no_key_update();
    held.first(&mut &*conn).await?.try_into()
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Import> {
    imports::table.find(id).select(ImportDbRow::as_select()).first(&mut &*conn).await?.try_into()
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Import>> {
    let mut query = imports::table
        .select(ImportDbRow::as_select())
        .order((imports::created_at.desc(), imports::id.desc()))
        .limit(fetch)
        .into_boxed();
    let (mut regions, mut municipalities, mut organizations) = (Vec::new(), Vec::new(), Vec::new());
    for part in scope.parts() {
        match part {
            ScopePart::Region(id) => regions.push(*id),
            ScopePart::Municipality(id) => municipalities.push(*id),
            ScopePart::Organization(id) => organizations.push(*id),
            _ => {}
        }
    }
    let municipal = imports::municipality_id
        .is_not_null()
        .and(imports::municipality_id.assume_not_null().eq_any(municipalities));
    query = query.filter(
        imports::region_id.eq_any(regions).or(municipal).or(imports::organization_id.eq_any(organizations)),
    );
    if let Some((created_at, id)) = after {
        query = query.filter(
            imports::created_at.lt(created_at).or(imports::created_at.eq(created_at).and(imports::id.lt(id))),
        );
    }
    query.load(&mut &*conn).await?.into_iter().map(Import::try_from).collect()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = import_rows)]
struct ReceiptRow {
    line: i32,
    outcome: String,
    subject_id: Option<Uuid>,
    problems: Value,
    cells: Option<Value>,
}

pub(super) async fn receipts(
    conn: &Conn,
    import_id: Uuid,
    outcome: Option<RowOutcome>,
    fetch: i64,
    after: Option<i32>,
) -> Result<Vec<Receipt>> {
    let mut query = import_rows::table
        .filter(import_rows::import_id.eq(import_id))
        .select(ReceiptRow::as_select())
        .order(import_rows::line)
        .limit(fetch)
        .into_boxed();
    if let Some(outcome) = outcome {
        query = query.filter(import_rows::outcome.eq(outcome.as_str()));
    }
    if let Some(line) = after {
        query = query.filter(import_rows::line.gt(line));
    }
    query.load(&mut &*conn).await?.into_iter().map(receipt).collect()
}

fn receipt(row: ReceiptRow) -> Result<Receipt> {
    Ok(Receipt {
        line: row.line,
        outcome: RowOutcome::parse(&row.outcome).ok_or_else(|| unknown("outcome"))?,
        subject_id: row.subject_id,
        problems: problems_from_json(&row.problems),
        cells: row.cells.map(texts).transpose()?,
    })
}

fn problems_json(problems: &[RowProblem]) -> Value {
    let problem = |problem: &RowProblem| {
        json!({
            "column": problem.column,
            "code": problem.code,
            "ru": problem.message.in_language(Language::Ru),
            "en": problem.message.in_language(Language::En),
        })
    };
    problems.iter().map(problem).collect()
}

fn problems_from_json(value: &Value) -> Vec<RowProblem> {
    let problem = |value: &Value| RowProblem {
        column: word(value, "column"),
        code: word(value, "code"),
        message: Text::owned(word(value, "ru"), word(value, "en")),
    };
    value.as_array().map(|list| list.iter().map(problem).collect()).unwrap_or_default()
}
