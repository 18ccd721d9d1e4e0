//! Queries on the state assignment.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{AssignmentPlan, AssignmentSubject, StateAssignment};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::direction_programs;
use crate::db::schema::state_assignments::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = state_assignments)]
struct AssignmentRow {
    id: Uuid,
    region_id: Uuid,
    organization_id: Uuid,
    year: i32,
    direction_id: Option<Uuid>,
    program_id: Option<Uuid>,
    people: i32,
    person_hours: i32,
    note: Option<String>,
    version: i64,
}

impl TryFrom<AssignmentRow> for StateAssignment {
    type Error = Error;

    fn try_from(row: AssignmentRow) -> Result<Self> {
        let subject = match (row.direction_id, row.program_id) {
            (Some(id), None) => AssignmentSubject::Direction(id),
            (None, Some(id)) => AssignmentSubject::Program(id),
            _ => return Err(Error::internal("a line of a state assignment without a subject")),
        };
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            organization_id: row.organization_id,
            year: row.year,
            subject,
            plan: AssignmentPlan { people: row.people, person_hours: row.person_hours, note: row.note },
            program_ids: row.program_id.into_iter().collect(),
            version: row.version,
        })
    }
}

/// Which lines a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this year.
    pub year: Option<i32>,
    /// Only of this operator.
    pub organization_id: Option<Uuid>,
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<StateAssignment>> {
    let row: Option<AssignmentRow> =
        table.find(id).select(AssignmentRow::as_select()).first(&mut &*conn).await.optional()?;
    Ok(with_programs(conn, row.into_iter().collect()).await?.into_iter().next())
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<StateAssignment>> {
    let row: Option<AssignmentRow> =
        table.find(id).select(AssignmentRow::as_select()).for_update().first(&mut &*conn).await.optional()?;
    Ok(with_programs(conn, row.into_iter().collect()).await?.into_iter().next())
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(i32, Uuid)>,
) -> Result<Vec<StateAssignment>> {
    let (mut regions, mut operators) = (Vec::new(), Vec::new());
    for part in scope.parts() {
        match part {
            ScopePart::Region(id) => regions.push(*id),
            ScopePart::Organization(id) => operators.push(*id),
            _ => {}
        }
    }
    let within =
        state_assignments::region_id.eq_any(regions).or(state_assignments::organization_id.eq_any(operators));
    let mut query = table
        .select(AssignmentRow::as_select())
        .filter(within)
        .order((state_assignments::year.desc(), state_assignments::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(year) = filter.year {
        query = query.filter(state_assignments::year.eq(year));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(state_assignments::organization_id.eq(id));
    }
    if let Some((year, id)) = after {
        let same = state_assignments::year.eq(year).and(state_assignments::id.lt(id));
        query = query.filter(state_assignments::year.lt(year).or(same));
    }
    with_programs(conn, query.load(&mut &*conn).await?).await
}

/// The lines with the programs of their directions.
async fn with_programs(conn: &Conn, rows: Vec<AssignmentRow>) -> Result<Vec<StateAssignment>> {
    let directions: Vec<Uuid> = rows.iter().filter_map(|row| row.direction_id).collect();
    let links: Vec<(Uuid, Uuid)> = direction_programs::table
        .filter(direction_programs::direction_id.eq_any(&directions))
        .select((direction_programs::direction_id, direction_programs::program_id))
        .load(&mut &*conn)
        .await?;
    let mut programs: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (direction_id, program_id) in links {
        programs.entry(direction_id).or_default().push(program_id);
    }
    rows.into_iter()
        .map(|row| {
            let mut line = StateAssignment::try_from(row)?;
            if let AssignmentSubject::Direction(id) = line.subject {
                line.program_ids = programs.get(&id).cloned().unwrap_or_default();
            }
            Ok(line)
        })
        .collect()
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, line: &StateAssignment) -> Result<()> {
    let (direction_id, program_id) = match line.subject {
        AssignmentSubject::Direction(id) => (Some(id), None),
        AssignmentSubject::Program(id) => (None, Some(id)),
    };
    diesel::insert_into(table)
        .values((
            state_assignments::id.eq(line.id),
            state_assignments::region_id.eq(line.region_id),
            state_assignments::organization_id.eq(line.organization_id),
            state_assignments::year.eq(line.year),
            state_assignments::direction_id.eq(direction_id),
            state_assignments::program_id.eq(program_id),
            state_assignments::people.eq(line.plan.people),
            state_assignments::person_hours.eq(line.plan.person_hours),
            state_assignments::note.eq(&line.plan.note),
            state_assignments::created_at.eq(ctx.now),
            state_assignments::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, line: &StateAssignment) -> Result<()> {
    diesel::update(table.find(line.id))
        .set((
            state_assignments::people.eq(line.plan.people),
            state_assignments::person_hours.eq(line.plan.person_hours),
            state_assignments::note.eq(&line.plan.note),
            state_assignments::version.eq(line.version),
            state_assignments::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
