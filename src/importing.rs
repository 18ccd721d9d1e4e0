//! Large files, loaded beside the requests: taken apart once, then portion by portion, each in a transaction of its own.
//! A process that ends in the middle loses nothing: after a short silence another one goes on where it stopped.

use std::time::Duration;

use tokio::sync::mpsc;

use crate::app::{AppState, SharedState};
use crate::authz::Actor;
use crate::clock::Clock;
use crate::db::{Ctx, Db};
use crate::error::{Code, Error, Result};
use crate::ids::new_id;
use crate::imports::service::{
    self, Job, Step, Unpacked, fail_job, is_lost, job_heard, lay_out, load_next, piece, read_rows,
    records_anew, records_found, refuse_hopeless, take_job,
};

/// How often a process looks whether a file waits.
const INTERVAL: Duration = Duration::from_secs(1);
/// Between two signs of life of a job.
const HEARTBEAT: Duration = Duration::from_secs(3);
/// How long somebody who holds what a portion needs is waited for, and how often.
const PATIENCE: Duration = Duration::from_secs(2);
const TRIES: usize = 30;
/// Rows that are swept away at a time when a job has ended.
const LEFTOVERS: i64 = 5_000;
/// Where the work is told apart in the log.
const WORK: &str = "importing";

/// Works now and then, as long as the process serves.
pub async fn forever(state: SharedState) {
    loop {
        if let Err(refusal) = until_it_fails(&state).await {
            // The next time will do.
            log::warn!(target: "rost::importing", "importing failed: {refusal}");
        }
        tokio::time::sleep(INTERVAL * 10).await;
    }
}

async fn until_it_fails(state: &AppState) -> Result<()> {
    let worker = Worker::new(state)?;
    loop {
        if !worker.one().await? {
            tokio::time::sleep(INTERVAL).await;
        }
    }
}

/// Takes the oldest job and brings it to its end; `false` when none waits.
pub async fn work_once(state: &AppState) -> Result<bool> {
    Worker::new(state)?.one().await
}

struct Worker<'a> {
    db: Db,
    /// Signs of life do not wait for the portion at hand.
    beats: Db,
    clock: &'a Clock,
}

impl<'a> Worker<'a> {
    fn new(state: &'a AppState) -> Result<Self> {
        Ok(Self { db: state.own_connection()?, beats: state.own_connection()?, clock: &state.clock })
    }

    async fn one(&self) -> Result<bool> {
        let worker = new_id();
        let Some(job) = self.write(async |ctx| take_job(ctx, worker).await).await? else { return Ok(false) };
        let ended = tokio::select! {
            ended = self.carry_out(&job) => ended,
            lost = self.keep_alive(&job) => lost,
        };
        match ended {
            // Called off, or another process goes on.
            Err(refusal) if is_lost(&refusal) => {}
            Err(refusal) => {
                log::warn!(target: "rost::importing", import:% = job.import_id; "a file could not be loaded: {refusal}");
                self.write(async |ctx| fail_job(ctx, &job, &refusal).await).await?;
            }
            Ok(()) => {}
        }
        while self.write(async |ctx| service::sweep_import_leftovers(ctx, LEFTOVERS).await).await? > 0 {}
        Ok(true)
    }

    async fn carry_out(&self, job: &Job) -> Result<()> {
        refuse_hopeless(job)?;
        if !job.is_unpacked {
            self.unpack(job).await?;
        }
        while self.patiently(job).await? == Step::More {}
        Ok(())
    }

    /// What is held by others is worth waiting for.
    async fn patiently(&self, job: &Job) -> Result<Step> {
        let mut tries = 0;
        loop {
            match self.write(async |ctx| load_next(ctx, job).await).await {
                Err(refusal) if refusal.code == Code::Unavailable && tries < TRIES => {
                    tries += 1;
                    log::info!(target: "rost::importing", import:% = job.import_id; "a portion has to wait: {refusal}");
                    tokio::time::sleep(PATIENCE).await;
                }
                done => return done,
            }
        }
    }

    /// Takes the rows out of the file: pieces go to a thread of their own, and what comes out is kept as it comes.
    async fn unpack(&self, job: &Job) -> Result<()> {
        self.write(async |ctx| records_anew(ctx, job).await).await?;
        let (give_pieces, pieces) = mpsc::channel(2);
        let (give_rows, mut rows) = mpsc::channel(2);
        let of = job.clone();
        let reading = tokio::task::spawn_blocking(move || read_rows(&of, pieces, &give_rows));
        let feeding = async move {
            let mut position = 0;
            while let Some(bytes) = self.read(async |ctx| piece(ctx, job, position).await).await? {
                if give_pieces.send(bytes).await.is_err() {
                    break;
                }
                position += 1;
            }
            Ok::<_, Error>(())
        };
        let keeping = async move {
            let (mut headers, mut marks) = (None, Vec::new());
            while let Some(found) = rows.recv().await {
                match found {
                    Unpacked::Header(found) => headers = Some(found),
                    Unpacked::Rows(found) => {
                        let position = marks.len();
                        self.write(async |ctx| records_found(ctx, job, position, &found).await).await?;
                        marks.extend(found.into_iter().map(|(_, marks)| marks));
                    }
                }
            }
            Ok::<_, Error>((headers, marks))
        };
        let (fed, kept) = tokio::join!(feeding, keeping);
        reading.await.map_err(Error::internal)??;
        fed?;
        let (headers, marks) = kept?;
        let headers = headers.ok_or_else(|| Error::internal("a file without a header"))?;
        self.write(async |ctx| lay_out(ctx, job, &headers, &marks).await).await
    }

    /// Says again and again that the job goes on, until it is no longer this process's.
    async fn keep_alive(&self, job: &Job) -> Result<()> {
        let nobody = Actor::nobody();
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            let now = self.clock.now();
            match self.beats.write(&nobody, now, WORK, async |ctx| job_heard(ctx, job).await).await {
                Err(refusal) if is_lost(&refusal) => return Err(refusal),
                // The next sign may come through.
                _ => {}
            }
        }
    }

    async fn write<T>(&self, work: impl AsyncFn(&Ctx<'_>) -> Result<T>) -> Result<T> {
        self.db.write(&Actor::nobody(), self.clock.now(), WORK, work).await
    }

    async fn read<T>(&self, work: impl AsyncFn(&Ctx<'_>) -> Result<T>) -> Result<T> {
        self.db.read(&Actor::nobody(), self.clock.now(), WORK, work).await
    }
}
