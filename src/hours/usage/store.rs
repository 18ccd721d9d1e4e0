//! Queries on the training given.

use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Numeric, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::Trained;
use crate::db::{Conn, DbHours};
use crate::error::Result;

#[derive(QueryableByName)]
struct TrainedRow {
    #[diesel(sql_type = SqlUuid)]
    issuer_id: Uuid,
    #[diesel(sql_type = Integer)]
    year: i32,
    #[diesel(sql_type = SqlUuid)]
    program_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
    #[diesel(sql_type = Numeric)]
    hours: DbHours,
}

/// A reversal carries the dates of its original, so that the sum of both is nothing.
const TRAINED: &str = "\
    select e.issuer_id, extract(year from e.issued_on)::int4 as year, coalesce(c.program_id, m.program_id) as program_id, \
           p.kept_id as person_id, sum(e.hours) as hours \
    from ledger_entries e join credentials c on c.id = e.credential_id join persons p on p.id = e.person_id \
    left join program_modules m on m.id = c.module_id \
    where e.issuer_id = any($1) and extract(year from e.issued_on)::int4 = any($2) and not e.credited \
      and coalesce(c.program_id, m.program_id) is not null \
    group by 1, 2, 3, 4 having sum(e.hours) > 0";

pub(super) async fn trained(conn: &Conn, issuer_ids: &[Uuid], years: &[i32]) -> Result<Vec<Trained>> {
    let rows: Vec<TrainedRow> = diesel::sql_query(TRAINED)
        .bind::<Array<SqlUuid>, _>(issuer_ids)
        .bind::<Array<Integer>, _>(years)
        .load(&mut &*conn)
        .await?;
    let trained = |row: TrainedRow| Trained {
        issuer_id: row.issuer_id,
        year: row.year,
        program_id: row.program_id,
        person_id: row.person_id,
        hours: row.hours.into(),
    };
    Ok(rows.into_iter().map(trained).collect())
}
