//! Queries of the report: each counts the whole circle by school in one statement.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{count, exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Facts, Place, SchoolFacts};
use crate::db::Conn;
use crate::db::schema::{
    competencies, competency_standings as standings, deficit_events as events, diagnostic_results as results,
    employments, instruments, module_competencies, organizations, program_modules, programs,
    registry_entries,
};
use crate::diagnostics::deficits::model::DeficitState;
use crate::error::Result;

diesel::allow_columns_to_appear_in_same_group_by_clause!(
    employments::organization_id,
    standings::competency_id,
);
diesel::allow_columns_to_appear_in_same_group_by_clause!(employments::organization_id, events::competency_id,);
diesel::allow_columns_to_appear_in_same_group_by_clause!(employments::organization_id, events::state,);

/// The rows of the circle: all of a region, of a municipality, of a school.
macro_rules! within {
    ($query:expr, $table:ident, $place:expr) => {
        match $place {
            Place::Region(id) => $query.filter($table::region_id.eq(id)),
            Place::Municipality(id) => $query.filter($table::municipality_id.assume_not_null().eq(id)),
            Place::School(id) => $query.filter($table::organization_id.eq(id)),
        }
    };
}

/// The rows of the people who work on that day, each counted at the schools where they work, wherever it was found.
macro_rules! of_staff {
    ($table:ident, $day:expr) => {
        $table::table
            .inner_join(employments::table.on(employments::person_id.eq($table::person_id)))
            .inner_join(organizations::table.on(organizations::id.eq(employments::organization_id)))
            .filter(organizations::kind.eq("school"))
            .filter(employments::started_on.le($day))
            .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge($day)))
    };
}

/// Everything that is counted under a place on that day.
pub(super) async fn facts(
    conn: &Conn,
    top: Place,
    framework_id: Option<Uuid>,
    day: NaiveDate,
) -> Result<Facts> {
    let (staff, tested, measured, deficits) = tokio::try_join!(
        staff(conn, top, day),
        tested(conn, top, framework_id, day),
        measured(conn, top, framework_id, day),
        deficits(conn, top, framework_id, day),
    )?;
    let mut facts = Facts::new();
    for (municipality_id, school, count) in staff {
        facts.entry(school).or_insert(SchoolFacts { municipality_id, ..SchoolFacts::default() }).staff +=
            count;
    }
    // All of them are staff, so their school is known.
    for (school, count) in tested {
        facts.entry(school).or_default().tested += count;
    }
    for (school, competency, count) in measured {
        facts.entry(school).or_default().tallies.entry(competency).or_default().people += count;
    }
    for (school, competency, state, count) in deficits {
        let school = facts.entry(school).or_default();
        let tally = school.tallies.entry(competency).or_default();
        match DeficitState::parse(&state) {
            Some(DeficitState::Open) => tally.deficits.open += count,
            Some(DeficitState::Addressed) => tally.deficits.addressed += count,
            Some(DeficitState::Closed) => tally.deficits.closed += count,
            None => {}
        }
    }
    Ok(facts)
}

type SchoolCount = (Option<Uuid>, Uuid, i64);

async fn staff(conn: &Conn, top: Place, day: NaiveDate) -> Result<Vec<SchoolCount>> {
    let query = employments::table
        .inner_join(organizations::table.on(organizations::id.eq(employments::organization_id)))
        .filter(organizations::kind.eq("school"))
        .filter(employments::started_on.le(day))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)))
        .group_by((employments::municipality_id, employments::organization_id))
        .select((
            employments::municipality_id,
            employments::organization_id,
            count(employments::person_id).aggregate_distinct(),
        ))
        .into_boxed();
    Ok(within!(query, employments, top).load(&mut &*conn).await?)
}

async fn tested(
    conn: &Conn,
    top: Place,
    framework_id: Option<Uuid>,
    day: NaiveDate,
) -> Result<Vec<(Uuid, i64)>> {
    let mut query = of_staff!(results, day)
        .filter(results::taken_on.le(day))
        .group_by(employments::organization_id)
        .select((employments::organization_id, count(results::person_id).aggregate_distinct()))
        .into_boxed();
    if let Some(id) = framework_id {
        let of_framework =
            instruments::table.filter(instruments::framework_id.eq(id)).select(instruments::id);
        query = query.filter(results::instrument_id.eq_any(of_framework));
    }
    Ok(within!(query, employments, top).load(&mut &*conn).await?)
}

