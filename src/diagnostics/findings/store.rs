//! Queries on findings.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Finding, FindingData};
use super::vocabulary::OutcomeSource;
use crate::authz::{Permit, Scope};
use crate::db::schema::outcome_findings::{self, table};
use crate::db::{Conn, Ctx, place_filter};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = outcome_findings)]
struct FindingRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Option<Uuid>,
    recorded_by_id: Uuid,
    source: String,
    subject: String,
    text: String,
    period_from: NaiveDate,
    period_until: NaiveDate,
    low_quality_zone: bool,
    version: i64,
}

impl TryFrom<FindingRow> for Finding {
    type Error = Error;

    fn try_from(row: FindingRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            recorded_by_id: row.recorded_by_id,
            data: FindingData {
                source: OutcomeSource::parse(&row.source)
                    .ok_or_else(|| Error::internal("unknown source in the database"))?,
                subject: row.subject,
                text: row.text,
                period_from: row.period_from,
                period_until: row.period_until,
                low_quality_zone: row.low_quality_zone,
            },
            version: row.version,
        })
    }
}

/// Which findings a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only from this assessment.
    pub source: Option<OutcomeSource>,
    /// Only of this subject.
    pub subject: Option<String>,
    /// Only about this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only about this school.
    pub organization_id: Option<Uuid>,
    /// Only zones of low quality, or only the others.
    pub low_quality_zone: Option<bool>,
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Finding>> {
    let row = table.find(id).select(FindingRow::as_select()).first(&mut &*conn).await.optional()?;
    row.map(Finding::try_from).transpose()
}

/// The findings of these ids, in any order.
pub(super) async fn many(conn: &Conn, ids: &[Uuid]) -> Result<Vec<Finding>> {
    let rows: Vec<FindingRow> = table
        .filter(outcome_findings::id.eq_any(ids))
        .select(FindingRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Finding::try_from).collect()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<Finding>> {
    let row =
        table.find(id).select(FindingRow::as_select()).for_update().first(&mut &*conn).await.optional()?;
    row.map(Finding::try_from).transpose()
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Finding>> {
    let mut query = table
        .select(FindingRow::as_select())
        .filter(place_filter!(outcome_findings, scope))
        .order((outcome_findings::period_until.desc(), outcome_findings::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(source) = filter.source {
        query = query.filter(outcome_findings::source.eq(source.as_str()));
    }
    if let Some(subject) = &filter.subject {
        query = query.filter(outcome_findings::subject.eq(subject));
    }
    if let Some(id) = filter.municipality_id {
        query = query.filter(outcome_findings::municipality_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(outcome_findings::organization_id.assume_not_null().eq(id));
    }
    if let Some(low) = filter.low_quality_zone {
        query = query.filter(outcome_findings::low_quality_zone.eq(low));
    }
    if let Some((day, id)) = after {
        let same = outcome_findings::period_until.eq(day).and(outcome_findings::id.lt(id));
        query = query.filter(outcome_findings::period_until.lt(day).or(same));
    }
    let rows: Vec<FindingRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Finding::try_from).collect()
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, finding: &Finding) -> Result<()> {
    let data = &finding.data;
    diesel::insert_into(table)
        .values((
            outcome_findings::id.eq(finding.id),
            outcome_findings::region_id.eq(finding.region_id),
            outcome_findings::municipality_id.eq(finding.municipality_id),
            outcome_findings::organization_id.eq(finding.organization_id),
            outcome_findings::recorded_by_id.eq(finding.recorded_by_id),
            outcome_findings::source.eq(data.source.as_str()),
            outcome_findings::subject.eq(&data.subject),
            outcome_findings::text.eq(&data.text),
            outcome_findings::period_from.eq(data.period_from),
            outcome_findings::period_until.eq(data.period_until),
            outcome_findings::low_quality_zone.eq(data.low_quality_zone),
            outcome_findings::created_at.eq(ctx.now),
            outcome_findings::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, finding: &Finding) -> Result<()> {
    let data = &finding.data;
    diesel::update(table.find(finding.id))
        .set((
            outcome_findings::source.eq(data.source.as_str()),
            outcome_findings::subject.eq(&data.subject),
            outcome_findings::text.eq(&data.text),
            outcome_findings::period_from.eq(data.period_from),
            outcome_findings::period_until.eq(data.period_until),
            outcome_findings::low_quality_zone.eq(data.low_quality_zone),
            outcome_findings::version.eq(finding.version),
            outcome_findings::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
