//! What time has something to do with: asked across regions, each by its own clock.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Ctx;
use crate::error::Result;

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Requests whose open step is late, by the clock of their region, and whose deadline has had no effect yet.
pub(in crate::approvals) async fn late(ctx: &Ctx<'_>, after: Option<Uuid>, limit: i64) -> Result<Vec<Uuid>> {
    found(
        ctx,
        // Found first and ordered then: in the order of all requests there are few late ones.
        "with late as materialized (
             select request.id from regions region
               join approval_requests request on request.region_id = region.id and request.deadline_open
                and request.step_due_on < ($1::timestamptz at time zone region.time_zone)::date)
         select id from late where $2::uuid is null or id > $2 order by id limit $3",
        after,
        limit,
    )
    .await
}

/// Open requests about somebody who does not work at the organization on this day of the region.
pub(in crate::approvals) async fn abandoned(
    ctx: &Ctx<'_>,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Uuid>> {
    found(
        ctx,
        "select request.id from regions region
           join approval_requests request on request.region_id = region.id
            and request.state in ('in_review', 'returned') and request.person_id is not null
          where ($2::uuid is null or request.id > $2)
            and not exists (select from employments work
                             where work.person_id = request.person_id
                               and work.organization_id = request.organization_id
                               and work.started_on <= ($1::timestamptz at time zone region.time_zone)::date
                               and (work.ended_on is null
                                    or work.ended_on >= ($1::timestamptz at time zone region.time_zone)::date))
          order by request.id limit $3",
        after,
        limit,
    )
    .await
}

async fn found(ctx: &Ctx<'_>, sql: &str, after: Option<Uuid>, limit: i64) -> Result<Vec<Uuid>> {
    let rows: Vec<Found> = diesel::sql_query(sql)
        .bind::<Timestamptz, _>(ctx.now)
        .bind::<Nullable<SqlUuid>, _>(after)
        .bind::<BigInt, _>(limit)
        .load(&mut &*ctx.conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