async fn measured(
    conn: &Conn,
    top: Place,
    framework_id: Option<Uuid>,
    day: NaiveDate,
) -> Result<Vec<(Uuid, Uuid, i64)>> {
    let mut query = of_staff!(standings, day)
        .filter(standings::measured_on.le(day))
        .filter(standings::until.is_null().or(standings::until.assume_not_null().gt(day)))
        .group_by((employments::organization_id, standings::competency_id))
        .select((
            employments::organization_id,
            standings::competency_id,
            count(standings::person_id).aggregate_distinct(),
        ))
        .into_boxed();
    if let Some(id) = framework_id {
        let of_framework =
            competencies::table.filter(competencies::framework_id.eq(id)).select(competencies::id);
        query = query.filter(standings::competency_id.eq_any(of_framework));
    }
    Ok(within!(query, employments, top).load(&mut &*conn).await?)
}

async fn deficits(
    conn: &Conn,
    top: Place,
    framework_id: Option<Uuid>,
    day: NaiveDate,
) -> Result<Vec<(Uuid, Uuid, String, i64)>> {
    let mut query = of_staff!(events, day)
        .filter(events::happened_on.le(day))
        .filter(events::until.is_null().or(events::until.assume_not_null().gt(day)))
        .group_by((employments::organization_id, events::competency_id, events::state))
        .select((
            employments::organization_id,
            events::competency_id,
            events::state,
            count(events::deficit_id).aggregate_distinct(),
        ))
        .into_boxed();
    if let Some(id) = framework_id {
        let of_framework =
            competencies::table.filter(competencies::framework_id.eq(id)).select(competencies::id);
        query = query.filter(events::competency_id.eq_any(of_framework));
    }
    Ok(within!(query, employments, top).load(&mut &*conn).await?)
}

/// A row of a framework, as the report names it.
#[derive(Debug, Clone)]
pub(super) struct NamedRow {
    pub(super) id: Uuid,
    pub(super) framework_id: Uuid,
    pub(super) parent_id: Option<Uuid>,
    pub(super) code: String,
    pub(super) title: String,
}

/// The frameworks of these competencies with all their rows.
pub(super) async fn frameworks_of(conn: &Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, NamedRow>> {
    let of = competencies::table
        .filter(competencies::id.eq_any(ids))
        .select(competencies::framework_id)
        .distinct();
    let frameworks: Vec<Uuid> = of.load(&mut &*conn).await?;
    let rows: Vec<(Uuid, Uuid, Option<Uuid>, String, String)> = competencies::table
        .filter(competencies::framework_id.eq_any(frameworks))
        .select((
            competencies::id,
            competencies::framework_id,
            competencies::parent_id,
            competencies::code,
            competencies::title,
        ))
        .load(&mut &*conn)
        .await?;
    let named = |(id, framework_id, parent_id, code, title)| {
        (id, NamedRow { id, framework_id, parent_id, code, title })
    };
    Ok(rows.into_iter().map(named).collect())
}

/// How many active programs of the region have a module for a competency: accepted ones that the registry, if they are
/// in it, has not suspended.
pub(super) async fn active_programs(
    conn: &Conn,
    region_id: Uuid,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, i64>> {
    let suspended = registry_entries::table
        .filter(registry_entries::program_id.eq(programs::id))
        .filter(registry_entries::state.ne("active"));
    let rows: Vec<(Uuid, i64)> = module_competencies::table
        .inner_join(program_modules::table.on(program_modules::id.eq(module_competencies::module_id)))
        .inner_join(programs::table.on(programs::id.eq(program_modules::program_id)))
        .filter(module_competencies::competency_id.eq_any(ids))
        .filter(programs::region_id.eq(region_id))
        .filter(programs::state.eq("accepted"))
        .filter(not(exists(suspended)))
        .group_by(module_competencies::competency_id)
        .select((module_competencies::competency_id, count(programs::id).aggregate_distinct()))
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().collect())
}
