//! Queries on surveys of the quality of training.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{QualitySurvey, SurveyData};
use crate::authz::{Permit, Scope};
use crate::db::schema::quality_surveys::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::Result;
use crate::support::following::kept_filter;

#[derive(Queryable, Selectable)]
#[diesel(table_name = quality_surveys)]
struct SurveyRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    held_by_id: Uuid,
    regulation_id: Uuid,
    offering_id: Uuid,
    surveyed_on: NaiveDate,
    description: String,
    respondents: i32,
    satisfied_percent: Option<i32>,
    results: String,
    conclusion: String,
    version: i64,
}

impl From<SurveyRow> for QualitySurvey {
    fn from(row: SurveyRow) -> Self {
        Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            held_by_id: row.held_by_id,
            regulation_id: row.regulation_id,
            offering_id: row.offering_id,
            data: SurveyData {
                surveyed_on: row.surveyed_on,
                description: row.description,
                respondents: row.respondents,
                satisfied_percent: row.satisfied_percent,
                results: row.results,
                conclusion: row.conclusion,
            },
            version: row.version,
        }
    }
}

/// Which surveys a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this offering.
    pub offering_id: Option<Uuid>,
    /// Only of offerings of this organiser.
    pub organization_id: Option<Uuid>,
    /// Only those that this organization held.
    pub held_by_id: Option<Uuid>,
}

/// One survey; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<QualitySurvey> {
    let row: SurveyRow = table.find(id).select(SurveyRow::as_select()).first(&mut &*conn).await?;
    Ok(row.into())
}

/// One page, the newest first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<QualitySurvey>> {
    let mut query = table
        .select(SurveyRow::as_select())
        .filter(kept_filter!(quality_surveys, scope))
        .order((quality_surveys::surveyed_on.desc(), quality_surveys::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.offering_id {
        query = query.filter(quality_surveys::offering_id.eq(id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(quality_surveys::organization_id.eq(id));
    }
    if let Some(id) = filter.held_by_id {
        query = query.filter(quality_surveys::held_by_id.eq(id));
    }
    if let Some((day, id)) = after {
        let same = quality_surveys::surveyed_on.eq(day).and(quality_surveys::id.lt(id));
        query = query.filter(quality_surveys::surveyed_on.lt(day).or(same));
    }
    let rows: Vec<SurveyRow> = query.load(&mut &*conn).await?;
    Ok(rows.into_iter().map(QualitySurvey::from).collect())
}

/// Adds a survey.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, survey: &QualitySurvey) -> Result<()> {
    let data = &survey.data;
    diesel::insert_into(table)
        .values((
            quality_surveys::id.eq(survey.id),
            quality_surveys::region_id.eq(survey.region_id),
            quality_surveys::organization_id.eq(survey.organization_id),
            quality_surveys::held_by_id.eq(survey.held_by_id),
            quality_surveys::regulation_id.eq(survey.regulation_id),
            quality_surveys::offering_id.eq(survey.offering_id),
            quality_surveys::surveyed_on.eq(data.surveyed_on),
            quality_surveys::description.eq(&data.description),
            quality_surveys::respondents.eq(data.respondents),
            quality_surveys::satisfied_percent.eq(data.satisfied_percent),
            quality_surveys::results.eq(&data.results),
            quality_surveys::conclusion.eq(&data.conclusion),
            quality_surveys::recorded_by.eq(ctx.actor.account_id),
            quality_surveys::version.eq(survey.version),
            quality_surveys::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
