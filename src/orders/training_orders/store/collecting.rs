//! Adding orders of the level below up: in the database, however many there are.

use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::Ctx;
use crate::error::Result;
use crate::orders::training_orders::model::TrainingOrder;
use crate::regulations::profile::OrderLevel;

/// Submitted orders of the level below, of the same period, that no order has taken; held until the end of the
/// transaction. Whoever submits meanwhile is taken next time.
const TAKE: &str = "\
    with waiting as materialized ( \
        select id from training_orders \
        where region_id = $1 and starts_on = $2 and ends_on = $3 and state = 'submitted' and taken_by_id is null \
          and (case when $4 then level = 'municipality' or (level = 'school' and municipality_id is null) \
                    else level = 'school' and municipality_id = $5 end) \
        order by id for no key update) \
    update training_orders o set taken_by_id = $6, version = o.version + 1, updated_at = $7 \
    from waiting w where o.id = w.id \
    returning o.id";

/// What lines are added up by: the program and its module, or the topic in words, and the direction.
const KEY: &str = "coalesce(l.program_id::text, '') || '/' || coalesce(l.module_id::text, '') || '/' || \
    coalesce(l.direction_id::text, '') || '/' || case when l.program_id is null then lower(l.topic) else '' end";

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Takes what waits below; returns the orders that were taken.
pub(in crate::orders::training_orders) async fn take(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    order: &TrainingOrder,
) -> Result<Vec<Uuid>> {
    let rows: Vec<Id> = diesel::sql_query(TAKE)
        .bind::<SqlUuid, _>(order.region_id)
        .bind::<Date, _>(order.period.starts_on)
        .bind::<Date, _>(order.period.ends_on)
        .bind::<Bool, _>(order.level == OrderLevel::Region)
        .bind::<Nullable<SqlUuid>, _>(order.municipality_id)
        .bind::<SqlUuid, _>(order.id)
        .bind::<Timestamptz, _>(ctx.now)
        .load(&mut &*ctx.conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// How many lines the taken orders add up to.
pub(in crate::orders::training_orders) async fn groups(ctx: &Ctx<'_>, order_id: Uuid) -> Result<usize> {
    let sql = format!(
        "select count(distinct {KEY}) as count from training_order_lines l \
         join training_orders o on o.id = l.order_id where o.taken_by_id = $1"
    );
    let row: Count = diesel::sql_query(sql).bind::<SqlUuid, _>(order_id).get_result(&mut &*ctx.conn).await?;
    Ok(usize::try_from(row.count).unwrap_or_default())
}

/// Adds the taken orders up anew, one line for each of the ids; each line below is told the line it went into (P3-27).
pub(in crate::orders::training_orders) async fn add_up(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    order: &TrainingOrder,
    ids: &[Uuid],
) -> Result<()> {
    forget(ctx, order.id).await?;
    let sql = format!(
        "with below as materialized ( \
            select l.id, {KEY} as key, l.program_id, l.module_id, l.direction_id, l.topic, l.people, l.half_hours, \
                   l.amount_kopecks \
            from training_order_lines l join training_orders o on o.id = l.order_id where o.taken_by_id = $1), \
        added as ( \
            select key, row_number() over (order by min(topic), key) as n, min(topic) as topic, \
                   (array_agg(program_id))[1] as program_id, (array_agg(module_id))[1] as module_id, \
                   (array_agg(direction_id))[1] as direction_id, sum(people)::integer as people, \
                   sum(half_hours)::integer as half_hours, sum(amount_kopecks)::bigint as amount_kopecks \
            from below group by key), \
        named as ( \
            select a.*, i.id from added a join unnest($2) with ordinality as i(id, n) on i.n = a.n), \
        written as ( \
            insert into training_order_lines (id, region_id, order_id, position, origin, topic, program_id, module_id, \
                                              direction_id, people, half_hours, amount_kopecks, created_at) \
            select id, $3, $1, n + (select coalesce(max(position), 0) from training_order_lines where order_id = $1), \
                   $4, topic, program_id, module_id, direction_id, people, half_hours, amount_kopecks, $5 \
            from named returning id) \
        update training_order_lines l set upper_line_id = n.id \
        from below b join named n on n.key = b.key where l.id = b.id"
    );
    diesel::sql_query(sql)
        .bind::<SqlUuid, _>(order.id)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<SqlUuid, _>(order.region_id)
        .bind::<Text, _>("orders")
        .bind::<Timestamptz, _>(ctx.now)
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Gives the orders below back: they wait again.
pub(in crate::orders::training_orders) async fn give_back(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    order_id: Uuid,
) -> Result<()> {
    forget(ctx, order_id).await?;
    diesel::sql_query(
        "update training_orders set taken_by_id = null, version = version + 1, updated_at = $2 where taken_by_id = $1",
    )
    .bind::<SqlUuid, _>(order_id)
    .bind::<Timestamptz, _>(ctx.now)
    .execute(&mut &*ctx.conn)
    .await?;
    Ok(())
}

/// Removes the lines that were added up.
async fn forget(ctx: &Ctx<'_>, order_id: Uuid) -> Result<()> {
    diesel::sql_query(
        "update training_order_lines l set upper_line_id = null \
         from training_order_lines u where l.upper_line_id = u.id and u.order_id = $1",
    )
    .bind::<SqlUuid, _>(order_id)
    .execute(&mut &*ctx.conn)
    .await?;
    diesel::sql_query("delete from training_order_lines where order_id = $1 and origin = 'orders'")
        .bind::<SqlUuid, _>(order_id)
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
