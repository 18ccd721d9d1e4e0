//! Queries on reports by stages.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{ReportData, StageReport};
use super::vocabulary::StageReportState;
use crate::authz::Permit;
use crate::db::schema::stage_reports::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::learning_routes::model::Resolution;

#[derive(Queryable, Selectable)]
#[diesel(table_name = stage_reports)]
struct ReportRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    route_id: Uuid,
    stage_id: Uuid,
    form: String,
    text: String,
    results: String,
    state: String,
    submitted_on: NaiveDate,
    decided_by: Option<Uuid>,
    decided_on: Option<NaiveDate>,
    decision_note: Option<String>,
    return_due_on: Option<NaiveDate>,
    version: i64,
}

impl TryFrom<ReportRow> for StageReport {
    type Error = Error;

    fn try_from(row: ReportRow) -> Result<Self> {
        let (by, note, due_on) = (row.decided_by, row.decision_note, row.return_due_on);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            route_id: row.route_id,
            stage_id: row.stage_id,
            data: ReportData { form: row.form, text: row.text, results: row.results },
            state: StageReportState::parse(&row.state)
                .ok_or_else(|| Error::internal("unknown state of a report in the database"))?,
            submitted_on: row.submitted_on,
            resolution: row.decided_on.map(|on| Resolution { by, on, note, due_on }),
            version: row.version,
        })
    }
}

/// The reports of a route.
pub(super) async fn of_route(conn: &Conn, route_id: Uuid) -> Result<Vec<StageReport>> {
    let rows: Vec<ReportRow> = table
        .filter(stage_reports::route_id.eq(route_id))
        .select(ReportRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(StageReport::try_from).collect()
}

/// The report of a stage of that route.
pub(super) async fn of_stage(conn: &Conn, route_id: Uuid, stage_id: Uuid) -> Result<Option<StageReport>> {
    let row = table
        .filter(stage_reports::stage_id.eq(stage_id).and(stage_reports::route_id.eq(route_id)))
        .select(ReportRow::as_select())
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(StageReport::try_from).transpose()
}

/// Whether there is such a report of that route.
pub(super) async fn is_of_route(conn: &Conn, id: Uuid, route_id: Uuid) -> Result<bool> {
    let report = table.filter(stage_reports::id.eq(id).and(stage_reports::route_id.eq(route_id)));
    Ok(diesel::select(exists(report)).get_result(&mut &*conn).await?)
}

/// A report by id; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<StageReport> {
    table.find(id).select(ReportRow::as_select()).first(&mut &*conn).await?.try_into()
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, report: &StageReport) -> Result<()> {
    diesel::insert_into(table)
        .values((
            stage_reports::id.eq(report.id),
            stage_reports::region_id.eq(report.region_id),
            stage_reports::municipality_id.eq(report.municipality_id),
            stage_reports::organization_id.eq(report.organization_id),
            stage_reports::person_id.eq(report.person_id),
            stage_reports::route_id.eq(report.route_id),
            stage_reports::stage_id.eq(report.stage_id),
            stage_reports::form.eq(&report.data.form),
            stage_reports::text.eq(&report.data.text),
            stage_reports::results.eq(&report.data.results),
            stage_reports::state.eq(report.state.as_str()),
            stage_reports::submitted_on.eq(report.submitted_on),
            stage_reports::created_at.eq(ctx.now),
            stage_reports::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what changed; the route is held by the caller.
pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, report: &StageReport) -> Result<()> {
    let said = report.resolution.as_ref();
    diesel::update(table.find(report.id))
        .set((
            stage_reports::form.eq(&report.data.form),
            stage_reports::text.eq(&report.data.text),
            stage_reports::results.eq(&report.data.results),
            stage_reports::state.eq(report.state.as_str()),
            stage_reports::submitted_on.eq(report.submitted_on),
            stage_reports::decided_by.eq(said.and_then(|said| said.by)),
            stage_reports::decided_on.eq(said.map(|said| said.on)),
            stage_reports::decision_note.eq(said.and_then(|said| said.note.as_deref())),
            stage_reports::return_due_on.eq(said.and_then(|said| said.due_on)),
            stage_reports::version.eq(report.version),
            stage_reports::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
