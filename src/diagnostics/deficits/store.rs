//! Queries on deficits.

pub(super) mod events;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::model::{Deficit, DeficitCounts, DeficitOrigin, DeficitState, NamedDeficit};
use crate::authz::{Permit, Scope};
use crate::db::schema::competencies;
use crate::db::schema::deficits::{self, table};
use crate::db::{Conn, Ctx, Place, among_people_at, people_filter, whole_person};
use crate::diagnostics::Score;
use crate::diagnostics::frameworks::model::CompetencyName;
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = deficits)]
struct DeficitRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    competency_id: Uuid,
    origin: String,
    result_id: Option<Uuid>,
    level: String,
    severity: i16,
    weight: Decimal,
    job_function: Option<String>,
    note: Option<String>,
    state: String,
    opened_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    closed_by_result_id: Option<Uuid>,
    version: i64,
}

impl TryFrom<DeficitRow> for Deficit {
    type Error = Error;

    fn try_from(row: DeficitRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            competency_id: row.competency_id,
            origin: DeficitOrigin::parse(&row.origin).ok_or_else(|| unknown("origin"))?,
            result_id: row.result_id,
            level: row.level,
            severity: row.severity,
            weight: Score::rounded(row.weight),
            job_function: row.job_function,
            note: row.note,
            state: DeficitState::parse(&row.state).ok_or_else(|| unknown("state"))?,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
            closed_by_result_id: row.closed_by_result_id,
            version: row.version,
        })
    }
}

/// Which deficits a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<DeficitState>,
    /// Only of this competency.
    pub competency_id: Option<Uuid>,
    /// Only of people who work at this organization today.
    pub organization_id: Option<Uuid>,
    /// Only of competencies associated with this job function.
    pub job_function_id: Option<Uuid>,
    /// Only of these competencies: those of the job function.
    pub competency_ids: Option<Vec<Uuid>>,
}

fn models(rows: Vec<DeficitRow>) -> Result<Vec<Deficit>> {
    rows.into_iter().map(Deficit::try_from).collect()
}

type NamedRow = (DeficitRow, String, String);

