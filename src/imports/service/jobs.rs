//! Runs beside the requests: the file is taken apart once, then its rows are loaded portion by portion in the name of
//! whoever asked. The rows of a portion, their receipts and the place in the file are one transaction: whatever happens to
//! the process, nothing is lost and nothing is done twice.

use tokio::sync::mpsc::{Receiver, Sender};
use uuid::Uuid;

use super::loading::{load_at_once, load_rows, marks, try_rows};
use super::{failure_of, target};
use crate::accounts::service::actor_today;
use crate::authz::{authorize, authorize_clock};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::imports::forms::{Part, Record, Written, read};
use crate::imports::headers::Headers;
use crate::imports::model::{ImportMode, ImportState, Order};
use crate::imports::portions::portions;
use crate::imports::table::Table;
use crate::imports::{policy, rows, store};

/// A job that a process has taken.
#[derive(Debug, Clone)]
pub struct Job {
    /// The run.
    pub import_id: Uuid,
    /// Which taking this is: whoever takes the job after a silence makes up another number.
    pub worker: Uuid,
    /// What is asked.
    pub order: Order,
    /// How the file is written.
    pub written: Written,
    /// Whether its rows have been taken out of the file.
    pub is_unpacked: bool,
    /// How often it was taken since a portion of it was last loaded, this time included.
    attempts: i32,
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// There is more to do.
    More,
    /// It has ended.
    Ended,
}

/// What comes out of a file, with what each row has in common with others.
pub enum Unpacked {
    /// The header.
    Header(Headers),
    /// Rows.
    Rows(Vec<(Record, Vec<u64>)>),
}

/// Rows that are handed over at a time.
const BATCH: usize = 500;
/// Rows that are loaded all or none at most: they are one transaction.
const ALL_OR_NONE: usize = 20_000;

/// So often a job may end the process that loads it before it is given up.
const ATTEMPTS: i32 = 5;

const LOST: &str = "another process has the job, or it was called off";

fn lost() -> Error {
    Error::new(Code::StateConflict).cause(LOST)
}

/// Whether the job is no longer in the hands of whoever was refused.
pub fn is_lost(refusal: &Error) -> bool {
    refusal.cause.as_deref() == Some(LOST)
}

/// Takes the oldest job that waits, or that nobody has been heard of for too long.
pub async fn take_job(ctx: &Ctx<'_>, worker: Uuid) -> Result<Option<Job>> {
    let Some((import_id, attempts)) = store::take(ctx, worker).await? else { return Ok(None) };
    let import = store::find(ctx.conn, import_id).await?;
    let (written, ..) = store::described(ctx.conn, import_id).await?;
    let is_unpacked = import.rows_in_file.is_some();
    Ok(Some(Job { import_id, worker, order: import.order, written, is_unpacked, attempts }))
}

/// Refuses a job that ends every process that takes it: the others would wait behind it for ever.
pub fn refuse_hopeless(job: &Job) -> Result<()> {
    if job.attempts <= ATTEMPTS {
        return Ok(());
    }
    Err(Error::new(Code::Internal).detail(
        "Загрузка прервалась несколько раз на одном и том же месте. Загруженные строки сохранены; разделите файл и \
         загрузите остальное заново.",
        "Loading broke off several times at the same place. The rows loaded so far stand; divide the file and load the \
         rest again.",
    ))
}

/// Says that the job goes on.
pub async fn job_heard(ctx: &Ctx<'_>, job: &Job) -> Result<()> {
    if store::job_heard(ctx, job.import_id, job.worker).await? { Ok(()) } else { Err(lost()) }
}

/// A piece of the file, none behind the last one.
pub async fn piece(ctx: &Ctx<'_>, job: &Job, position: i32) -> Result<Option<Vec<u8>>> {
    store::piece(ctx.conn, job.import_id, position).await
}

/// Reads the rows out of the pieces of a file, beside the threads that answer everybody else.
pub fn read_rows(job: &Job, mut pieces: Receiver<Vec<u8>>, found: &Sender<Unpacked>) -> Result<()> {
    let kind = job.order.kind;
    let (mut headers, mut batch) = (None, Vec::with_capacity(BATCH));
    // Nobody takes what is found any more when the job was lost.
    let give = |unpacked| Ok(found.blocking_send(unpacked).is_ok());
    read(job.written, rows::columns(kind), &mut || Ok(pieces.blocking_recv()), &mut |part| match part {
        Part::Header(found) => {
            headers = Some(found.clone());
            give(Unpacked::Header(found))
        }
        Part::Row(record) => {
            let headers: &Headers =
                headers.as_ref().ok_or_else(|| Error::internal("a row before the header"))?;
            let marks = marks(kind, &headers.row(&record));
            batch.push((record, marks));
            if batch.len() < BATCH {
                return Ok(true);
            }
            give(Unpacked::Rows(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))))
        }
    })?;
    give(Unpacked::Rows(batch)).map(drop)
}

