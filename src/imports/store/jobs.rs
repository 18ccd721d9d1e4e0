//! Queries on jobs: pieces of files, rows taken out of them, whose turn it is.

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{texts, unknown};
use crate::db::schema::{import_files, import_records, imports};
use crate::db::{Conn, Ctx, statement};
use crate::error::{Error, Result};
use crate::imports::forms::{Fault, FaultKind, Record, Written};
use crate::imports::headers::Headers;
use crate::imports::model::{Import, ImportState};

/// After so long without a sign of life a job may be taken by another process.
const LEASE: TimeDelta = TimeDelta::seconds(15);

/// Rows of one statement that names their portions.
const PLACES: usize = 10_000;

/// Keeps a piece of a file that comes in.
pub(in super::super) async fn add_piece(
    ctx: &Ctx<'_>,
    import_id: Uuid,
    position: i32,
    piece: &[u8],
) -> Result<()> {
    diesel::insert_into(import_files::table)
        .values((
            import_files::import_id.eq(import_id),
            import_files::position.eq(position),
            import_files::content.eq(piece),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    super::heartbeat(ctx, import_id).await
}

/// The job under way that loads the same file for the same caller.
pub(in super::super) async fn twin(conn: &Conn, import: &Import, digest: &[u8]) -> Result<Option<Uuid>> {
    let under_way = [ImportState::Queued.as_str(), ImportState::Running.as_str()];
    let found = imports::table
        .filter(imports::is_job)
        .filter(imports::state.eq_any(under_way))
        .filter(imports::requested_by.eq(import.requested_by))
        .filter(imports::kind.eq(import.order.kind.as_str()))
        .filter(imports::mode.eq(import.order.mode.as_str()))
        .filter(imports::form.eq(import.form.as_str()))
        .filter(imports::dry_run.eq(import.order.dry_run))
        .filter(imports::digest.eq(digest))
        .select(imports::id)
        .order((imports::created_at, imports::id));
    Ok(found.first(&mut &*conn).await.optional()?)
}

/// Forgets a run whose file came in for nothing.
pub(in super::super) async fn forget(ctx: &Ctx<'_>, import_id: Uuid) -> Result<()> {
    diesel::delete(import_files::table.filter(import_files::import_id.eq(import_id)))
        .execute(&mut &*ctx.conn)
        .await?;
    diesel::delete(imports::table.find(import_id)).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// The file is there as a whole.
pub(in super::super) async fn queue(
    ctx: &Ctx<'_>,
    import_id: Uuid,
    written: Written,
    size: usize,
    digest: &[u8],
) -> Result<()> {
    diesel::update(imports::table.find(import_id))
        .set((
            imports::state.eq(ImportState::Queued.as_str()),
            imports::charset.eq(written.charset.as_str()),
            imports::file_size.eq(i64::try_from(size).map_err(Error::internal)?),
            imports::digest.eq(digest),
            imports::heard_at.eq(ctx.now),
            imports::version.eq(imports::version + 1),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// The oldest job that waits, or of which nobody has been heard for too long; those that another process is taking are
/// passed over.
const TAKE: &str = "\
    update imports set state = 'running', worker = $1, heard_at = $2, attempts = attempts + 1, \
        version = version + case when state = 'queued' then 1 else 0 end \
    where id = ( \
        select id from imports \
        where is_job and state in ('queued', 'running') and (state = 'queued' or heard_at < $3) \
        order by created_at, id limit 1 for update skip locked) \
    returning id, attempts";

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Integer)]
    attempts: i32,
}

/// Takes a job; says as well how often it was taken since a portion of it was last loaded.
pub(in super::super) async fn take(ctx: &Ctx<'_>, worker: Uuid) -> Result<Option<(Uuid, i32)>> {
    let taken: Option<Taken> = statement(TAKE)
        .bind::<SqlUuid, _>(worker)
        .bind::<Timestamptz, _>(ctx.now)
        .bind::<Timestamptz, _>(ctx.now - LEASE)
        .get_result(&mut &*ctx.conn)
        .await
        .optional()?;
    Ok(taken.map(|taken| (taken.id, taken.attempts)))
}

/// Says that a job goes on; `false` when it is somebody else's by now.
pub(in super::super) async fn job_heard(ctx: &Ctx<'_>, import_id: Uuid, worker: Uuid) -> Result<bool> {
    let mine = imports::table
        .find(import_id)
        .filter(imports::worker.eq(worker))
        .filter(imports::state.eq(ImportState::Running.as_str()));
    let heard = diesel::update(mine).set(imports::heard_at.eq(ctx.now)).execute(&mut &*ctx.conn).await?;
    Ok(heard == 1)
}

/// A piece of a file.
pub(in super::super) async fn piece(conn: &Conn, import_id: Uuid, position: i32) -> Result<Option<Vec<u8>>> {
    let piece = import_files::table.find((import_id, position)).select(import_files::content);
    Ok(piece.first(&mut &*conn).await.optional()?)
}

/// Forgets the rows taken out of a file.
pub(in super::super) async fn forget_records(ctx: &Ctx<'_>, import_id: Uuid) -> Result<()> {
    diesel::delete(import_records::table.filter(import_records::import_id.eq(import_id)))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

fn number(value: usize) -> Result<i32> {
    i32::try_from(value).map_err(Error::internal)
}

/// Keeps rows taken out of a file, from that place on.
pub(in super::super) async fn add_records<'a>(
    ctx: &Ctx<'_>,
    import_id: Uuid,
    position: usize,
    records: impl Iterator<Item = &'a Record>,
) -> Result<()> {
    let mut rows = Vec::new();
    for (offset, record) in records.enumerate() {
        let column = record.fault.map(|fault| number(fault.column)).transpose()?;
        rows.push((
            import_records::import_id.eq(import_id),
            import_records::position.eq(number(position + offset)?),
            import_records::line.eq(record.line),
            import_records::cells.eq(json!(record.cells)),
            import_records::fault.eq(record.fault.map(|fault| fault.kind.as_str())),
            import_records::fault_column.eq(column),
        ));
    }
    if !rows.is_empty() {
        diesel::insert_into(import_records::table).values(rows).execute(&mut &*ctx.conn).await?;
    }
    Ok(())
}

const LAY_OUT: &str = "\
    update import_records r set portion = laid.portion, place = laid.place \
    from unnest($2, $3, $4) laid(position, portion, place) \
    where r.import_id = $1 and r.position = laid.position";

/// Lays down which rows are loaded together; from here on the file is not needed any more.
pub(in super::super) async fn lay_out(
    ctx: &Ctx<'_>,
    import_id: Uuid,
    headers: &Headers,
    rows: usize,
    portions: &[Vec<usize>],
) -> Result<()> {
    let mut places = Vec::with_capacity(rows);
    for (portion, members) in portions.iter().enumerate() {
        for (place, position) in members.iter().enumerate() {
            places.push((number(*position)?, number(portion)?, number(place)?));
        }
    }
    for places in places.chunks(PLACES) {
        let column = |take: fn(&(i32, i32, i32)) -> i32| places.iter().map(take).collect::<Vec<i32>>();
        statement(LAY_OUT)
            .bind::<SqlUuid, _>(import_id)
            .bind::<Array<Integer>, _>(column(|place| place.0))
            .bind::<Array<Integer>, _>(column(|place| place.1))
            .bind::<Array<Integer>, _>(column(|place| place.2))
            .execute(&mut &*ctx.conn)
            .await?;
    }
    diesel::update(imports::table.find(import_id))
        .set((
            imports::delimiter.eq(headers.delimiter().map(String::from)),
            imports::header.eq(json!(headers.names())),
            imports::rows_in_file.eq(number(rows)?),
            imports::portions.eq(number(portions.len())?),
            imports::next_portion.eq(0),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    diesel::delete(import_files::table.filter(import_files::import_id.eq(import_id)))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Which portion comes next, and how many there are; none when the job is somebody else's by now.
pub(in super::super) async fn position(
    conn: &Conn,
    import_id: Uuid,
    worker: Uuid,
) -> Result<Option<(i32, i32)>> {
    let found: Option<(i32, Option<i32>)> = imports::table
        .find(import_id)
        .filter(imports::worker.eq(worker))
        .filter(imports::state.eq(ImportState::Running.as_str()))
        .select((imports::next_portion, imports::portions))
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(found.map(|(next, portions)| (next, portions.unwrap_or_default())))
}

type RecordRow = (i32, Value, Option<String>, Option<i32>);

/// The rows of a portion in their order; those of the whole file without one.
pub(in super::super) async fn records(
    conn: &Conn,
    import_id: Uuid,
    portion: Option<i32>,
) -> Result<Vec<Record>> {
    let all = import_records::table.filter(import_records::import_id.eq(import_id)).select((
        import_records::line,
        import_records::cells,
        import_records::fault,
        import_records::fault_column,
    ));
    let rows: Vec<RecordRow> = match portion {
        Some(portion) => {
            all.filter(import_records::portion.eq(portion))
                .order(import_records::place)
                .load(&mut &*conn)
                .await?
        }
        None => all.order(import_records::position).load(&mut &*conn).await?,
    };
    rows.into_iter().map(record).collect()
}

fn record((line, cells, fault, column): RecordRow) -> Result<Record> {
    let fault = match fault.zip(column) {
        None => None,
        Some((name, column)) => Some(Fault {
            column: usize::try_from(column).map_err(Error::internal)?,
            kind: FaultKind::parse(&name).ok_or_else(|| unknown("fault"))?,
        }),
    };
    Ok(Record { line, cells: texts(cells)?, fault })
}

/// The portion is done, in the transaction of its rows; `false` when the job is somebody else's by now.
pub(in super::super) async fn advance(
    ctx: &Ctx<'_>,
    import_id: Uuid,
    worker: Uuid,
    portion: i32,
) -> Result<bool> {
    let mine = imports::table
        .find(import_id)
        .filter(imports::worker.eq(worker))
        .filter(imports::state.eq(ImportState::Running.as_str()))
        .filter(imports::next_portion.eq(portion));
    let advanced = diesel::update(mine)
        .set((imports::next_portion.eq(portion + 1), imports::attempts.eq(0), imports::heard_at.eq(ctx.now)))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(advanced == 1)
}
