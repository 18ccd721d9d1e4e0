//! Queries on training orders.

pub(super) mod assignments;
pub(super) mod collecting;
pub(super) mod lines;
pub(super) mod sources;
pub(super) mod tracing;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{OrderPeriod, OrderReturn, OrderState, TrainingOrder};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::training_orders::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::regulations::profile::{OrderLevel, PeriodKind};

#[derive(Queryable, Selectable)]
#[diesel(table_name = training_orders)]
struct OrderRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    regulation_id: Uuid,
    level: String,
    period: String,
    year: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    state: String,
    rework_reason: Option<String>,
    rework_due_on: Option<NaiveDate>,
    decision_reason: Option<String>,
    submitted_at: Option<DateTime<Utc>>,
    placed_at: Option<DateTime<Utc>>,
    taken_by_id: Option<Uuid>,
    created_by: Uuid,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<OrderRow> for TrainingOrder {
    type Error = Error;

    fn try_from(row: OrderRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} of an order in the database"));
        let rework = row.rework_reason.zip(row.rework_due_on);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            regulation_id: row.regulation_id,
            level: OrderLevel::parse(&row.level).ok_or_else(|| unknown("level"))?,
            period: OrderPeriod {
                kind: PeriodKind::parse(&row.period).ok_or_else(|| unknown("period"))?,
                year: row.year,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
            },
            state: OrderState::parse(&row.state).ok_or_else(|| unknown("state"))?,
            rework: rework.map(|(reason, due_on)| OrderReturn { reason, due_on }),
            reason: row.decision_reason,
            submitted_at: row.submitted_at,
            placed_at: row.placed_at,
            taken_by_id: row.taken_by_id,
            created_by: row.created_by,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which orders a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this level.
    pub level: Option<OrderLevel>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only of this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only whose period begins in this year.
    pub year: Option<i32>,
    /// Only in this state.
    pub state: Option<OrderState>,
    /// Only those taken into this order.
    pub taken_by_id: Option<Uuid>,
}

/// One order; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<TrainingOrder> {
    let row: OrderRow = table.find(id).select(OrderRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// Holds an order until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<TrainingOrder> {
    let query = table.find(id).select(OrderRow::as_select()).for_no_key_update();
    let row: OrderRow = query.first(&mut &*conn).await?;
    row.try_into()
}

/// One page, those begun last first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<TrainingOrder>> {
    let mut query = table
        .select(OrderRow::as_select())
        .filter(within(scope))
        .order((training_orders::created_at.desc(), training_orders::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(level) = filter.level {
        query = query.filter(training_orders::level.eq(level.as_str()));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(training_orders::organization_id.eq(id));
    }
    if let Some(id) = filter.municipality_id {
        query = query.filter(training_orders::municipality_id.assume_not_null().eq(id));
    }
    if let Some(year) = filter.year {
        query = query.filter(training_orders::year.eq(year));
    }
    if let Some(state) = filter.state {
        query = query.filter(training_orders::state.eq(state.as_str()));
    }
    if let Some(id) = filter.taken_by_id {
        query = query.filter(training_orders::taken_by_id.assume_not_null().eq(id));
    }
    if let Some((at, id)) = after {
        let same = training_orders::created_at.eq(at).and(training_orders::id.lt(id));
        query = query.filter(training_orders::created_at.lt(at).or(same));
    }
    let rows: Vec<OrderRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(TrainingOrder::try_from).collect()
}

type Circle = Box<dyn BoxableExpression<table, Pg, SqlType = Bool>>;

fn within(scope: &Scope) -> Circle {
    let circles = scope.parts().iter().copied().map(circle);
    circles.reduce(|one, other| -> Circle { Box::new(one.or(other)) }).unwrap_or_else(nothing)
}

fn circle(part: ScopePart) -> Circle {
    match part {
        ScopePart::Everything => Box::new(training_orders::region_id.is_not_null()),
        ScopePart::Region(id) => Box::new(training_orders::region_id.eq(id)),
        ScopePart::Municipality(id) => Box::new(training_orders::municipality_id.assume_not_null().eq(id)),
        ScopePart::Organization(id) => Box::new(training_orders::organization_id.eq(id)),
        // An order is about nobody alone.
        ScopePart::Person(_) | ScopePart::Assigned(_) | ScopePart::Above { .. } => nothing(),
    }
}

fn nothing() -> Circle {
    Box::new(training_orders::region_id.is_null())
}

/// Adds an order.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, order: &TrainingOrder) -> Result<()> {
    diesel::insert_into(table)
        .values((
            training_orders::id.eq(order.id),
            training_orders::region_id.eq(order.region_id),
            training_orders::organization_id.eq(order.organization_id),
            training_orders::regulation_id.eq(order.regulation_id),
            training_orders::level.eq(order.level.as_str()),
            training_orders::period.eq(order.period.kind.as_str()),
            training_orders::year.eq(order.period.year),
            training_orders::starts_on.eq(order.period.starts_on),
            training_orders::ends_on.eq(order.period.ends_on),
            training_orders::state.eq(order.state.as_str()),
            training_orders::created_by.eq(order.created_by),
            training_orders::version.eq(order.version),
            training_orders::created_at.eq(order.created_at),
            training_orders::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what changed and the next version. No permit: the end of an approval changes orders too. The caller holds it.
pub(super) async fn save(ctx: &Ctx<'_>, order: &TrainingOrder) -> Result<()> {
    let rework = order.rework.as_ref();
    let row = table.find(order.id).filter(training_orders::version.eq(order.version - 1));
    let changed = diesel::update(row)
        .set((
            training_orders::state.eq(order.state.as_str()),
            training_orders::rework_reason.eq(rework.map(|rework| rework.reason.as_str())),
            training_orders::rework_due_on.eq(rework.map(|rework| rework.due_on)),
            training_orders::decision_reason.eq(&order.reason),
            training_orders::submitted_at.eq(order.submitted_at),
            training_orders::placed_at.eq(order.placed_at),
            training_orders::version.eq(order.version),
            training_orders::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("an order was saved that nobody held")) }
}
