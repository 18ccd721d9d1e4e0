//! The query of participation: one statement counts a page of schools.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Crowd, Days, Participation};
use crate::db::Conn;
use crate::error::Result;
use crate::monitoring::place::Place;

#[derive(QueryableByName)]
struct SchoolRow {
    #[diesel(sql_type = SqlUuid)]
    organization_id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    municipality_id: Option<Uuid>,
    #[diesel(sql_type = BigInt)]
    staff: i64,
    #[diesel(sql_type = BigInt)]
    with_route: i64,
    #[diesel(sql_type = BigInt)]
    enrolled: i64,
    #[diesel(sql_type = BigInt)]
    completed: i64,
    #[diesel(sql_type = BigInt)]
    submissions: i64,
}

/// The schools of a place, whose id is $1, from day $2 to day $3; one that was closed before is no school any more. The page
/// is cut before anything is counted.
const SCHOOLS: &str = "\
    select o.id as organization_id, o.name, o.municipality_id, \
        (select count(distinct e.person_id) from employments e where e.organization_id = o.id \
            and e.started_on <= $3 and (e.ended_on is null or e.ended_on >= $3)) as staff, \
        (select count(distinct r.person_id) from routes r where r.organization_id = o.id \
            and r.activated_on <= $3 and (r.closed_on is null or r.closed_on > $3)) as with_route, \
        (select count(distinct t.person_id) from enrollments t where t.organization_id = o.id \
            and t.state <> 'withdrawn' and (t.created_at at time zone o.time_zone)::date between $2 and $3) as enrolled, \
        (select count(distinct t.person_id) from enrollments t where t.organization_id = o.id \
            and t.state = 'completed' and t.ended_on between $2 and $3) as completed, \
        (select count(*) from stage_submissions s where s.organization_id = o.id \
            and s.submitted_on between $2 and $3) as submissions \
    from (select o.id, o.name, o.municipality_id, r.time_zone \
          from organizations o join regions r on r.id = o.region_id \
          where {place} = $1 and o.kind = 'school' and (o.closed_on is null or o.closed_on > $3) \
            and ($4::boolean is null or (o.municipality_id is null) = $4) \
            and ($5::boolean or (o.name, o.id) > ($6::text, $7::uuid)) \
          order by o.name, o.id limit $8) o \
    order by o.name, o.id";

/// One page of the schools of a place, by name.
pub(super) async fn list(
    conn: &Conn,
    place: Place,
    days: Days,
    state_organization: Option<bool>,
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Participation>> {
    let column = match place {
        Place::Region(_) => "o.region_id",
        Place::Municipality(_) => "o.municipality_id",
        Place::Organization(_) => "o.id",
    };
    let first = after.is_none();
    let (name, id) = after.unwrap_or_default();
    let rows: Vec<SchoolRow> = diesel::sql_query(SCHOOLS.replace("{place}", column))
        .bind::<SqlUuid, _>(place.id())
        .bind::<Date, NaiveDate>(days.from)
        .bind::<Date, NaiveDate>(days.until)
        .bind::<Nullable<Bool>, _>(state_organization)
        .bind::<Bool, _>(first)
        .bind::<Text, _>(name)
        .bind::<SqlUuid, _>(id)
        .bind::<BigInt, _>(fetch)
        .load(&mut &*conn)
        .await?;
    let school = |row: SchoolRow| Participation {
        organization_id: row.organization_id,
        name: row.name,
        municipality_id: row.municipality_id,
        staff: row.staff,
        with_route: Some(row.with_route),
        enrolled: Some(row.enrolled),
        completed: Some(row.completed),
        submissions: row.submissions,
    };
    Ok(rows.into_iter().map(school).collect())
}

#[derive(QueryableByName)]
struct CrowdRow {
    #[diesel(sql_type = SqlUuid)]
    organization_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    municipality_id: Option<Uuid>,
    #[diesel(sql_type = BigInt)]
    staff: i64,
    #[diesel(sql_type = BigInt)]
    ended: i64,
}

/// Who works at the schools of a place, whose id is $1, on day $3, and whose training ended since day $2.
const CROWDS: &str = "\
    select t.organization_id, t.municipality_id, sum(t.staff)::bigint as staff, sum(t.ended)::bigint as ended \
    from (\
        select e.organization_id, e.municipality_id, count(distinct e.person_id) as staff, 0 as ended \
        from employments e where e.{place} = $1 and e.started_on <= $3 and (e.ended_on is null or e.ended_on >= $3) \
        group by 1, 2 \
        union all \
        select n.organization_id, n.municipality_id, 0, count(distinct n.person_id) \
        from enrollments n where n.{place} = $1 and n.state <> 'withdrawn' and n.ended_on between $2 and $3 \
        group by 1, 2) t \
    join organizations o on o.id = t.organization_id and o.kind = 'school' group by 1, 2";

/// How many people stand behind the numbers of the schools of a place.
pub(super) async fn crowds(conn: &Conn, place: Place, days: Days) -> Result<Vec<Crowd>> {
    let rows: Vec<CrowdRow> = diesel::sql_query(CROWDS.replace("{place}", place.column()))
        .bind::<SqlUuid, _>(place.id())
        .bind::<Date, NaiveDate>(days.from)
        .bind::<Date, NaiveDate>(days.until)
        .load(&mut &*conn)
        .await?;
    let crowd = |row: CrowdRow| Crowd {
        organization_id: row.organization_id,
        municipality_id: row.municipality_id,
        staff: row.staff,
        ended: row.ended,
    };
    Ok(rows.into_iter().map(crowd).collect())
}
