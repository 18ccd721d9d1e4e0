//! Places taken, for the plans of organisers.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer, Numeric, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::{Conn, DbHours};
use crate::error::Result;
use crate::training::enrollments::model::PlaceTaken;

#[derive(QueryableByName)]
struct PlaceRow {
    #[diesel(sql_type = SqlUuid)]
    provider_id: Uuid,
    #[diesel(sql_type = Integer)]
    year: i32,
    #[diesel(sql_type = SqlUuid)]
    program_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
    #[diesel(sql_type = Bool)]
    completed: bool,
    #[diesel(sql_type = Numeric)]
    hours: DbHours,
}

/// Several enrollments of one person in one program and year are one place, with the hours of those completed.
const PLACES: &str = "\
    select e.provider_id, extract(year from o.starts_on)::int4 as year, e.program_id, e.person_id, \
           bool_or(e.state = 'completed') as completed, \
           coalesce(sum(e.hours) filter (where e.state = 'completed'), 0) as hours \
    from enrollments e join offerings o on o.id = e.offering_id \
    where e.provider_id = any($1) and extract(year from o.starts_on)::int4 = any($2) and e.program_id is not null \
      and e.state in ('enrolled', 'in_progress', 'completed') \
    group by 1, 2, 3, 4";

pub(in crate::training::enrollments) async fn places_taken(
    conn: &Conn,
    provider_ids: &[Uuid],
    years: &[i32],
) -> Result<Vec<PlaceTaken>> {
    let rows: Vec<PlaceRow> = diesel::sql_query(PLACES)
        .bind::<Array<SqlUuid>, _>(provider_ids)
        .bind::<Array<Integer>, _>(years)
        .load(&mut &*conn)
        .await?;
    let place = |row: PlaceRow| PlaceTaken {
        provider_id: row.provider_id,
        year: row.year,
        program_id: row.program_id,
        person_id: row.person_id,
        completed: row.completed.then(|| row.hours.into()),
    };
    Ok(rows.into_iter().map(place).collect())
}