fn named((row, code, title): NamedRow) -> Result<NamedDeficit> {
    let competency = CompetencyName { code, title };
    Ok(NamedDeficit { deficit: row.try_into()?, competency, job_functions: Vec::new() })
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<NamedDeficit>> {
    let row: Option<NamedRow> = table
        .inner_join(competencies::table)
        .filter(deficits::id.eq(id))
        .select((DeficitRow::as_select(), competencies::code, competencies::title))
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(named).transpose()
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    today: NaiveDate,
    filter: &Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<NamedDeficit>> {
    select(conn, Some((scope, today)), filter, fetch, after).await
}

/// The deficits of one person whom the actor may know.
pub(super) async fn of_person(
    conn: &Conn,
    person_id: Uuid,
    filter: &Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<NamedDeficit>> {
    let filter = Filter { person_id: Some(person_id), ..filter.clone() };
    select(conn, None, &filter, fetch, after).await
}

async fn select(
    conn: &Conn,
    scope: Option<(&Scope, NaiveDate)>,
    filter: &Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<NamedDeficit>> {
    // Looked up row by row of the page in the same statement: the scope is a filter of this one table.
    let of_row = || competencies::table.filter(competencies::id.eq(deficits::competency_id));
    let mut query = table
        .select((
            DeficitRow::as_select(),
            of_row().select(competencies::code).single_value().assume_not_null(),
            of_row().select(competencies::title).single_value().assume_not_null(),
        ))
        .order((deficits::opened_on.desc(), deficits::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some((scope, today)) = scope {
        query = query.filter(people_filter!(deficits, scope, today));
        if let Some(organization_id) = filter.organization_id {
            query = query.filter(among_people_at(
                deficits::person_id,
                Place::Organization(organization_id),
                today,
            ));
        }
    }
    if let Some(person_id) = filter.person_id {
        query = query.filter(whole_person("deficits.person_id", person_id));
    }
    if let Some(state) = filter.state {
        query = query.filter(deficits::state.eq(state.as_str()));
    }
    if let Some(competency_id) = filter.competency_id {
        query = query.filter(deficits::competency_id.eq(competency_id));
    }
    if let Some(competency_ids) = &filter.competency_ids {
        query = query.filter(deficits::competency_id.eq_any(competency_ids));
    }
    if let Some((day, id)) = after {
        query = query
            .filter(deficits::opened_on.lt(day).or(deficits::opened_on.eq(day).and(deficits::id.lt(id))));
    }
    let rows: Vec<NamedRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(named).collect()
}

/// What is not closed, the gravest and heaviest first.
pub(super) async fn live(conn: &Conn, person_id: Uuid) -> Result<Vec<Deficit>> {
    models(
        table
            .select(DeficitRow::as_select())
            .filter(whole_person("deficits.person_id", person_id))
            .filter(deficits::state.ne("closed"))
            .order((deficits::severity.desc(), deficits::weight.desc(), deficits::id))
            .load(&mut &*conn)
            .await?,
    )
}

/// Every deficit of the person, locked: two results of one person wait for each other.
pub(super) async fn lock_all(conn: &Conn, person_id: Uuid) -> Result<Vec<Deficit>> {
    models(
        table
            .select(DeficitRow::as_select())
            .filter(deficits::person_id.eq(person_id))
            .order(deficits::id)
            .for_update()
            .load(&mut &*conn)
            .await?,
    )
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, found: &[Deficit]) -> Result<()> {
    let rows: Vec<_> = found
        .iter()
        .map(|deficit| {
            (
                deficits::id.eq(deficit.id),
                deficits::region_id.eq(deficit.region_id),
                deficits::municipality_id.eq(deficit.municipality_id),
                deficits::organization_id.eq(deficit.organization_id),
                deficits::person_id.eq(deficit.person_id),
                deficits::competency_id.eq(deficit.competency_id),
                deficits::origin.eq(deficit.origin.as_str()),
                deficits::result_id.eq(deficit.result_id),
                deficits::level.eq(&deficit.level),
                deficits::severity.eq(deficit.severity),
                deficits::weight.eq(deficit.weight.number()),
                deficits::job_function.eq(&deficit.job_function),
                deficits::note.eq(&deficit.note),
                deficits::state.eq(deficit.state.as_str()),
                deficits::opened_on.eq(deficit.opened_on),
                deficits::created_at.eq(ctx.now),
                deficits::updated_at.eq(ctx.now),
            )
        })
        .collect();
    diesel::insert_into(table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Writes what a result changed; the caller holds the lock.
pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, deficit: &Deficit) -> Result<()> {
    diesel::update(table.find(deficit.id))
        .set((
            deficits::municipality_id.eq(deficit.municipality_id),
            deficits::organization_id.eq(deficit.organization_id),
            deficits::origin.eq(deficit.origin.as_str()),
            deficits::result_id.eq(deficit.result_id),
            deficits::level.eq(&deficit.level),
            deficits::severity.eq(deficit.severity),
            deficits::weight.eq(deficit.weight.number()),
            deficits::state.eq(deficit.state.as_str()),
            deficits::closed_on.eq(deficit.closed_on),
            deficits::closed_by_result_id.eq(deficit.closed_by_result_id),
            deficits::version.eq(deficit.version + 1),
            deficits::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Moves the deficits that are in `from` to `to`: those that were, as they stand now.
pub(super) async fn shift(
    ctx: &Ctx<'_>,
    ids: &[Uuid],
    from: DeficitState,
    to: DeficitState,
) -> Result<Vec<Deficit>> {
    let moved =
        diesel::update(table.filter(deficits::id.eq_any(ids)).filter(deficits::state.eq(from.as_str())))
            .set((
                deficits::state.eq(to.as_str()),
                deficits::version.eq(deficits::version + 1),
                deficits::updated_at.eq(ctx.now),
            ))
            .returning(DeficitRow::as_returning())
            .get_results(&mut &*ctx.conn)
            .await?;
    models(moved)
}

/// How many deficits of the scope stand where.
pub(super) async fn counts(
    conn: &Conn,
    scope: &Scope,
    today: NaiveDate,
    filter: &Filter,
) -> Result<DeficitCounts> {
    use diesel::dsl::count_star;
    let mut query = table
        .filter(people_filter!(deficits, scope, today))
        .group_by(deficits::state)
        .select((deficits::state, count_star()))
        .into_boxed();
    if let Some(organization_id) = filter.organization_id {
        query =
            query.filter(among_people_at(deficits::person_id, Place::Organization(organization_id), today));
    }
    if let Some(person_id) = filter.person_id {
        query = query.filter(whole_person("deficits.person_id", person_id));
    }
    let rows: Vec<(String, i64)> = query.load(&mut &*conn).await?;
    let of =
        |state: DeficitState| rows.iter().filter(|(name, _)| name == state.as_str()).map(|(_, n)| n).sum();
    Ok(DeficitCounts {
        open: of(DeficitState::Open),
        addressed: of(DeficitState::Addressed),
        closed: of(DeficitState::Closed),
    })
}
