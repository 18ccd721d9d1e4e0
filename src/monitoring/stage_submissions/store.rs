//! Queries on submissions into stages.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::StageSubmission;
use crate::authz::{Permit, Role, Scope, ScopePart};
use crate::db::schema::stage_submissions::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = stage_submissions)]
struct SubmissionRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Option<Uuid>,
    cycle_id: Uuid,
    position: i32,
    role: String,
    text: String,
    finding_id: Option<Uuid>,
    submitted_on: NaiveDate,
}

impl TryFrom<SubmissionRow> for StageSubmission {
    type Error = Error;

    fn try_from(row: SubmissionRow) -> Result<Self> {
        let role = Role::ALL.into_iter().find(|role| role.as_str() == row.role);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            cycle_id: row.cycle_id,
            position: row.position,
            role: role.ok_or_else(|| Error::internal("unknown role of a submission in the database"))?,
            text: row.text,
            finding_id: row.finding_id,
            submitted_on: row.submitted_on,
        })
    }
}

/// Which submissions a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only into this cycle.
    pub cycle_id: Option<Uuid>,
    /// Only into stages at this place.
    pub position: Option<i32>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
}

/// One submission; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<StageSubmission> {
    let row: SubmissionRow = table.find(id).select(SubmissionRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

type Within = Box<dyn BoxableExpression<table, Pg, SqlType = Bool>>;

/// A place sees what was submitted for it, a person what he submitted.
fn circle(part: ScopePart) -> Within {
    match part {
        ScopePart::Everything => Box::new(stage_submissions::region_id.is_not_null()),
        ScopePart::Region(id) => Box::new(stage_submissions::region_id.eq(id)),
        ScopePart::Municipality(id) => Box::new(stage_submissions::municipality_id.assume_not_null().eq(id)),
        ScopePart::Organization(id) => Box::new(stage_submissions::organization_id.eq(id)),
        ScopePart::Person(id) => Box::new(stage_submissions::person_id.assume_not_null().eq(id)),
        ScopePart::Assigned(_) | ScopePart::Above { .. } => Box::new(stage_submissions::region_id.is_null()),
    }
}

/// One page, the newest first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<StageSubmission>> {
    let circles = scope.parts().iter().copied().map(circle);
    let within = circles.reduce(|one, other| -> Within { Box::new(one.or(other)) });
    let within = within.unwrap_or_else(|| -> Within { Box::new(stage_submissions::region_id.is_null()) });
    let mut query = table
        .select(SubmissionRow::as_select())
        .filter(within)
        .order((stage_submissions::submitted_on.desc(), stage_submissions::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.cycle_id {
        query = query.filter(stage_submissions::cycle_id.eq(id));
    }
    if let Some(position) = filter.position {
        query = query.filter(stage_submissions::position.eq(position));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(stage_submissions::organization_id.eq(id));
    }
    if let Some((day, id)) = after {
        let same = stage_submissions::submitted_on.eq(day).and(stage_submissions::id.lt(id));
        query = query.filter(stage_submissions::submitted_on.lt(day).or(same));
    }
    let rows: Vec<SubmissionRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(StageSubmission::try_from).collect()
}

/// Adds a submission.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, submission: &StageSubmission) -> Result<()> {
    diesel::insert_into(table)
        .values((
            stage_submissions::id.eq(submission.id),
            stage_submissions::region_id.eq(submission.region_id),
            stage_submissions::organization_id.eq(submission.organization_id),
            stage_submissions::person_id.eq(submission.person_id),
            stage_submissions::cycle_id.eq(submission.cycle_id),
            stage_submissions::position.eq(submission.position),
            stage_submissions::role.eq(submission.role.as_str()),
            stage_submissions::text.eq(&submission.text),
            stage_submissions::finding_id.eq(submission.finding_id),
            stage_submissions::recorded_by.eq(ctx.actor.account_id),
            stage_submissions::submitted_on.eq(submission.submitted_on),
            stage_submissions::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
