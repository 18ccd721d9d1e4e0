//! Queries on packages, and on the documents that may go into one.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::max;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{
    Action, Facts, FrdoPackage, FrdoPackageRow, Holder, Layout, PackageState, Sent, Standing,
};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::{credentials, frdo_package_rows, frdo_packages, persons};
use crate::db::{Conn, Ctx, DbHours};
use crate::error::{Error, Result};
use crate::hours::model::credential::State;
use crate::values::{DocumentKind, ProgramKind};

/// Documents that the issuer stands for; what a person has only reported nobody has issued yet, as far as is known.
const SENDABLE: [&str; 4] = ["issued", "confirmed", "disputed", "annulled"];

#[derive(Queryable, Selectable)]
#[diesel(table_name = credentials)]
struct PaperRow {
    id: Uuid,
    person_id: Uuid,
    kind: String,
    state: String,
    series: Option<String>,
    number: Option<String>,
    registration_number: Option<String>,
    program_kind: Option<String>,
    title: String,
    hours: DbHours,
    started_on: Option<NaiveDate>,
    completed_on: Option<NaiveDate>,
    issued_on: NaiveDate,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = persons)]
struct HolderRow {
    id: Uuid,
    last_name: String,
    first_name: String,
    middle_name: Option<String>,
    snils: Option<String>,
    birth_date: Option<NaiveDate>,
}

fn facts(paper: PaperRow) -> Result<Facts> {
    let program_kind =
        paper.program_kind.map(|name| ProgramKind::parse(&name).ok_or_else(|| unknown("program kind")));
    Ok(Facts {
        credential_id: paper.id,
        person_id: paper.person_id,
        kind: DocumentKind::parse(&paper.kind).ok_or_else(|| unknown("document kind"))?,
        state: State::parse(&paper.state).ok_or_else(|| unknown("state"))?,
        series: paper.series,
        number: paper.number,
        registration_number: paper.registration_number,
        program_kind: program_kind.transpose()?,
        title: paper.title,
        hours: paper.hours.into(),
        started_on: paper.started_on,
        completed_on: paper.completed_on,
        issued_on: paper.issued_on,
    })
}

fn unknown(what: &str) -> Error {
    Error::internal(format!("unknown {what} in the database"))
}

/// Which documents of an issuer are meant.
#[derive(Debug, Clone)]
pub struct Meant {
    /// The issuer.
    pub issuer_id: Uuid,
    /// Issued on that day or later.
    pub from: Option<NaiveDate>,
    /// Issued on that day or earlier.
    pub until: Option<NaiveDate>,
    /// Only these; any when there are none.
    pub ids: Vec<Uuid>,
}

/// The documents of an issuer, in the order of issue.
pub(super) async fn papers(
    conn: &Conn,
    meant: &Meant,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Facts>> {
    let mut query = credentials::table
        .filter(credentials::issuer_id.assume_not_null().eq(meant.issuer_id))
        .filter(credentials::state.eq_any(SENDABLE))
        .select(PaperRow::as_select())
        .order((credentials::issued_on, credentials::id))
        .limit(fetch)
        .into_boxed();
    if let Some(day) = meant.from {
        query = query.filter(credentials::issued_on.ge(day));
    }
    if let Some(day) = meant.until {
        query = query.filter(credentials::issued_on.le(day));
    }
    if !meant.ids.is_empty() {
        query = query.filter(credentials::id.eq_any(meant.ids.clone()));
    }
    if let Some((day, id)) = after {
        let same_day = credentials::issued_on.eq(day).and(credentials::id.gt(id));
        query = query.filter(credentials::issued_on.gt(day).or(same_day));
    }
    let rows: Vec<PaperRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(facts).collect()
}

/// Those people as the register knows them.
pub(super) async fn holders(conn: &Conn, people: &[Uuid]) -> Result<HashMap<Uuid, Holder>> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<HolderRow> = persons::table
        .filter(persons::id.eq_any(people.to_vec()))
        .select(HolderRow::as_select())
        .load(&mut &*conn)
        .await?;
    let holder = |row: HolderRow| {
        let holder = Holder {
            last_name: row.last_name,
            first_name: row.first_name,
            middle_name: row.middle_name,
            snils: row.snils,
            birth_date: row.birth_date,
        };
        (row.id, holder)
    };
    Ok(rows.into_iter().map(holder).collect())
}

