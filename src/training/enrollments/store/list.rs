//! Lists of enrollments.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::rows::EnrollmentRow;
use crate::authz::Scope;
use crate::db::schema::{credentials, enrollments, offerings, persons};
use crate::db::{Conn, scope_filter, whole_person};
use crate::error::{Error, Result};
use crate::training::enrollments::model::Enrollment;
use crate::training::enrollments::service::{EnrollmentFilter, EnrollmentLine};
use crate::training::reading::OrganiserSide;
use crate::training::vocabulary::EnrollmentState;
use crate::values::PersonName;

/// One page, the newest first.
pub(in crate::training::enrollments) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &EnrollmentFilter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Enrollment>> {
    let mut query = enrollments::table
        .select(EnrollmentRow::as_select())
        .filter(visible(scope))
        .order((enrollments::created_at.desc(), enrollments::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.offering_id {
        query = query.filter(enrollments::offering_id.eq(id));
    }
    if let Some(id) = filter.person_id {
        query = query.filter(whole_person("enrollments.person_id", id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(enrollments::organization_id.eq(id));
    }
    if let Some(id) = filter.provider_id {
        query = query.filter(enrollments::provider_id.eq(id));
    }
    if let Some(id) = filter.contract_id {
        query = query.filter(enrollments::contract_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.activity_id {
        query = query.filter(enrollments::activity_id.assume_not_null().eq(id));
    }
    if let Some(state) = filter.state {
        query = query.filter(enrollments::state.eq(state.as_str()));
    }
    query = match filter.external {
        Some(true) => query.filter(enrollments::provider_id.ne(enrollments::organization_id)),
        Some(false) => query.filter(enrollments::provider_id.eq(enrollments::organization_id)),
        None => query,
    };
    if let Some((created_at, id)) = after {
        let same_moment = enrollments::created_at.eq(created_at).and(enrollments::id.lt(id));
        query = query.filter(enrollments::created_at.lt(created_at).or(same_moment));
    }
    let rows: Vec<EnrollmentRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(EnrollmentRow::enrollment).collect()
}

/// The completed enrollments of an offering for which no credential stands, by the names of the people.
pub(in crate::training::enrollments) async fn certifiable(
    conn: &Conn,
    offering_id: Uuid,
) -> Result<Vec<EnrollmentLine>> {
    let state = credentials::state.nullable();
    let out = state.eq("refused").or(state.eq("annulled"));
    type Name = (String, String, Option<String>);
    let rows: Vec<(EnrollmentRow, Name)> = enrollments::table
        .inner_join(persons::table)
        .left_join(credentials::table)
        .filter(enrollments::offering_id.eq(offering_id))
        .filter(enrollments::state.eq(EnrollmentState::Completed.as_str()))
        .filter(credentials::id.nullable().is_null().or(out))
        .order((persons::last_name, persons::first_name, persons::middle_name, enrollments::id))
        .select((EnrollmentRow::as_select(), (persons::last_name, persons::first_name, persons::middle_name)))
        .load(&mut &*conn)
        .await?;
    let line = |(row, (last, first, middle)): (EnrollmentRow, Name)| {
        let name = PersonName::new(&last, &first, middle.as_deref()).map_err(Error::internal)?;
        Ok(EnrollmentLine { enrollment: row.enrollment()?, name })
    };
    rows.into_iter().map(line).collect()
}

type Circle = Box<dyn BoxableExpression<enrollments::table, Pg, SqlType = Bool>>;

/// Of people in scope, and at the organiser in scope. A circle that is not there costs nothing.
fn visible(scope: &Scope) -> Circle {
    let side = OrganiserSide::of(scope);
    let mut visible: Circle = scope_filter!(enrollments, scope);
    if !side.organizations.is_empty() {
        visible = Box::new(visible.or(enrollments::provider_id.eq_any(side.organizations)));
    }
    if !side.leaders.is_empty() {
        let led = offerings::table
            .filter(offerings::leader_id.assume_not_null().eq_any(side.leaders))
            .select(offerings::id);
        visible = Box::new(visible.or(enrollments::offering_id.eq_any(led)));
    }
    visible
}
