//! What of imports has had its time: pieces and rows of runs that have ended, requests that nobody finished, runs and
//! receipts that are older than they are kept.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::db::Ctx;
use crate::db::schema::imports;
use crate::error::Result;
use crate::imports::model::ImportState;

const RECORDS: &str = "\
    delete from import_records where (import_id, position) in ( \
        select r.import_id, r.position from import_records r join imports i on i.id = r.import_id \
        where i.finished_at is not null limit $1)";

const FILES: &str = "\
    delete from import_files where (import_id, position) in ( \
        select f.import_id, f.position from import_files f join imports i on i.id = f.import_id \
        where i.finished_at is not null limit $1)";

/// Takes what runs that have ended do not need any more; how much it was.
pub async fn sweep_import_leftovers(ctx: &Ctx<'_>, limit: i64) -> Result<usize> {
    let records = diesel::sql_query(RECORDS).bind::<BigInt, _>(limit).execute(&mut &*ctx.conn).await?;
    let files = diesel::sql_query(FILES).bind::<BigInt, _>(limit).execute(&mut &*ctx.conn).await?;
    Ok(records.max(files))
}

const ROWS: &str = "\
    delete from import_rows where (import_id, line) in ( \
        select r.import_id, r.line from import_rows r join imports i on i.id = r.import_id \
        where i.finished_at < $2 limit $1)";

const RUNS: &str = "\
    delete from imports where id in ( \
        select i.id from imports i where i.finished_at < $2 \
        and not exists (select from import_rows r where r.import_id = i.id) \
        and not exists (select from import_records r where r.import_id = i.id) \
        and not exists (select from import_files f where f.import_id = i.id) \
        order by i.finished_at, i.id limit $1 for update skip locked)";

/// Takes receipts, and then runs, that ended before that moment; how many.
pub async fn sweep_imports(ctx: &Ctx<'_>, before: DateTime<Utc>, limit: i64) -> Result<usize> {
    let mut gone = 0;
    for statement in [ROWS, RUNS] {
        gone += diesel::sql_query(statement)
            .bind::<BigInt, _>(limit)
            .bind::<Timestamptz, _>(before)
            .execute(&mut &*ctx.conn)
            .await?;
    }
    Ok(gone)
}

/// Ends the runs of requests that nobody has been heard of since that moment.
pub async fn sweep_import_silence(ctx: &Ctx<'_>, before: DateTime<Utc>) -> Result<usize> {
    let within_a_request = imports::state
        .eq(ImportState::Receiving.as_str())
        .or(imports::state.eq(ImportState::Running.as_str()).and(diesel::dsl::not(imports::is_job)));
    let ended = diesel::update(imports::table.filter(within_a_request).filter(imports::heard_at.lt(before)))
        .set((
            imports::state.eq(ImportState::Failed.as_str()),
            imports::finished_at.eq(imports::heard_at.nullable()),
            imports::version.eq(imports::version + 1),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(ended)
}