type SentRow = (Uuid, Option<Uuid>, String, Vec<Option<String>>, String, String);

/// A form: a document, or a duplicate of it.
pub(super) type Form = (Uuid, Option<Uuid>);

/// What was sent of those documents and their duplicates before: whether a form waits, and its last row that was accepted.
pub(super) async fn standings(conn: &Conn, ids: &[Uuid]) -> Result<HashMap<Form, Standing>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<SentRow> = frdo_package_rows::table
        .inner_join(frdo_packages::table)
        .filter(frdo_package_rows::credential_id.eq_any(ids.to_vec()))
        .filter(frdo_packages::state.eq_any(PackageState::STANDING))
        .order((frdo_packages::number, frdo_package_rows::position))
        .select((
            frdo_package_rows::credential_id,
            frdo_package_rows::duplicate_id,
            frdo_package_rows::action,
            frdo_package_rows::cells,
            frdo_packages::layout,
            frdo_packages::state,
        ))
        .load(&mut &*conn)
        .await?;
    let mut standings: HashMap<Form, Standing> = HashMap::new();
    for (id, duplicate_id, action, cells, layout, state) in rows {
        let standing = standings.entry((id, duplicate_id)).or_default();
        if state == PackageState::Formed.as_str() {
            standing.is_waiting = true;
        } else {
            standing.last = Some(Sent {
                action: Action::parse(&action).ok_or_else(|| unknown("action"))?,
                layout: Layout::parse(&layout).ok_or_else(|| unknown("layout"))?,
                cells: cells.into_iter().flatten().collect(),
            });
        }
    }
    Ok(standings)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = frdo_packages)]
struct PackageRow {
    id: Uuid,
    region_id: Uuid,
    organization_id: Uuid,
    number: i32,
    layout: String,
    row_count: i32,
    due_on: NaiveDate,
    state: String,
    formed_at: DateTime<Utc>,
    answered_on: Option<NaiveDate>,
    note: Option<String>,
    version: i64,
}

impl TryFrom<PackageRow> for FrdoPackage {
    type Error = Error;

