//! Queries on the resources of plans.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Allocation, Estimate, Given, PlanResource, ResourceData};
use super::vocabulary::PlanResourceOwner;
use crate::authz::Permit;
use crate::db::schema::plan_resource_allocations as allocations;
use crate::db::schema::plan_resources::{self, table};
use crate::db::schema::{plan_lines, route_stages, routes};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::regulations::profile::PlanResourceKind;

#[derive(Queryable, Selectable)]
#[diesel(table_name = plan_resources)]
struct ResourceRow {
    id: Uuid,
    plan_id: Uuid,
    kind: String,
    owner: String,
    title: String,
    unit: String,
    needed: i64,
    available: i64,
    forecast_on: NaiveDate,
    note: Option<String>,
    version: i64,
}

impl TryFrom<ResourceRow> for PlanResource {
    type Error = Error;

    fn try_from(row: ResourceRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} of a resource in the database"));
        let estimate =
            Estimate { needed: row.needed, available: row.available, forecast_on: row.forecast_on };
        let data = ResourceData {
            kind: PlanResourceKind::parse(&row.kind).ok_or_else(|| unknown("kind"))?,
            owner: PlanResourceOwner::parse(&row.owner).ok_or_else(|| unknown("owner"))?,
            title: row.title,
            unit: row.unit,
            estimate,
            note: row.note,
        };
        Ok(Self { id: row.id, plan_id: row.plan_id, data, version: row.version })
    }
}

/// Which resources a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this kind.
    pub kind: Option<PlanResourceKind>,
    /// Only of this side.
    pub owner: Option<PlanResourceOwner>,
}

/// One resource; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<PlanResource> {
    let row: ResourceRow = table.find(id).select(ResourceRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// Holds a resource until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<PlanResource> {
    let query = table.find(id).select(ResourceRow::as_select()).for_no_key_update();
    let row: ResourceRow = query.first(&mut &*conn).await?;
    row.try_into()
}

/// One page of the resources of a plan, those recorded first first; all of them without a number to fetch.
pub(super) async fn list(
    conn: &Conn,
    plan_id: Uuid,
    filter: Filter,
    fetch: Option<i64>,
    after: Option<Uuid>,
) -> Result<Vec<PlanResource>> {
    let mut query = table
        .filter(plan_resources::plan_id.eq(plan_id))
        .order(plan_resources::id)
        .select(ResourceRow::as_select())
        .into_boxed();
    if let Some(fetch) = fetch {
        query = query.limit(fetch);
    }
    if let Some(kind) = filter.kind {
        query = query.filter(plan_resources::kind.eq(kind.as_str()));
    }
    if let Some(owner) = filter.owner {
        query = query.filter(plan_resources::owner.eq(owner.as_str()));
    }
    if let Some(id) = after {
        query = query.filter(plan_resources::id.gt(id));
    }
    let rows: Vec<ResourceRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(PlanResource::try_from).collect()
}