/// What an interrupted unpacking has left goes.
pub async fn records_anew(ctx: &Ctx<'_>, job: &Job) -> Result<()> {
    store::forget_records(ctx, job.import_id).await
}

/// Keeps rows that were found, from that place on.
pub async fn records_found(
    ctx: &Ctx<'_>,
    job: &Job,
    position: usize,
    found: &[(Record, Vec<u64>)],
) -> Result<()> {
    store::add_records(ctx, job.import_id, position, found.iter().map(|(record, _)| record)).await
}

/// Every row is there: lays down which of them are loaded together.
pub async fn lay_out(ctx: &Ctx<'_>, job: &Job, headers: &Headers, marks: &[Vec<u64>]) -> Result<()> {
    if job.order.mode == ImportMode::Atomic && marks.len() > ALL_OR_NONE {
        return Err(Error::field(
            "/mode",
            "too_many_rows",
            "В режиме atomic загружается не больше 20 000 строк: разделите файл или выберите independent",
            "Mode atomic loads at most 20,000 rows: part the file, or choose independent",
        ));
    }
    let portions = portions(marks, rows::portion(job.order.kind));
    store::lay_out(ctx, job.import_id, headers, marks.len(), &portions).await?;
    job_heard(ctx, job).await
}

/// Loads the next portion, or brings the job to its end.
pub async fn load_next(ctx: &Ctx<'_>, job: &Job) -> Result<Step> {
    let (next, portions) = store::position(ctx.conn, job.import_id, job.worker).await?.ok_or_else(lost)?;
    let import = store::find(ctx.conn, job.import_id).await?;
    let right_lost = || {
        Error::new(Code::Forbidden).detail(
            "У того, кто начал загрузку, больше нет прав на неё",
            "Whoever asked for the run has no right to it any more",
        )
    };
    let actor = actor_today(ctx, import.requested_by).await?.ok_or_else(right_lost)?;
    authorize(&actor, &policy::CREATE_IMPORT, &target(&import)).map_err(|_refused| right_lost())?;
    let request_id = job.import_id.to_string();
    let acting = Ctx { conn: ctx.conn, actor: &actor, now: ctx.now, request_id: &request_id };
    let names = store::described(ctx.conn, job.import_id).await?.2;
    let headers = Headers::kept(&names, rows::columns(job.order.kind), job.written.form)?;
    let never = || false;
    if next < portions {
        let table = Table::of(headers, store::records(ctx.conn, job.import_id, Some(next)).await?);
        let all: Vec<usize> = (0..table.len()).collect();
        let kind = job.order.kind;
        let receipts = if job.order.keeps_portions() {
            load_rows(&acting, kind, &table, &all, &never).await?
        } else {
            try_rows(&acting, kind, &table, &all, &never).await?
        };
        store::add_receipts(ctx, job.import_id, &receipts).await?;
        let still_mine = store::advance(ctx, job.import_id, job.worker, next).await?;
        return if still_mine { Ok(Step::More) } else { Err(lost()) };
    }
    if job.order.loads_at_once() && import.counts.refused == 0 {
        let table = Table::of(headers, store::records(ctx.conn, job.import_id, None).await?);
        load_at_once(&acting, job.import_id, job.order.kind, &table, &never).await?;
    }
    end_job(ctx, job, ImportState::Succeeded, None).await?;
    Ok(Step::Ended)
}

/// Ends a job that cannot go on.
pub async fn fail_job(ctx: &Ctx<'_>, job: &Job, refusal: &Error) -> Result<()> {
    end_job(ctx, job, ImportState::Failed, Some(refusal)).await
}

async fn end_job(ctx: &Ctx<'_>, job: &Job, state: ImportState, refusal: Option<&Error>) -> Result<()> {
    let import = store::lock(ctx.conn, job.import_id).await?;
    job_heard(ctx, job).await?;
    let permit = authorize_clock(&policy::WORK_IMPORTS, import.region_id)?;
    store::end(ctx, job.import_id, state, refusal.map(failure_of).as_ref()).await?;
    let change = Change::none().field("state", import.state.as_str(), state.as_str());
    ctx.audit(&permit, Subject { kind: "import", id: job.import_id }, change).await
}
