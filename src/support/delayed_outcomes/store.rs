//! Queries on delayed outcomes.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{DelayedOutcome, DueOutcome, OutcomeData};
use crate::authz::{Permit, Scope};
use crate::db::schema::delayed_outcomes::{self, table};
use crate::db::schema::enrollments;
use crate::db::{Conn, Ctx, scope_filter, whole_person, written};
use crate::error::{Error, Result};
use crate::regulations::profile::DelayedOutcomeMethod;
use crate::support::following::{Places, following};

#[derive(Queryable, Selectable)]
#[diesel(table_name = delayed_outcomes)]
struct OutcomeRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    regulation_id: Uuid,
    enrollment_id: Uuid,
    method: String,
    held_on: NaiveDate,
    due_on: NaiveDate,
    conclusion: String,
    version: i64,
}

impl TryFrom<OutcomeRow> for DelayedOutcome {
    type Error = Error;

    fn try_from(row: OutcomeRow) -> Result<Self> {
        let method = DelayedOutcomeMethod::parse(&row.method);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            regulation_id: row.regulation_id,
            enrollment_id: row.enrollment_id,
            due_on: row.due_on,
            data: OutcomeData {
                method: method
                    .ok_or_else(|| Error::internal("unknown method of an outcome in the database"))?,
                held_on: row.held_on,
                conclusion: row.conclusion,
            },
            version: row.version,
        })
    }
}

/// Which delayed outcomes a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of people from this school.
    pub organization_id: Option<Uuid>,
    /// Only of this training.
    pub enrollment_id: Option<Uuid>,
    /// Only found this way.
    pub method: Option<DelayedOutcomeMethod>,
}

/// One delayed outcome; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<DelayedOutcome> {
    let row: OutcomeRow = table.find(id).select(OutcomeRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// One page, the newest day first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<DelayedOutcome>> {
    let mut query = table
        .select(OutcomeRow::as_select())
        .filter(scope_filter!(delayed_outcomes, scope))
        .order((delayed_outcomes::held_on.desc(), delayed_outcomes::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.person_id {
        query = query.filter(whole_person("delayed_outcomes.person_id", id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(delayed_outcomes::organization_id.eq(id));
    }
    if let Some(id) = filter.enrollment_id {
        query = query.filter(delayed_outcomes::enrollment_id.eq(id));
    }
    if let Some(method) = filter.method {
        query = query.filter(delayed_outcomes::method.eq(method.as_str()));
    }
    if let Some((day, id)) = after {
        let same = delayed_outcomes::held_on.eq(day).and(delayed_outcomes::id.lt(id));
        query = query.filter(delayed_outcomes::held_on.lt(day).or(same));
    }
    let rows: Vec<OutcomeRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(DelayedOutcome::try_from).collect()
}

/// Which due outcomes a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct DueFilter {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of people from this school.
    pub organization_id: Option<Uuid>,
    /// Only due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Only due on this day or before.
    pub due_until: Option<NaiveDate>,
}

/// One page of completed training without an outcome, at places that follow them; what ended first first.
pub(super) async fn due(
    conn: &Conn,
    scope: &Scope,
    places: &Places,
    filter: DueFilter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<DueOutcome>> {
    type Row = (Uuid, Uuid, Uuid, String, NaiveDate, NaiveDate);
    // Evaluated for each row of the page alone.
    let due_on = || following!(Date, "(enrollments.ended_on + make_interval(months => ", places, "))::date");
    let mut query = enrollments::table
        .select((
            enrollments::id,
            enrollments::person_id,
            enrollments::organization_id,
            enrollments::title,
            enrollments::ended_on.assume_not_null(),
            due_on(),
        ))
        .filter(scope_filter!(enrollments, scope))
        // In these words the partial index has it.
        .filter(written::<Bool>("enrollments.state = 'completed'"))
        .filter(written::<Bool>(
            "not exists (select from delayed_outcomes d where d.enrollment_id = enrollments.id)",
        ))
        .filter(following!(Bool, "", places, " is not null"))
        .order((enrollments::ended_on.asc(), enrollments::id.asc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.person_id {
        query = query.filter(whole_person("enrollments.person_id", id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(enrollments::organization_id.eq(id));
    }
    if let Some(day) = filter.due_from {
        query = query.filter(due_on().ge(day));
    }
    if let Some(day) = filter.due_until {
        query = query.filter(due_on().le(day));
    }
    if let Some((day, id)) = after {
        let ended_on = enrollments::ended_on.assume_not_null();
        query = query.filter(ended_on.gt(day).or(ended_on.eq(day).and(enrollments::id.gt(id))));
    }
    let rows: Vec<Row> = query.load(&mut &*conn).await?;
    let due = |(enrollment_id, person_id, organization_id, title, ended_on, due_on): Row| DueOutcome {
        enrollment_id,
        person_id,
        organization_id,
        title,
        ended_on,
        due_on,
    };
    Ok(rows.into_iter().map(due).collect())
}

/// Adds a delayed outcome.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, outcome: &DelayedOutcome) -> Result<()> {
    diesel::insert_into(table)
        .values((
            delayed_outcomes::id.eq(outcome.id),
            delayed_outcomes::region_id.eq(outcome.region_id),
            delayed_outcomes::organization_id.eq(outcome.organization_id),
            delayed_outcomes::person_id.eq(outcome.person_id),
            delayed_outcomes::regulation_id.eq(outcome.regulation_id),
            delayed_outcomes::enrollment_id.eq(outcome.enrollment_id),
            delayed_outcomes::method.eq(outcome.data.method.as_str()),
            delayed_outcomes::held_on.eq(outcome.data.held_on),
            delayed_outcomes::due_on.eq(outcome.due_on),
            delayed_outcomes::conclusion.eq(&outcome.data.conclusion),
            delayed_outcomes::recorded_by.eq(ctx.actor.account_id),
            delayed_outcomes::version.eq(outcome.version),
            delayed_outcomes::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
