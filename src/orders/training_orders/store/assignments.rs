//! Lines of the operator's order beside the state assignment.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::Ctx;
use crate::error::Result;
use crate::orders::training_orders::model::{AssignmentLoad, TrainingOrder};

/// The line of the assignment that names the program itself comes before one for its direction.
const MATCH: &str = "\
    update training_order_lines l set assignment_id = ( \
        select a.id from state_assignments a \
        where a.organization_id = $2 and a.year = $3 \
          and (a.program_id = l.program_id or a.direction_id = l.direction_id \
               or exists (select from direction_programs d \
                          where d.direction_id = a.direction_id and d.program_id = l.program_id)) \
        order by a.program_id is null, a.id limit 1) \
    where l.order_id = $1";

#[derive(QueryableByName)]
struct LoadRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = BigInt)]
    planned_people: i64,
    #[diesel(sql_type = BigInt)]
    planned_hours: i64,
    #[diesel(sql_type = BigInt)]
    people: i64,
    #[diesel(sql_type = BigInt)]
    half_hours: i64,
    #[diesel(sql_type = Text)]
    topics: String,
}

#[derive(QueryableByName)]
struct UnpaidRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    topic: String,
}

/// Finds for each line the line of the assignment it is paid from, and holds the assignment of that year.
pub(in crate::orders::training_orders) async fn assign(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    order: &TrainingOrder,
) -> Result<()> {
    let hold =
        "select people from state_assignments where organization_id = $1 and year = $2 order by id for share";
    diesel::sql_query(hold)
        .bind::<SqlUuid, _>(order.organization_id)
        .bind::<Integer, _>(order.period.year)
        .execute(&mut &*ctx.conn)
        .await?;
    diesel::sql_query(MATCH)
        .bind::<SqlUuid, _>(order.id)
        .bind::<SqlUuid, _>(order.organization_id)
        .bind::<Integer, _>(order.period.year)
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// What each line of the assignment has to bear.
pub(in crate::orders::training_orders) async fn loads(
    ctx: &Ctx<'_>,
    order_id: Uuid,
) -> Result<Vec<AssignmentLoad>> {
    let sql = "select a.id, a.people::bigint as planned_people, a.person_hours::bigint as planned_hours, \
                      sum(l.people)::bigint as people, sum(l.half_hours)::bigint as half_hours, \
                      left(string_agg(l.topic, '; ' order by l.position), 200) as topics \
               from training_order_lines l join state_assignments a on a.id = l.assignment_id \
               where l.order_id = $1 group by a.id order by a.id";
    let rows: Vec<LoadRow> =
        diesel::sql_query(sql).bind::<SqlUuid, _>(order_id).load(&mut &*ctx.conn).await?;
    let load = |row: LoadRow| AssignmentLoad {
        assignment_id: row.id,
        planned_people: row.planned_people,
        planned_half_hours: row.planned_hours * 2,
        people: row.people,
        half_hours: row.half_hours,
        topics: row.topics,
    };
    Ok(rows.into_iter().map(load).collect())
}

/// Lines that no line of the assignment pays for: id and topic.
pub(in crate::orders::training_orders) async fn unpaid(
    ctx: &Ctx<'_>,
    order_id: Uuid,
) -> Result<Vec<(Uuid, String)>> {
    let sql = "select id, topic from training_order_lines where order_id = $1 and assignment_id is null \
               order by position limit 100";
    let rows: Vec<UnpaidRow> =
        diesel::sql_query(sql).bind::<SqlUuid, _>(order_id).load(&mut &*ctx.conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.topic)).collect())
}
