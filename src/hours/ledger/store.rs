//! Queries on the ledger.

mod posting;

pub(super) use posting::{post, reverse};

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{EntryKind, Line, Lines, ListedEntry};
use crate::db::schema::{learning_outside_routes, ledger_entries, persons, programs};
use crate::db::{Conn, DbHours, whole_people, whole_person};
use crate::error::{Error, Result};
use crate::hours::model::{Credit, Document, Issuer, LedgerEntry, Reversal};
use crate::values::{DocumentKind, ProgramKind};

#[derive(Queryable)]
struct LineRow {
    id: Uuid,
    person_id: Uuid,
    credential_id: Uuid,
    hours: DbHours,
    document_kind: String,
    issuer_id: Option<Uuid>,
    issuer_name: String,
    program_kind: Option<String>,
    title: String,
    credited: bool,
    started_on: Option<NaiveDate>,
    completed_on: Option<NaiveDate>,
    issued_on: NaiveDate,
    reverses_id: Option<Uuid>,
    recorded_at: DateTime<Utc>,
    series: Option<String>,
    number: Option<String>,
    registration_number: Option<String>,
}

impl TryFrom<LineRow> for Line {
    type Error = Error;

    fn try_from(row: LineRow) -> Result<Self> {
        let entry = match row.reverses_id {
            Some(reverses) => LedgerEntry::Reversal(Reversal {
                id: row.id,
                reverses,
                hours: row.hours.into(),
                recorded_at: row.recorded_at,
            }),
            None => LedgerEntry::Credit(Credit {
                id: row.id,
                hours: row.hours.into(),
                started_on: row.started_on,
                completed_on: row.completed_on,
                issued_on: Some(row.issued_on),
                document: Document {
                    kind: document_kind(&row.document_kind)?,
                    issuer: row
                        .issuer_id
                        .map_or_else(|| Issuer::Named(row.issuer_name.clone()), Issuer::Known),
                    series: row.series,
                    number: row.number,
                    registration_number: row.registration_number,
                    title: Some(row.title.clone()),
                },
                program_kind: row
                    .program_kind
                    .map(|name| {
                        ProgramKind::parse(&name).ok_or_else(|| Error::internal("unknown program kind"))
                    })
                    .transpose()?,
                credited: row.credited,
                provider: Arc::default(),
                recorded_at: row.recorded_at,
            }),
        };
        Ok(Self {
            person_id: row.person_id,
            credential_id: row.credential_id,
            title: row.title,
            issuer_id: row.issuer_id,
            issuer_name: row.issuer_name,
            entry,
        })
    }
}

/// Whole ledgers in one statement, of all cards of each person; a line says whose kept card it belongs to.
pub(super) async fn lines(conn: &Conn, people: &[Uuid]) -> Result<Lines> {
    let query = ledger_entries::table
        .inner_join(persons::table)
        .select((
            ledger_entries::id,
            persons::kept_id,
            ledger_entries::credential_id,
            ledger_entries::hours,
            ledger_entries::document_kind,
            ledger_entries::issuer_id,
            ledger_entries::issuer_name,
            ledger_entries::program_kind,
            ledger_entries::title,
            ledger_entries::credited,
            ledger_entries::started_on,
            ledger_entries::completed_on,
            ledger_entries::issued_on,
            ledger_entries::reverses_id,
            ledger_entries::recorded_at,
            ledger_entries::series,
            ledger_entries::number,
            ledger_entries::registration_number,
        ))
        .into_boxed();
    // A statement with a list of people for a parameter is planned anew each time.
    let query = match people {
        [one] => query.filter(whole_person("ledger_entries.person_id", *one)),
        many => query.filter(whole_people("ledger_entries.person_id", many)),
    };
    let rows: Vec<LineRow> = query.load(&mut &*conn).await?;
    Ok(Lines::new(rows.into_iter().map(Line::try_from).collect::<Result<_>>()?))
}

#[derive(Queryable)]
struct ListedRow {
    id: Uuid,
    credential_id: Uuid,
    hours: DbHours,
    document_kind: String,
    issuer_id: Option<Uuid>,
    issuer_name: String,
    program_id: Option<Uuid>,
    program_title: Option<String>,
    title: String,
    credited: bool,
    outside_route: bool,
    started_on: Option<NaiveDate>,
    completed_on: Option<NaiveDate>,
    issued_on: NaiveDate,
    reverses_id: Option<Uuid>,
    reason: Option<String>,
    recorded_at: DateTime<Utc>,
}

impl TryFrom<ListedRow> for ListedEntry {
    type Error = Error;

    fn try_from(row: ListedRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            credential_id: row.credential_id,
            kind: if row.reverses_id.is_some() { EntryKind::Reversal } else { EntryKind::Credit },
            hours: row.hours.into(),
            document_kind: document_kind(&row.document_kind)?,
            issuer_id: row.issuer_id,
            issuer_name: row.issuer_name,
            program_id: row.program_id,
            program_title: row.program_title,
            title: row.title,
            credited: row.credited,
            outside_route: row.outside_route,
            started_on: row.started_on,
            completed_on: row.completed_on,
            issued_on: row.issued_on,
            reverses_id: row.reverses_id,
            reason: row.reason,
            recorded_at: row.recorded_at,
        })
    }
}

/// One page of a person's ledger by the index on person and day of issue.
pub(super) async fn list(
    conn: &Conn,
    person_id: Uuid,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<ListedEntry>> {
    let mut query = ledger_entries::table
        .left_join(programs::table)
        .left_join(
            learning_outside_routes::table
                .on(learning_outside_routes::credential_id.eq(ledger_entries::credential_id)),
        )
        .filter(whole_person("ledger_entries.person_id", person_id))
        .select((
            ledger_entries::id,
            ledger_entries::credential_id,
            ledger_entries::hours,
            ledger_entries::document_kind,
            ledger_entries::issuer_id,
            ledger_entries::issuer_name,
            ledger_entries::program_id,
            programs::title.nullable(),
            ledger_entries::title,
            ledger_entries::credited,
            learning_outside_routes::credential_id.nullable().is_not_null(),
            ledger_entries::started_on,
            ledger_entries::completed_on,
            ledger_entries::issued_on,
            ledger_entries::reverses_id,
            ledger_entries::reason,
            ledger_entries::recorded_at,
        ))
        .order((ledger_entries::issued_on.desc(), ledger_entries::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some((issued_on, id)) = after {
        let same_day = ledger_entries::issued_on.eq(issued_on).and(ledger_entries::id.lt(id));
        query = query.filter(ledger_entries::issued_on.lt(issued_on).or(same_day));
    }
    let rows: Vec<ListedRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(ListedEntry::try_from).collect()
}

fn document_kind(name: &str) -> Result<DocumentKind> {
    DocumentKind::parse(name).ok_or_else(|| Error::internal("unknown document kind in the database"))
}
