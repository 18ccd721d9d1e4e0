//! Lists of routes.

use chrono::NaiveDate;
use diesel::dsl::{exists, min, not};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::rows::RouteRow;
use crate::authz::{Scope, ScopePart};
use crate::db::schema::{route_activities, route_versions, routes};
use crate::db::{Conn, scope_filter, whole_person};
use crate::error::Result;
use crate::learning_routes::model::{Route, RouteState};
use crate::regulations::profile::RouteKind;
use crate::values::period::next_day;

/// Which routes a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this learner.
    pub person_id: Option<Uuid>,
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<RouteState>,
    /// Only of this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only those that this curator follows (P1-50).
    pub curator_id: Option<Uuid>,
    /// Only those that this tutor accompanies (P1-12).
    pub tutor_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<RouteKind>,
    /// Only late ones, or only those that are not.
    pub overdue: Option<bool>,
    /// Only returned ones whose rework is late, or only the others.
    pub rework_overdue: Option<bool>,
    /// Only those whose update of the period is due, or only the others (P3-41).
    pub update_due: Option<bool>,
}

/// A route in a list.
#[derive(Debug, Clone)]
pub struct RouteSummary {
    /// The route.
    pub route: Route,
    /// Since when it is late: the day after the first of the last days that are past (P0-31).
    pub overdue_since: Option<NaiveDate>,
}

/// The running period of a regulation that wants routes updated: the regulation, and the period's first day.
pub type UpdatePeriod = (Uuid, NaiveDate);

type Condition = Box<dyn BoxableExpression<routes::table, Pg, SqlType = Bool>>;

/// Routes in force since before the running period that were neither handed in, revised nor looked through in it
/// (P3-41); none when no regulation asks for that. The same as of one route in [`super::super::service`].
fn update_due(periods: &[UpdatePeriod]) -> Option<Condition> {
    let mut days: Vec<NaiveDate> = periods.iter().map(|(_, first)| *first).collect();
    days.sort_unstable();
    days.dedup();
    let due = |first: NaiveDate| -> Condition {
        let ids: Vec<Uuid> = periods.iter().filter(|(_, day)| *day == first).map(|(id, _)| *id).collect();
        let updated = route_versions::table
            .filter(route_versions::route_id.eq(routes::id))
            .filter(route_versions::cause.ne("revision_submission"))
            .filter(route_versions::taken_on.ge(first));
        Box::new(
            routes::state
                .eq("active")
                .and(routes::regulation_id.eq_any(ids))
                .and(routes::activated_on.is_not_null())
                .and(routes::activated_on.assume_not_null().lt(first))
                .and(not(exists(updated))),
        )
    };
    days.into_iter().map(due).reduce(|one, other| -> Condition { Box::new(one.or(other)) })
}

/// A tutor sees the routes that he or she accompanies beside those in scope (P1-12, P4-38).
fn visible(scope: &Scope) -> Condition {
    let in_scope = scope_filter!(routes, scope);
    let tutor = scope.parts().iter().find_map(|part| match part {
        ScopePart::Assigned(person) => Some(*person),
        _ => None,
    });
    match tutor {
        Some(person) => Box::new(in_scope.or(routes::tutor_id.assume_not_null().eq(person))),
        None => in_scope,
    }
}

/// The routes in scope, those that start last first.
pub(in super::super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    today: NaiveDate,
    updates: &[UpdatePeriod],
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<RouteSummary>> {
    let late = || {
        routes::state.eq("active").and(exists(
            route_activities::table
                .filter(route_activities::route_id.eq(routes::id))
                .filter(route_activities::state.eq("planned"))
                .filter(route_activities::ends_on.lt(today)),
        ))
    };
    let first_missed = route_activities::table
        .filter(route_activities::route_id.eq(routes::id))
        .filter(routes::state.eq("active"))
        .filter(route_activities::state.eq("planned"))
        .filter(route_activities::ends_on.lt(today))
        .select(min(route_activities::ends_on))
        .single_value();
    let mut query = routes::table
        .select((RouteRow::as_select(), first_missed))
        .filter(visible(scope))
        .order((routes::starts_on.desc(), routes::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(person_id) = filter.person_id {
        query = query.filter(whole_person("routes.person_id", person_id));
    }
    if let Some(organization_id) = filter.organization_id {
        query = query.filter(routes::organization_id.eq(organization_id));
    }
    if let Some(state) = filter.state {
        query = query.filter(routes::state.eq(state.as_str()));
    }
    if let Some(municipality_id) = filter.municipality_id {
        query = query.filter(routes::municipality_id.assume_not_null().eq(municipality_id));
    }
    if let Some(curator_id) = filter.curator_id {
        query = query.filter(routes::curator_id.assume_not_null().eq(curator_id));
    }
    if let Some(tutor_id) = filter.tutor_id {
        query = query.filter(routes::tutor_id.assume_not_null().eq(tutor_id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(routes::kind.eq(kind.as_str()));
    }
    let unworked =
        || routes::rework_due_on.is_not_null().and(routes::rework_due_on.assume_not_null().lt(today));
    query = match filter.rework_overdue {
        Some(true) => query.filter(unworked()),
        Some(false) => query.filter(not(unworked())),
        None => query,
    };
    query = match filter.overdue {
        Some(true) => query.filter(late()),
        Some(false) => query.filter(not(late())),
        None => query,
    };
    query = match (filter.update_due, update_due(updates)) {
        // No regulation asks for updates: nothing is due.
        (Some(true), None) => return Ok(Vec::new()),
        (Some(true), Some(due)) => query.filter(due),
        (Some(false), Some(due)) => query.filter(not(due)),
        (Some(false), None) | (None, _) => query,
    };
    if let Some((starts_on, id)) = after {
        query = query.filter(
            routes::starts_on.lt(starts_on).or(routes::starts_on.eq(starts_on).and(routes::id.lt(id))),
        );
    }
    let rows: Vec<(RouteRow, Option<NaiveDate>)> = query.load(&mut &*conn).await?;
    rows.into_iter()
        .map(|(row, missed)| Ok(RouteSummary { route: row.try_into()?, overdue_since: missed.map(next_day) }))
        .collect()
}
