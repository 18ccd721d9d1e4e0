//! Queries on lines of orders and where they are placed.

use std::collections::HashMap;

use diesel::QueryableByName;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::schema::training_order_lines::{self, table};
use crate::db::schema::training_order_placements;
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::orders::training_orders::model::{LineOrigin, OrderLine, OrderSums, Placement};

#[derive(Queryable, Selectable)]
#[diesel(table_name = training_order_lines)]
struct LineRow {
    id: Uuid,
    region_id: Uuid,
    order_id: Uuid,
    position: i32,
    origin: String,
    ground: Option<String>,
    topic: String,
    person_id: Option<Uuid>,
    need_id: Option<Uuid>,
    activity_id: Option<Uuid>,
    program_id: Option<Uuid>,
    module_id: Option<Uuid>,
    direction_id: Option<Uuid>,
    assignment_id: Option<Uuid>,
    people: i32,
    half_hours: i32,
    amount_kopecks: i64,
    justification: Option<String>,
    upper_line_id: Option<Uuid>,
}

impl TryFrom<LineRow> for OrderLine {
    type Error = Error;

    fn try_from(row: LineRow) -> Result<Self> {
        let origin = LineOrigin::parse(&row.origin);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            order_id: row.order_id,
            position: row.position,
            origin: origin.ok_or_else(|| Error::internal("unknown origin of a line in the database"))?,
            ground: row.ground,
            topic: row.topic,
            person_id: row.person_id,
            need_id: row.need_id,
            activity_id: row.activity_id,
            program_id: row.program_id,
            module_id: row.module_id,
            direction_id: row.direction_id,
            assignment_id: row.assignment_id,
            people: row.people,
            half_hours: row.half_hours,
            amount_kopecks: row.amount_kopecks,
            justification: row.justification,
            upper_line_id: row.upper_line_id,
        })
    }
}

