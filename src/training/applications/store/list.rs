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
    let mut query = applications::table
        .select(ApplicationRow::as_select())
        .filter(visible(scope))
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

/// Of the schools in scope and of people in scope, groups that name them included; and what is addressed to the
/// organiser in scope. A circle that is not there costs nothing.
fn visible(scope: &Scope) -> Circle {
    let side = OrganiserSide::of(scope);
    let mut visible: Circle = scope_filter!(applications, scope);
    if !side.organizations.is_empty() {
        visible = Box::new(visible.or(applications::provider_id.eq_any(side.organizations)));
    }
    if !side.leaders.is_empty() {
        let led = offerings::table
            .filter(offerings::leader_id.assume_not_null().eq_any(side.leaders))
            .select(offerings::id);
        visible = Box::new(visible.or(applications::offering_id.eq_any(led)));
    }
    let of_people = |part: &ScopePart| matches!(part, ScopePart::Person(_) | ScopePart::Assigned(_));
    if scope.parts().iter().any(of_people) {
        let named = application_people::table
            .select(application_people::application_id)
            .filter(scope_filter!(application_people, scope))
            .into_boxed::<Pg>();
        visible = Box::new(visible.or(applications::id.eq_any(named)));
    }
    visible
}
