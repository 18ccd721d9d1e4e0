//! Queries on what pays for plans.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{FundingData, FundingLine};
use crate::authz::Permit;
use crate::db::schema::funding_lines::{self, table};
use crate::db::schema::{plan_lines, route_stages};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::planning::plans::model::Plan;
use crate::regulations::profile::FundingSource;

#[derive(Queryable, Selectable)]
#[diesel(table_name = funding_lines)]
struct LineRow {
    id: Uuid,
    route_id: Option<Uuid>,
    stage_id: Option<Uuid>,
    source: String,
    amount_kopecks: i64,
    note: Option<String>,
}

impl TryFrom<LineRow> for FundingLine {
    type Error = Error;

    fn try_from(row: LineRow) -> Result<Self> {
        let source = FundingSource::parse(&row.source);
        let data = FundingData {
            route_id: row.route_id,
            stage_id: row.stage_id,
            source: source.ok_or_else(|| Error::internal("unknown source of funding in the database"))?,
            amount_kopecks: row.amount_kopecks,
            note: row.note,
        };
        Ok(Self { id: row.id, data })
    }
}

/// Which lines a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// From this source alone.
    pub source: Option<FundingSource>,
    /// For this route alone.
    pub route_id: Option<Uuid>,
}

/// One page of the funding of a plan, what was recorded first first; all of it without a number to fetch.
pub(super) async fn list(
    conn: &Conn,
    plan_id: Uuid,
    filter: Filter,
    fetch: Option<i64>,
    after: Option<Uuid>,
) -> Result<Vec<FundingLine>> {
    let mut query = table
        .filter(funding_lines::plan_id.eq(plan_id))
        .order(funding_lines::id)
        .select(LineRow::as_select())
        .into_boxed();
    if let Some(fetch) = fetch {
        query = query.limit(fetch);
    }
    if let Some(source) = filter.source {
        query = query.filter(funding_lines::source.eq(source.as_str()));
    }
    if let Some(id) = filter.route_id {
        query = query.filter(funding_lines::route_id.assume_not_null().eq(id));
    }
    if let Some(id) = after {
        query = query.filter(funding_lines::id.gt(id));
    }
    let rows: Vec<LineRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(FundingLine::try_from).collect()
}

/// Whether the route has a line in the plan.
pub(super) async fn has_route(conn: &Conn, plan_id: Uuid, route_id: Uuid) -> Result<bool> {
    let query = plan_lines::table
        .filter(plan_lines::plan_id.eq(plan_id))
        .filter(plan_lines::route_id.assume_not_null().eq(route_id))
        .select(plan_lines::id);
    Ok(query.first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}

/// Whether it is a stage of the route.
pub(super) async fn has_stage(conn: &Conn, route_id: Uuid, stage_id: Uuid) -> Result<bool> {
    let query = route_stages::table.find(stage_id).filter(route_stages::route_id.eq(route_id));
    Ok(query.select(route_stages::id).first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}

/// Adds a line.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, plan: &Plan, line: &FundingLine) -> Result<()> {
    let data = &line.data;
    diesel::insert_into(table)
        .values((
            funding_lines::id.eq(line.id),
            funding_lines::region_id.eq(plan.region_id),
            funding_lines::plan_id.eq(plan.id),
            funding_lines::route_id.eq(data.route_id),
            funding_lines::stage_id.eq(data.stage_id),
            funding_lines::source.eq(data.source.as_str()),
            funding_lines::amount_kopecks.eq(data.amount_kopecks),
            funding_lines::note.eq(&data.note),
            funding_lines::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Takes a line out; whether there was one.
pub(super) async fn delete(ctx: &Ctx<'_>, _permit: &Permit, plan_id: Uuid, id: Uuid) -> Result<bool> {
    let row = table.find(id).filter(funding_lines::plan_id.eq(plan_id));
    Ok(diesel::delete(row).execute(&mut &*ctx.conn).await? == 1)
}
