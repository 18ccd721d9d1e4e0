//! Queries on imports and their receipts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::model::{Counts, Import, Receipt, RowOutcome, RowProblem};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::{import_rows, imports};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Language, Result, Text};

#[derive(Queryable, Selectable)]
#[diesel(table_name = imports)]
struct ImportDbRow {
    id: Uuid,
    region_id: Uuid,
    organization_id: Uuid,
    kind: String,
    mode: String,
    state: String,
    dry_run: bool,
    rows_total: i32,
    rows_created: i32,
    rows_updated: i32,
    rows_unchanged: i32,
    rows_refused: i32,
    requested_by: Uuid,
    created_at: DateTime<Utc>,
    heard_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
}

impl From<ImportDbRow> for Import {
    fn from(row: ImportDbRow) -> Self {
        Self {
            id: row.id,
            region_id: row.region_id,
            organization_id: row.organization_id,
            kind: row.kind,
            mode: row.mode,
            state: row.state,
            dry_run: row.dry_run,
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
        }
    }
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, import: &Import, digest: &[u8]) -> Result<()> {
    diesel::insert_into(imports::table)
        .values((
            imports::id.eq(import.id),
            imports::region_id.eq(import.region_id),
            imports::organization_id.eq(import.organization_id),
            imports::kind.eq(&import.kind),
            imports::mode.eq(&import.mode),
            imports::state.eq(&import.state),
            imports::dry_run.eq(import.dry_run),
            imports::digest.eq(digest),
            imports::requested_by.eq(import.requested_by),
            imports::created_at.eq(import.created_at),
            imports::heard_at.eq(import.heard_at),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Adds receipts and their counts to a run, in the transaction of the rows themselves.
pub(super) async fn add_receipts(ctx: &Ctx<'_>, import_id: Uuid, receipts: &[Receipt]) -> Result<()> {
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

pub(super) async fn finish(ctx: &Ctx<'_>, import_id: Uuid, state: &str) -> Result<Import> {
    let row = diesel::update(imports::table.find(import_id))
        .set((imports::state.eq(state), imports::finished_at.eq(ctx.now)))
        .returning(ImportDbRow::as_returning())
        .get_result(&mut &*ctx.conn)
        .await?;
    Ok(row.into())
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Import> {
    Ok(imports::table.find(id).select(ImportDbRow::as_select()).first(&mut &*conn).await?.into())
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
    let (mut regions, mut organizations) = (Vec::new(), Vec::new());
    for part in scope.parts() {
        match part {
            ScopePart::Region(id) => regions.push(*id),
            ScopePart::Organization(id) | ScopePart::Municipality(id) => organizations.push(*id),
            _ => {}
        }
    }
    query =
        query.filter(imports::region_id.eq_any(regions).or(imports::organization_id.eq_any(organizations)));
    if let Some((created_at, id)) = after {
        query = query.filter(
            imports::created_at.lt(created_at).or(imports::created_at.eq(created_at).and(imports::id.lt(id))),
        );
    }
    Ok(query.load(&mut &*conn).await?.into_iter().map(Import::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = import_rows)]
struct ReceiptRow {
    line: i32,
    outcome: String,
    subject_id: Option<Uuid>,
    problems: Value,
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
        outcome: RowOutcome::parse(&row.outcome).ok_or_else(|| Error::internal("unknown outcome"))?,
        subject_id: row.subject_id,
        problems: problems_from_json(&row.problems),
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
    let text =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let problem = |value: &Value| RowProblem {
        column: text(value, "column"),
        code: text(value, "code"),
        message: Text::owned(text(value, "ru"), text(value, "en")),
    };
    value.as_array().map(|list| list.iter().map(problem).collect()).unwrap_or_default()
}
