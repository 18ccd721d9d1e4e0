//! Queries on monitorings.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Closing, Monitoring, MonitoringFinding};
use crate::authz::{Permit, Role, Scope};
use crate::db::schema::monitoring_findings;
use crate::db::schema::monitorings::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::monitoring::held::held_filter;
use crate::monitoring::held::model::{HeldLevel, Holder, YearSpan};
use crate::regulations::profile::{MonitoringSubject, PeriodKind};

#[derive(Queryable, Selectable)]
#[diesel(table_name = monitorings)]
struct MonitoringRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    regulation_id: Uuid,
    level: String,
    subject: String,
    period: String,
    year: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    submitters: Vec<Option<String>>,
    conclusion: Option<String>,
    closed_on: Option<NaiveDate>,
    version: i64,
}

impl TryFrom<MonitoringRow> for Monitoring {
    type Error = Error;

    fn try_from(row: MonitoringRow) -> Result<Self> {
        let wrong = || Error::internal("unknown words of a monitoring in the database");
        let role = |name: String| Role::ALL.into_iter().find(|role| role.as_str() == name).ok_or_else(wrong);
        let closing = row.conclusion.zip(row.closed_on);
        Ok(Self {
            id: row.id,
            holder: Holder {
                region_id: row.region_id,
                municipality_id: row.municipality_id,
                organization_id: row.organization_id,
                level: HeldLevel::parse(&row.level).ok_or_else(wrong)?,
            },
            regulation_id: row.regulation_id,
            subject: MonitoringSubject::parse(&row.subject).ok_or_else(wrong)?,
            span: YearSpan {
                period: PeriodKind::parse(&row.period).ok_or_else(wrong)?,
                year: row.year,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
            },
            submitters: row.submitters.into_iter().flatten().map(role).collect::<Result<_>>()?,
            closing: closing.map(|(conclusion, closed_on)| Closing { conclusion, closed_on }),
            version: row.version,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = monitoring_findings)]
struct FindingRow {
    position: i32,
    about_id: Option<Uuid>,
    text: String,
    recorded_on: NaiveDate,
}

/// Which monitorings a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this subject.
    pub subject: Option<MonitoringSubject>,
    /// Only of the year that begins in this calendar year.
    pub year: Option<i32>,
    /// Only those that this organization holds.
    pub organization_id: Option<Uuid>,
}

/// One monitoring; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Monitoring> {
    let row: MonitoringRow = table.find(id).select(MonitoringRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// Holds a monitoring until the end of the transaction, to change it.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Monitoring> {
    let query = table.find(id).select(MonitoringRow::as_select()).for_no_key_update();
    let row: MonitoringRow = query.first(&mut &*conn).await?;
    row.try_into()
}

/// Holds a monitoring until the end of the transaction as it is, beside others who do.
pub(super) async fn hold(conn: &Conn, id: Uuid) -> Result<Monitoring> {
    let query = table.find(id).select(MonitoringRow::as_select()).for_share();
    let row: MonitoringRow = query.first(&mut &*conn).await?;
    row.try_into()
}

/// What a monitoring found, in the order in which it was recorded.
pub(super) async fn findings(conn: &Conn, id: Uuid) -> Result<Vec<MonitoringFinding>> {
    let rows: Vec<FindingRow> = monitoring_findings::table
        .filter(monitoring_findings::monitoring_id.eq(id))
        .order(monitoring_findings::position)
        .select(FindingRow::as_select())
        .load(&mut &*conn)
        .await?;
    let finding = |row: FindingRow| MonitoringFinding {
        position: row.position,
        about_id: row.about_id,
        text: row.text,
        recorded_on: row.recorded_on,
    };
    Ok(rows.into_iter().map(finding).collect())
}

/// One page, the newest year first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Monitoring>> {
    let mut query = table
        .select(MonitoringRow::as_select())
        .filter(held_filter!(monitorings, scope))
        .order((monitorings::starts_on.desc(), monitorings::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(subject) = filter.subject {
        query = query.filter(monitorings::subject.eq(subject.as_str()));
    }
    if let Some(year) = filter.year {
        query = query.filter(monitorings::year.eq(year));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(monitorings::organization_id.eq(id));
    }
    if let Some((day, id)) = after {
        let same = monitorings::starts_on.eq(day).and(monitorings::id.lt(id));
        query = query.filter(monitorings::starts_on.lt(day).or(same));
    }
    let rows: Vec<MonitoringRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Monitoring::try_from).collect()
}

/// Adds a monitoring.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, monitoring: &Monitoring) -> Result<()> {
    let (holder, span) = (&monitoring.holder, &monitoring.span);
    let submitters: Vec<Option<String>> =
        monitoring.submitters.iter().map(|role| Some(role.as_str().to_owned())).collect();
    diesel::insert_into(table)
        .values((
            monitorings::id.eq(monitoring.id),
            monitorings::region_id.eq(holder.region_id),
            monitorings::organization_id.eq(holder.organization_id),
            monitorings::regulation_id.eq(monitoring.regulation_id),
            monitorings::level.eq(holder.level.as_str()),
            monitorings::subject.eq(monitoring.subject.as_str()),
            monitorings::period.eq(span.period.as_str()),
            monitorings::year.eq(span.year),
            monitorings::starts_on.eq(span.starts_on),
            monitorings::ends_on.eq(span.ends_on),
            monitorings::submitters.eq(submitters),
            monitorings::version.eq(monitoring.version),
            monitorings::created_at.eq(ctx.now),
            monitorings::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Adds a finding, and writes the next version.
pub(super) async fn add_finding(
    ctx: &Ctx<'_>,
    permit: &Permit,
    monitoring: &Monitoring,
    finding: &MonitoringFinding,
) -> Result<()> {
    save(ctx, permit, monitoring).await?;
    diesel::insert_into(monitoring_findings::table)
        .values((
            monitoring_findings::monitoring_id.eq(monitoring.id),
            monitoring_findings::position.eq(finding.position),
            monitoring_findings::region_id.eq(monitoring.holder.region_id),
            monitoring_findings::about_id.eq(finding.about_id),
            monitoring_findings::text.eq(&finding.text),
            monitoring_findings::recorded_on.eq(finding.recorded_on),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes how it ended, if it did, and the next version.
pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, monitoring: &Monitoring) -> Result<()> {
    let closing = monitoring.closing.as_ref();
    diesel::update(table.find(monitoring.id))
        .set((
            monitorings::conclusion.eq(closing.map(|closing| closing.conclusion.as_str())),
            monitorings::closed_on.eq(closing.map(|closing| closing.closed_on)),
            monitorings::version.eq(monitoring.version),
            monitorings::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
