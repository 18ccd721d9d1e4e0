//! The way of a line: down to what it rests on, up to the order that is placed.

use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::orders::training_orders::model::{LineOrigin, LineSource, LineStep};
use crate::regulations::profile::OrderLevel;

#[derive(QueryableByName)]
struct StepRow {
    #[diesel(sql_type = SqlUuid)]
    line_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    order_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    organization_id: Uuid,
    #[diesel(sql_type = Text)]
    level: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    assignment_id: Option<Uuid>,
}

/// The lines above, the nearest first.
pub(in crate::orders::training_orders) async fn above(conn: &Conn, line_id: Uuid) -> Result<Vec<LineStep>> {
    let sql = "\
        with recursive up as ( \
            select upper_line_id as id, 1 as step from training_order_lines where id = $1 \
            union all \
            select l.upper_line_id, u.step + 1 from training_order_lines l join up u on l.id = u.id) \
        select l.id as line_id, l.order_id, o.organization_id, o.level, l.assignment_id \
        from up u join training_order_lines l on l.id = u.id join training_orders o on o.id = l.order_id \
        order by u.step";
    let rows: Vec<StepRow> = diesel::sql_query(sql).bind::<SqlUuid, _>(line_id).load(&mut &*conn).await?;
    rows.into_iter()
        .map(|row| {
            let level = OrderLevel::parse(&row.level);
            Ok(LineStep {
                line_id: row.line_id,
                order_id: row.order_id,
                organization_id: row.organization_id,
                level: level.ok_or_else(|| Error::internal("unknown level of an order in the database"))?,
                assignment_id: row.assignment_id,
            })
        })
        .collect()
}

#[derive(QueryableByName)]
struct SourceRow {
    #[diesel(sql_type = SqlUuid)]
    line_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    order_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    organization_id: Uuid,
    #[diesel(sql_type = Text)]
    origin: String,
    #[diesel(sql_type = BigInt)]
    people: i64,
    #[diesel(sql_type = Integer)]
    half_hours: i32,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    person_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    need_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    activity_id: Option<Uuid>,
    #[diesel(sql_type = Array<SqlUuid>)]
    deficit_ids: Vec<Uuid>,
}

/// One page of the lines a line consists of in the end, itself where nothing was added up into it; with the deficits that
/// the activity answers, or that lie behind the competency of the need.
pub(in crate::orders::training_orders) async fn sources(
    conn: &Conn,
    line_id: Uuid,
    fetch: i64,
    after: Option<Uuid>,
) -> Result<Vec<LineSource>> {
    let sql = "\
        with recursive down as ( \
            select id, origin from training_order_lines where id = $1 \
            union all \
            select l.id, l.origin from training_order_lines l join down d on l.upper_line_id = d.id) \
        select l.id as line_id, l.order_id, o.organization_id, l.origin, l.people::bigint as people, l.half_hours, \
               l.person_id, l.need_id, l.activity_id, \
               array(select a.deficit_id from activity_deficits a where a.activity_id = l.activity_id \
                     union select f.id from needs n join deficits f on f.person_id = n.person_id \
                                                               and f.competency_id = n.competency_id \
                     where n.id = l.need_id and f.state <> 'closed' order by 1) as deficit_ids \
        from down d join training_order_lines l on l.id = d.id join training_orders o on o.id = l.order_id \
        where d.origin <> 'orders' and ($2 is null or l.id > $2) order by l.id limit $3";
    let rows: Vec<SourceRow> = diesel::sql_query(sql)
        .bind::<SqlUuid, _>(line_id)
        .bind::<Nullable<SqlUuid>, _>(after)
        .bind::<BigInt, _>(fetch)
        .load(&mut &*conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            let origin = LineOrigin::parse(&row.origin);
            Ok(LineSource {
                line_id: row.line_id,
                order_id: row.order_id,
                organization_id: row.organization_id,
                origin: origin.ok_or_else(|| Error::internal("unknown origin of a line in the database"))?,
                people: row.people,
                half_hours: row.half_hours,
                person_id: row.person_id,
                need_id: row.need_id,
                activity_id: row.activity_id,
                deficit_ids: row.deficit_ids,
            })
        })
        .collect()
}
