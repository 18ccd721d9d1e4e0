//! Queries on submissions into monitorings.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::MonitoringSubmission;
use crate::authz::{Permit, Role, Scope};
use crate::db::schema::monitoring_submissions::{self, table};
use crate::db::{Conn, Ctx, unit_filter};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = monitoring_submissions)]
struct SubmissionRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    monitoring_id: Uuid,
    role: String,
    text: String,
    submitted_on: NaiveDate,
    version: i64,
}

impl TryFrom<SubmissionRow> for MonitoringSubmission {
    type Error = Error;

    fn try_from(row: SubmissionRow) -> Result<Self> {
        let role = Role::ALL.into_iter().find(|role| role.as_str() == row.role);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            monitoring_id: row.monitoring_id,
            role: role.ok_or_else(|| Error::internal("unknown role of a submission in the database"))?,
            text: row.text,
            submitted_on: row.submitted_on,
            version: row.version,
        })
    }
}

/// Which submissions a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only into this monitoring.
    pub monitoring_id: Option<Uuid>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
}

/// One submission; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<MonitoringSubmission> {
    let row: SubmissionRow = table.find(id).select(SubmissionRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// Holds a submission until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<MonitoringSubmission> {
    let query = table.find(id).select(SubmissionRow::as_select()).for_no_key_update();
    let row: SubmissionRow = query.first(&mut &*conn).await?;
    row.try_into()
}

/// One page, the newest first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<MonitoringSubmission>> {
    let mut query = table
        .select(SubmissionRow::as_select())
        .filter(unit_filter!(monitoring_submissions, scope))
        .order((monitoring_submissions::submitted_on.desc(), monitoring_submissions::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.monitoring_id {
        query = query.filter(monitoring_submissions::monitoring_id.eq(id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(monitoring_submissions::organization_id.eq(id));
    }
    if let Some((day, id)) = after {
        let same = monitoring_submissions::submitted_on.eq(day).and(monitoring_submissions::id.lt(id));
        query = query.filter(monitoring_submissions::submitted_on.lt(day).or(same));
    }
    let rows: Vec<SubmissionRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(MonitoringSubmission::try_from).collect()
}

/// Adds a submission.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, submission: &MonitoringSubmission) -> Result<()> {
    diesel::insert_into(table)
        .values((
            monitoring_submissions::id.eq(submission.id),
            monitoring_submissions::region_id.eq(submission.region_id),
            monitoring_submissions::organization_id.eq(submission.organization_id),
            monitoring_submissions::monitoring_id.eq(submission.monitoring_id),
            monitoring_submissions::role.eq(submission.role.as_str()),
            monitoring_submissions::text.eq(&submission.text),
            monitoring_submissions::recorded_by.eq(ctx.actor.account_id),
            monitoring_submissions::submitted_on.eq(submission.submitted_on),
            monitoring_submissions::version.eq(submission.version),
            monitoring_submissions::created_at.eq(ctx.now),
            monitoring_submissions::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what is submitted now, and the next version.
pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, submission: &MonitoringSubmission) -> Result<()> {
    diesel::update(table.find(submission.id))
        .set((
            monitoring_submissions::text.eq(&submission.text),
            monitoring_submissions::recorded_by.eq(ctx.actor.account_id),
            monitoring_submissions::version.eq(submission.version),
            monitoring_submissions::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
