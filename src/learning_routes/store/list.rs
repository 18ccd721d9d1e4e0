//! Lists of routes.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::rows::RouteRow;
use crate::authz::{Scope, ScopePart};
use crate::db::schema::{route_activities, routes};
use crate::db::{Conn, scope_filter};
use crate::error::Result;
use crate::learning_routes::model::{Route, RouteState};

/// Which routes a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this learner.
    pub person_id: Option<Uuid>,
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<RouteState>,
    /// Only late ones, or only those that are not.
    pub overdue: Option<bool>,
}

/// A route in a list.
#[derive(Debug, Clone)]
pub struct RouteSummary {
    /// The route.
    pub route: Route,
    /// Whether it is in force and has an activity past its end (P0-31).
    pub overdue: bool,
}

/// A tutor sees the routes that he or she accompanies beside those in scope (P1-12, P4-38).
fn visible(scope: &Scope) -> Box<dyn BoxableExpression<routes::table, Pg, SqlType = Bool>> {
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
    let mut query = routes::table
        .select((RouteRow::as_select(), late()))
        .filter(visible(scope))
        .order((routes::starts_on.desc(), routes::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(person_id) = filter.person_id {
        query = query.filter(routes::person_id.eq(person_id));
    }
    if let Some(organization_id) = filter.organization_id {
        query = query.filter(routes::organization_id.eq(organization_id));
    }
    if let Some(state) = filter.state {
        query = query.filter(routes::state.eq(state.as_str()));
    }
    query = match filter.overdue {
        Some(true) => query.filter(late()),
        Some(false) => query.filter(diesel::dsl::not(late())),
        None => query,
    };
    if let Some((starts_on, id)) = after {
        query = query.filter(
            routes::starts_on.lt(starts_on).or(routes::starts_on.eq(starts_on).and(routes::id.lt(id))),
        );
    }
    let rows: Vec<(RouteRow, bool)> = query.load(&mut &*conn).await?;
    rows.into_iter().map(|(row, overdue)| Ok(RouteSummary { route: row.try_into()?, overdue })).collect()
}
