//! What is wrong by the tables alone.

use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::error::Result;

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

const TOTALS: &str = "\
    with counted as ( \
        select organization_id, main, local_status, federal_status, reason, count(*) as people \
        from hours_standings where region_id = $1 and works group by 1, 2, 3, 4, 5), \
    kept as (select * from hours_totals where region_id = $1 and people <> 0) \
    select distinct coalesce(c.organization_id, k.organization_id) as id \
    from counted c full join kept k using (organization_id, main, local_status, federal_status, reason) \
    where c.people is distinct from k.people::bigint order by 1";

/// Organizations whose sums are not those of their rows.
pub(in crate::hours::standings) async fn wrong_totals(conn: &Conn, region_id: Uuid) -> Result<Vec<Uuid>> {
    ids(conn, TOTALS, region_id).await
}

/// A confirmed credential has exactly one line that stands, an annulled one none, any other no line at all; a reversal is the
/// negation of its original.
const CREDENTIALS: &str = "\
    select c.id from credentials c left join lateral ( \
        select count(*) filter (where l.reverses_id is null) as credits, \
               count(*) filter (where l.reverses_id is not null) as reversals, coalesce(sum(l.hours), 0) as hours \
        from ledger_entries l where l.credential_id = c.id) l on true \
    where c.region_id = $1 and not case c.state \
        when 'confirmed' then l.credits = l.reversals + 1 and l.hours > 0 \
        when 'annulled' then l.credits = l.reversals and l.hours = 0 \
        else l.credits = 0 and l.reversals = 0 end \
    order by c.id";

/// Credentials whose lines of the ledger are not what their state asks for.
pub(in crate::hours::standings) async fn wrong_credentials(
    conn: &Conn,
    region_id: Uuid,
) -> Result<Vec<Uuid>> {
    ids(conn, CREDENTIALS, region_id).await
}

async fn ids(conn: &Conn, sql: &str, region_id: Uuid) -> Result<Vec<Uuid>> {
    let rows: Vec<IdRow> = diesel::sql_query(sql).bind::<SqlUuid, _>(region_id).load(&mut &*conn).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