    fn try_from(row: PackageRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            organization_id: row.organization_id,
            number: row.number,
            layout: Layout::parse(&row.layout).ok_or_else(|| unknown("layout"))?,
            row_count: row.row_count,
            due_on: row.due_on,
            state: PackageState::parse(&row.state).ok_or_else(|| unknown("state"))?,
            formed_at: row.formed_at,
            answered_on: row.answered_on,
            note: row.note,
            version: row.version,
        })
    }
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<FrdoPackage> {
    frdo_packages::table.find(id).select(PackageRow::as_select()).first(&mut &*conn).await?.try_into()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<FrdoPackage> {
    let query = frdo_packages::table.find(id).select(PackageRow::as_select()).for_update();
    query.first(&mut &*conn).await?.try_into()
}

/// Which packages a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<PackageState>,
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<FrdoPackage>> {
    let mut query = frdo_packages::table
        .select(PackageRow::as_select())
        .filter(within(scope))
        .order((frdo_packages::formed_at.desc(), frdo_packages::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(frdo_packages::organization_id.eq(id));
    }
    if let Some(state) = filter.state {
        query = query.filter(frdo_packages::state.eq(state.as_str()));
    }
    if let Some((at, id)) = after {
        let same = frdo_packages::formed_at.eq(at).and(frdo_packages::id.lt(id));
        query = query.filter(frdo_packages::formed_at.lt(at).or(same));
    }
    let rows: Vec<PackageRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(FrdoPackage::try_from).collect()
}

type Circle = Box<dyn BoxableExpression<frdo_packages::table, Pg, SqlType = Bool>>;

/// Packages belong to organizations and to regions above them, to no municipality and to no person.
fn within(scope: &Scope) -> Circle {
    let circles = scope.parts().iter().copied().map(|part| -> Circle {
        match part {
            ScopePart::Everything => Box::new(frdo_packages::region_id.is_not_null()),
            ScopePart::Region(id) => Box::new(frdo_packages::region_id.eq(id)),
            ScopePart::Organization(id) => Box::new(frdo_packages::organization_id.eq(id)),
            ScopePart::Municipality(_)
            | ScopePart::Person(_)
            | ScopePart::Assigned(_)
            | ScopePart::Above { .. } => nothing(),
        }
    });
    circles.reduce(|one, other| -> Circle { Box::new(one.or(other)) }).unwrap_or_else(nothing)
}

fn nothing() -> Circle {
    Box::new(frdo_packages::region_id.is_null())
}

/// The number after those of the organization.
pub(super) async fn next_number(conn: &Conn, organization_id: Uuid) -> Result<i32> {
    let last: Option<i32> = frdo_packages::table
        .filter(frdo_packages::organization_id.eq(organization_id))
        .select(max(frdo_packages::number))
        .first(&mut &*conn)
        .await?;
    Ok(last.unwrap_or_default().saturating_add(1))
}

type CellsRow = (i32, Uuid, Option<Uuid>, Uuid, String, Vec<Option<String>>);

/// Rows of a package in their order: so many after that place, or all of them.
pub(super) async fn rows(
    conn: &Conn,
    package_id: Uuid,
    fetch: Option<i64>,
    after: Option<i32>,
) -> Result<Vec<FrdoPackageRow>> {
    let mut query = frdo_package_rows::table
        .filter(frdo_package_rows::package_id.eq(package_id))
        .order(frdo_package_rows::position)
        .select((
            frdo_package_rows::position,
            frdo_package_rows::credential_id,
            frdo_package_rows::duplicate_id,
            frdo_package_rows::person_id,
            frdo_package_rows::action,
            frdo_package_rows::cells,
        ))
        .into_boxed();
    if let Some(fetch) = fetch {
        query = query.limit(fetch);
    }
    if let Some(position) = after {
        query = query.filter(frdo_package_rows::position.gt(position));
    }
    let found: Vec<CellsRow> = query.load(&mut &*conn).await?;
    found
        .into_iter()
        .map(|(position, credential_id, duplicate_id, person_id, action, cells)| {
            Ok(FrdoPackageRow {
                position,
                credential_id,
                duplicate_id,
                person_id,
                action: Action::parse(&action).ok_or_else(|| unknown("action"))?,
                cells: cells.into_iter().flatten().collect(),
            })
        })
        .collect()
}

/// Writes a package with its rows.
pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    package: &FrdoPackage,
    rows: Vec<FrdoPackageRow>,
) -> Result<()> {
    diesel::insert_into(frdo_packages::table)
        .values((
            frdo_packages::id.eq(package.id),
            frdo_packages::region_id.eq(package.region_id),
            frdo_packages::organization_id.eq(package.organization_id),
            frdo_packages::number.eq(package.number),
            frdo_packages::layout.eq(package.layout.as_str()),
            frdo_packages::row_count.eq(package.row_count),
            frdo_packages::due_on.eq(package.due_on),
            frdo_packages::state.eq(package.state.as_str()),
            frdo_packages::formed_by.eq(ctx.actor.account_id),
            frdo_packages::formed_at.eq(package.formed_at),
            frdo_packages::version.eq(package.version),
            frdo_packages::created_at.eq(ctx.now),
            frdo_packages::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            (
                frdo_package_rows::package_id.eq(package.id),
                frdo_package_rows::position.eq(row.position),
                frdo_package_rows::region_id.eq(package.region_id),
                frdo_package_rows::credential_id.eq(row.credential_id),
                frdo_package_rows::duplicate_id.eq(row.duplicate_id),
                frdo_package_rows::person_id.eq(row.person_id),
                frdo_package_rows::action.eq(row.action.as_str()),
                frdo_package_rows::cells.eq(row.cells.into_iter().map(Some).collect::<Vec<_>>()),
            )
        })
        .collect();
    diesel::insert_into(frdo_package_rows::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Writes the answer of the register, or that none is awaited any more.
pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, package: &FrdoPackage) -> Result<()> {
    let answered = (
        frdo_packages::state.eq(package.state.as_str()),
        frdo_packages::answered_on.eq(package.answered_on),
        frdo_packages::note.eq(&package.note),
        frdo_packages::version.eq(package.version),
        frdo_packages::updated_at.eq(ctx.now),
    );
    diesel::update(frdo_packages::table.find(package.id)).set(answered).execute(&mut &*ctx.conn).await?;
    Ok(())
}