/// What of these resources goes to routes.
pub(super) async fn given(conn: &Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, Given>> {
    let rows: Vec<(Uuid, i64, Option<NaiveDate>)> = allocations::table
        .filter(allocations::resource_id.eq_any(ids))
        .select((allocations::resource_id, allocations::amount, allocations::provided_on))
        .load(&mut &*conn)
        .await?;
    let mut given: HashMap<Uuid, Given> = HashMap::new();
    for (id, amount, provided_on) in rows {
        let sum = given.entry(id).or_default();
        sum.allocated += amount;
        sum.provided += provided_on.map_or(0, |_| amount);
    }
    Ok(given)
}

type AllocationRow =
    (Uuid, Uuid, Uuid, String, String, Uuid, Option<Uuid>, i64, NaiveDate, Option<NaiveDate>, i64);

fn allocation(row: AllocationRow) -> Allocation {
    let (id, resource_id, plan_id, title, unit, route_id, stage_id, amount, due_on, provided_on, version) =
        row;
    Allocation {
        id,
        resource_id,
        plan_id,
        title,
        unit,
        route_id,
        stage_id,
        amount,
        due_on,
        provided_on,
        version,
    }
}

macro_rules! allocation_columns {
    () => {
        (
            allocations::id,
            allocations::resource_id,
            plan_resources::plan_id,
            plan_resources::title,
            plan_resources::unit,
            allocations::route_id,
            allocations::stage_id,
            allocations::amount,
            allocations::due_on,
            allocations::provided_on,
            allocations::version,
        )
    };
}

/// What goes to routes, with its resource; 404 when there is none.
pub(super) async fn find_allocation(conn: &Conn, id: Uuid) -> Result<Allocation> {
    let query = allocations::table.inner_join(table).filter(allocations::id.eq(id));
    let row: AllocationRow = query.select(allocation_columns!()).first(&mut &*conn).await?;
    Ok(allocation(row))
}

/// One page of what of the resources of a plan goes to routes, by the day it is due; `late_on`: only what was not provided
/// by its day, as of that one.
pub(super) async fn list_allocations(
    conn: &Conn,
    plan_id: Uuid,
    (route_id, late_on): (Option<Uuid>, Option<NaiveDate>),
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Allocation>> {
    let mut query = allocations::table
        .inner_join(table)
        .filter(plan_resources::plan_id.eq(plan_id))
        .order((allocations::due_on, allocations::id))
        .select(allocation_columns!())
        .limit(fetch)
        .into_boxed();
    if let Some(id) = route_id {
        query = query.filter(allocations::route_id.eq(id));
    }
    if let Some(day) = late_on {
        let never = allocations::provided_on.is_null().and(allocations::due_on.le(day));
        let late = allocations::provided_on.assume_not_null().gt(allocations::due_on);
        query = query.filter(never.or(allocations::provided_on.is_not_null().and(late)));
    }
    if let Some((day, id)) = after {
        let same = allocations::due_on.eq(day).and(allocations::id.gt(id));
        query = query.filter(allocations::due_on.gt(day).or(same));
    }
    let rows: Vec<AllocationRow> = query.load(&mut &*conn).await?;
    Ok(rows.into_iter().map(allocation).collect())
}

/// The first day of a route that has a line in the plan; none when it has none.
pub(super) async fn route_start(conn: &Conn, plan_id: Uuid, route_id: Uuid) -> Result<Option<NaiveDate>> {
    let in_plan = plan_lines::table
        .filter(plan_lines::plan_id.eq(plan_id))
        .filter(plan_lines::route_id.is_not_null())
        .select(plan_lines::route_id.assume_not_null());
    let query = routes::table.filter(routes::id.eq(route_id)).filter(routes::id.eq_any(in_plan));
    Ok(query.select(routes::starts_on).first(&mut &*conn).await.optional()?)
}

/// The first day of a stage of that route; none when there is no such stage.
pub(super) async fn stage_start(conn: &Conn, route_id: Uuid, stage_id: Uuid) -> Result<Option<NaiveDate>> {
    let query = route_stages::table.find(stage_id).filter(route_stages::route_id.eq(route_id));
    Ok(query.select(route_stages::starts_on).first(&mut &*conn).await.optional()?)
}

/// Adds a resource.
pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    region_id: Uuid,
    resource: &PlanResource,
) -> Result<()> {
    let data = &resource.data;
    diesel::insert_into(table)
        .values((
            plan_resources::id.eq(resource.id),
            plan_resources::region_id.eq(region_id),
            plan_resources::plan_id.eq(resource.plan_id),
            plan_resources::kind.eq(data.kind.as_str()),
            plan_resources::owner.eq(data.owner.as_str()),
            plan_resources::title.eq(&data.title),
            plan_resources::unit.eq(&data.unit),
            plan_resources::needed.eq(data.estimate.needed),
            plan_resources::available.eq(data.estimate.available),
            plan_resources::forecast_on.eq(data.estimate.forecast_on),
            plan_resources::note.eq(&data.note),
            plan_resources::version.eq(resource.version),
            plan_resources::created_at.eq(ctx.now),
            plan_resources::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes the estimate and the next version. The caller holds the resource.
pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, resource: &PlanResource) -> Result<()> {
    let estimate = resource.data.estimate;
    diesel::update(table.find(resource.id))
        .set((
            plan_resources::needed.eq(estimate.needed),
            plan_resources::available.eq(estimate.available),
            plan_resources::forecast_on.eq(estimate.forecast_on),
            plan_resources::version.eq(resource.version),
            plan_resources::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Gives a part of a resource to a route.
pub(super) async fn insert_allocation(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    region_id: Uuid,
    allocation: &Allocation,
) -> Result<()> {
    diesel::insert_into(allocations::table)
        .values((
            allocations::id.eq(allocation.id),
            allocations::region_id.eq(region_id),
            allocations::resource_id.eq(allocation.resource_id),
            allocations::route_id.eq(allocation.route_id),
            allocations::stage_id.eq(allocation.stage_id),
            allocations::amount.eq(allocation.amount),
            allocations::due_on.eq(allocation.due_on),
            allocations::version.eq(allocation.version),
            allocations::created_at.eq(ctx.now),
            allocations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes that it was provided. The caller holds the resource.
pub(super) async fn provide(ctx: &Ctx<'_>, _permit: &Permit, allocation: &Allocation) -> Result<()> {
    diesel::update(allocations::table.find(allocation.id))
        .set((
            allocations::provided_on.eq(allocation.provided_on),
            allocations::version.eq(allocation.version),
            allocations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