/// One line; 404 when there is none.
pub(in crate::orders::training_orders) async fn find(conn: &Conn, id: Uuid) -> Result<OrderLine> {
    let row: LineRow = table.find(id).select(LineRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// One page of the lines of an order, in their order.
pub(in crate::orders::training_orders) async fn of_order(
    conn: &Conn,
    order_id: Uuid,
    fetch: i64,
    after: Option<i32>,
) -> Result<Vec<OrderLine>> {
    let mut query = table
        .filter(training_order_lines::order_id.eq(order_id))
        .select(LineRow::as_select())
        .order(training_order_lines::position)
        .limit(fetch)
        .into_boxed();
    if let Some(position) = after {
        query = query.filter(training_order_lines::position.gt(position));
    }
    let rows: Vec<LineRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(OrderLine::try_from).collect()
}

/// The next free position of an order that is held.
pub(in crate::orders::training_orders) async fn next_position(conn: &Conn, order_id: Uuid) -> Result<i32> {
    let last: Option<i32> = table
        .filter(training_order_lines::order_id.eq(order_id))
        .select(diesel::dsl::max(training_order_lines::position))
        .first(&mut &*conn)
        .await?;
    Ok(last.unwrap_or_default() + 1)
}

/// Adds a line.
pub(in crate::orders::training_orders) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    line: &OrderLine,
) -> Result<()> {
    diesel::insert_into(table)
        .values((
            training_order_lines::id.eq(line.id),
            training_order_lines::region_id.eq(line.region_id),
            training_order_lines::order_id.eq(line.order_id),
            training_order_lines::position.eq(line.position),
            training_order_lines::origin.eq(line.origin.as_str()),
            training_order_lines::ground.eq(&line.ground),
            training_order_lines::topic.eq(&line.topic),
            training_order_lines::person_id.eq(line.person_id),
            training_order_lines::need_id.eq(line.need_id),
            training_order_lines::activity_id.eq(line.activity_id),
            training_order_lines::program_id.eq(line.program_id),
            training_order_lines::module_id.eq(line.module_id),
            training_order_lines::direction_id.eq(line.direction_id),
            training_order_lines::people.eq(line.people),
            training_order_lines::half_hours.eq(line.half_hours),
            training_order_lines::amount_kopecks.eq(line.amount_kopecks),
            training_order_lines::justification.eq(&line.justification),
            training_order_lines::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Removes a line that nothing was added up into.
pub(in crate::orders::training_orders) async fn remove(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    line_id: Uuid,
) -> Result<()> {
    diesel::delete(table.find(line_id)).execute(&mut &*ctx.conn).await?;
    Ok(())
}

#[derive(QueryableByName)]
struct SumsRow {
    #[diesel(sql_type = SqlUuid)]
    order_id: Uuid,
    #[diesel(sql_type = BigInt)]
    lines: i64,
    #[diesel(sql_type = BigInt)]
    people: i64,
    #[diesel(sql_type = BigInt)]
    half_hours: i64,
    #[diesel(sql_type = BigInt)]
    amount_kopecks: i64,
    #[diesel(sql_type = BigInt)]
    placed: i64,
}

/// What the lines of orders add up to.
pub(in crate::orders::training_orders) async fn sums(
    conn: &Conn,
    order_ids: &[Uuid],
) -> Result<HashMap<Uuid, OrderSums>> {
    let sql = "select l.order_id, count(*) as lines, sum(l.people)::bigint as people, \
                      sum(l.half_hours)::bigint as half_hours, sum(l.amount_kopecks)::bigint as amount_kopecks, \
                      coalesce((select sum(p.people) from training_order_placements p \
                                where p.order_id = l.order_id), 0)::bigint as placed \
               from training_order_lines l where l.order_id = any($1) group by l.order_id";
    let rows: Vec<SumsRow> =
        diesel::sql_query(sql).bind::<Array<SqlUuid>, _>(order_ids).load(&mut &*conn).await?;
    let sums = |row: SumsRow| {
        let sums = OrderSums {
            lines: row.lines,
            people: row.people,
            half_hours: row.half_hours,
            amount_kopecks: row.amount_kopecks,
            placed: row.placed,
        };
        (row.order_id, sums)
    };
    Ok(rows.into_iter().map(sums).collect())
}

/// Where lines are placed.
pub(in crate::orders::training_orders) async fn placements(
    conn: &Conn,
    line_ids: &[Uuid],
) -> Result<Vec<Placement>> {
    let rows: Vec<(Uuid, Uuid, i32)> = training_order_placements::table
        .filter(training_order_placements::line_id.eq_any(line_ids))
        .order((training_order_placements::line_id, training_order_placements::offering_id))
        .select((
            training_order_placements::line_id,
            training_order_placements::offering_id,
            training_order_placements::people,
        ))
        .load(&mut &*conn)
        .await?;
    let placement = |(line_id, offering_id, people)| Placement { line_id, offering_id, people };
    Ok(rows.into_iter().map(placement).collect())
}

/// Says how many people of a line an offering takes; nobody any more at 0.
pub(in crate::orders::training_orders) async fn place(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    line: &OrderLine,
    placement: Placement,
) -> Result<()> {
    let key = (placement.line_id, placement.offering_id);
    if placement.people == 0 {
        diesel::delete(training_order_placements::table.find(key)).execute(&mut &*ctx.conn).await?;
        return Ok(());
    }
    diesel::insert_into(training_order_placements::table)
        .values((
            training_order_placements::line_id.eq(placement.line_id),
            training_order_placements::offering_id.eq(placement.offering_id),
            training_order_placements::region_id.eq(line.region_id),
            training_order_placements::order_id.eq(line.order_id),
            training_order_placements::people.eq(placement.people),
            training_order_placements::created_at.eq(ctx.now),
        ))
        .on_conflict((training_order_placements::line_id, training_order_placements::offering_id))
        .do_update()
        .set(training_order_placements::people.eq(placement.people))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Nothing of an order is placed any more.
pub(in crate::orders::training_orders) async fn displace(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    order_id: Uuid,
) -> Result<()> {
    let placed = training_order_placements::order_id.eq(order_id);
    diesel::delete(training_order_placements::table.filter(placed)).execute(&mut &*ctx.conn).await?;
    Ok(())
}
