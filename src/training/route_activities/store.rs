//! Queries on activities of routes across people.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::RouteLine;
use super::service::RouteActivityFilter;
use crate::authz::Scope;
use crate::db::schema::{enrollments, persons, route_activities, routes};
use crate::db::{Conn, DbHours, scope_filter, whole_person};
use crate::error::{Error, Result};
use crate::learning_routes::model::ActivityState;
use crate::regulations::profile::ActivityKind;
use crate::training::reading::OrganiserSide;
use crate::values::PersonName;

/// Routes whose lines providers may comment on: those that are being formed.
const FORMED: [&str; 3] = ["draft", "in_review", "rework"];

/// Routes whose lines are shown: those that were approved.
const APPROVED: [&str; 4] = ["approved", "active", "completed", "closed_incomplete"];

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_activities)]
struct LineRow {
    id: Uuid,
    route_id: Uuid,
    kind: String,
    title: String,
    program_id: Option<Uuid>,
    module_id: Option<Uuid>,
    provider_id: Option<Uuid>,
    hours: Option<DbHours>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    state: String,
    completed_on: Option<NaiveDate>,
}

type Found = (LineRow, (Uuid, Uuid), (String, String, Option<String>));

fn line((row, (person_id, organization_id), (last, first, middle)): Found) -> Result<RouteLine> {
    let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
    Ok(RouteLine {
        id: row.id,
        route_id: row.route_id,
        person_id,
        name: PersonName::new(&last, &first, middle.as_deref()).map_err(Error::internal)?,
        organization_id,
        kind: ActivityKind::parse(&row.kind).ok_or_else(|| unknown("kind of activity"))?,
        title: row.title,
        provider_id: row.provider_id,
        program_id: row.program_id,
        module_id: row.module_id,
        hours: row.hours.map(Into::into),
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        state: ActivityState::parse(&row.state, row.completed_on)
            .ok_or_else(|| unknown("state of activity"))?,
    })
}

/// One page, by first day: of learners in scope, and addressed to the provider in scope.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &RouteActivityFilter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<RouteLine>> {
    let side = OrganiserSide::of(scope);
    let in_scope = routes::table.select(routes::id).filter(scope_filter!(routes, scope)).into_boxed::<Pg>();
    let enrolled = || {
        exists(
            enrollments::table
                .filter(enrollments::activity_id.is_not_null())
                .filter(enrollments::activity_id.assume_not_null().eq(route_activities::id)),
        )
    };
    let mut query = route_activities::table
        .inner_join(routes::table.inner_join(persons::table.on(persons::id.eq(routes::person_id))))
        .select((
            LineRow::as_select(),
            (routes::person_id, routes::organization_id),
            (persons::last_name, persons::first_name, persons::middle_name),
        ))
        .order((route_activities::starts_on, route_activities::id))
        .limit(fetch)
        .into_boxed();
    query = if filter.drafts {
        let addressed = route_activities::provider_id.assume_not_null().eq_any(side.organizations);
        query
            .filter(routes::state.eq_any(FORMED))
            .filter(routes::open_to_providers)
            .filter(route_activities::provider_id.is_not_null())
            .filter(addressed)
    } else if side.organizations.is_empty() {
        query.filter(routes::state.eq_any(APPROVED)).filter(route_activities::route_id.eq_any(in_scope))
    } else {
        let addressed = route_activities::provider_id
            .is_not_null()
            .and(route_activities::provider_id.assume_not_null().eq_any(side.organizations));
        query
            .filter(routes::state.eq_any(APPROVED))
            .filter(route_activities::route_id.eq_any(in_scope).or(addressed))
    };
    if let Some(id) = filter.person_id {
        query = query.filter(whole_person("routes.person_id", id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(routes::organization_id.eq(id));
    }
    if let Some(id) = filter.provider_id {
        query = query.filter(route_activities::provider_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.curator_id {
        query = query.filter(routes::curator_id.assume_not_null().eq(id));
    }
    if let Some(external) = filter.external {
        let outside = route_activities::provider_id
            .is_not_null()
            .and(route_activities::provider_id.assume_not_null().ne(routes::organization_id));
        query = if external { query.filter(outside) } else { query.filter(not(outside)) };
    }
    if let Some(wanted) = filter.enrolled {
        query = if wanted { query.filter(enrolled()) } else { query.filter(not(enrolled())) };
    }
    if let Some((starts_on, id)) = after {
        let same_day = route_activities::starts_on.eq(starts_on).and(route_activities::id.gt(id));
        query = query.filter(route_activities::starts_on.gt(starts_on).or(same_day));
    }
    let rows: Vec<Found> = query.load(&mut &*conn).await?;
    rows.into_iter().map(line).collect()
}
