//! Lists of applications.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::rows::ApplicationRow;
use crate::authz::{Scope, ScopePart};
use crate::db::schema::{application_people, applications, offerings};
use crate::db::{Conn, scope_filter};
use crate::error::Result;
use crate::training::applications::model::Application;
use crate::training::applications::service::ApplicationFilter;
use crate::training::reading::OrganiserSide;

/// One page, the newest first.
pub(in crate::training::applications) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &ApplicationFilter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Application>> {
    let (led, named) = tokio::try_join!(led(conn, scope), named(conn, scope))?;
    let mut query = applications::table
        .select(ApplicationRow::as_select())
        .filter(visible(scope, led, named))
        .order((applications::created_at.desc(), applications::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.offering_id {
        query = query.filter(applications::offering_id.eq(id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(applications::kind.eq(kind.as_str()));
    }
    if let Some(state) = filter.state {
        query = query.filter(applications::state.eq(state.as_str()));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(applications::organization_id.eq(id));
    }
    if let Some(id) = filter.person_id {
        let of_person = application_people::table
            .filter(application_people::person_id.eq(id))
            .select(application_people::application_id);
        query = query.filter(applications::id.eq_any(of_person));
    }
    if let Some((created_at, id)) = after {
        let same_moment = applications::created_at.eq(created_at).and(applications::id.lt(id));
        query = query.filter(applications::created_at.lt(created_at).or(same_moment));
    }
    let rows: Vec<ApplicationRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(ApplicationRow::application).collect()
}

type Circle = Box<dyn BoxableExpression<applications::table, Pg, SqlType = Bool>>;

/// The offerings that leaders in scope lead.
async fn led(conn: &Conn, scope: &Scope) -> Result<Vec<Uuid>> {
    let leaders = OrganiserSide::of(scope).leaders;
    if leaders.is_empty() {
        return Ok(Vec::new());
    }
    Ok(offerings::table
        .filter(offerings::leader_id.assume_not_null().eq_any(leaders))
        .select(offerings::id)
        .load(&mut &*conn)
        .await?)
}

/// The applications that name people in scope. By a statement of their own: as a part of the list's condition they would
/// make it read every application.
async fn named(conn: &Conn, scope: &Scope) -> Result<Vec<Uuid>> {
    let of_people = |part: &ScopePart| matches!(part, ScopePart::Person(_) | ScopePart::Assigned(_));
    if !scope.parts().iter().any(of_people) {
        return Ok(Vec::new());
    }
    Ok(application_people::table
        .filter(scope_filter!(application_people, scope))
        .select(application_people::application_id)
        .distinct()
        .load(&mut &*conn)
        .await?)
}

/// Of the schools in scope and of people in scope, groups that name them included; and what is addressed to the
/// organiser in scope. A circle that is not there costs nothing.
fn visible(scope: &Scope, led: Vec<Uuid>, named: Vec<Uuid>) -> Circle {
    let side = OrganiserSide::of(scope);
    let mut visible: Circle = scope_filter!(applications, scope);
    // One by one: of a list as long as it likes the planner expects half the table.
    for organization in side.organizations {
        visible = Box::new(visible.or(applications::provider_id.eq(organization)));
    }
    if !led.is_empty() {
        visible = Box::new(visible.or(applications::offering_id.eq_any(led)));
    }
    if !named.is_empty() {
        visible = Box::new(visible.or(applications::id.eq_any(named)));
    }
    visible
}
