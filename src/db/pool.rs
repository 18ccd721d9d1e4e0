//! Connections of one worker thread: a write pool, a snapshot pool and a few pipelined read connections.

use std::time::Duration;

use diesel_async::pooled_connection::deadpool::{Object, Pool};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncConnection, TransactionManager};

use super::pipe::Pipes;
use super::{Conn, Ctx, Work, errors};
use crate::authz::Actor;
use crate::error::{Code, Error, Result};
use chrono::{DateTime, Utc};

type Manager = <Conn as AsyncConnection>::TransactionManager;

/// How many connections each worker thread keeps, and where to.
#[derive(Debug, Clone)]
pub struct DbSettings {
    /// Where writes go.
    pub url: String,
    /// Where reads go; a replica, or the same.
    pub read_url: String,
    /// Connections for writes.
    pub write_connections: usize,
    /// Connections for snapshots.
    pub snapshot_connections: usize,
    /// Shared connections for short reads.
    pub read_pipes: usize,
}

/// The database as one worker thread sees it.
pub struct Db {
    write: Pool<Conn>,
    snapshot: Pool<Conn>,
    pipes: Pipes,
}

/// How often a transaction that lost against another one is tried.
const ATTEMPTS: u32 = 4;
/// How long a request waits for a free connection before it is told to come back.
const WAIT: Duration = Duration::from_secs(5);

impl Db {
    /// The connections of this worker; they are opened when they are first needed.
    pub fn new(settings: &DbSettings) -> Result<Self> {
        Ok(Self {
            write: pool(&as_runtime_role(&settings.url, &[PLANNED_ONCE]), settings.write_connections)?,
            snapshot: pool(
                &as_runtime_role(&settings.read_url, &[READ_ONLY]),
                settings.snapshot_connections,
            )?,
            pipes: Pipes::new(
                as_runtime_role(&settings.read_url, &[READ_ONLY, PLANNED_ONCE]),
                settings.read_pipes,
            ),
        })
    }

    /// One transaction. What `work` refuses is rolled back; what another transaction spoilt is tried again.
    pub async fn write<T>(
        &self,
        actor: &Actor,
        now: DateTime<Utc>,
        request_id: &str,
        work: impl AsyncFn(&Ctx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.transact(actor, now, request_id, &work).await
    }

    async fn transact<T>(
        &self,
        actor: &Actor,
        now: DateTime<Utc>,
        request_id: &str,
        work: &dyn Work<T>,
    ) -> Result<T> {
        let mut attempt = 1;
        loop {
            let mut conn = begun(&self.write, "begin").await?;
            let result = work.run(&Ctx { conn: &conn, actor, now, request_id }).await;
            let result = match result {
                Ok(value) => {
                    Manager::commit_transaction(&mut *conn).await.map_err(errors::refused).map(|()| value)
                }
                Err(refusal) => {
                    // A connection that cannot roll back is broken and is dropped by the pool.
                    if let Err(error) = Manager::rollback_transaction(&mut *conn).await {
                        log::warn!("rollback failed: {error}");
                    }
                    Err(refusal)
                }
            };
            match result {
                Err(refusal) if errors::is_contention(&refusal) && attempt < ATTEMPTS => {
                    drop(conn);
                    attempt += 1;
                    tokio::time::sleep(errors::backoff(attempt)).await;
                }
                done => return done,
            }
        }
    }

    /// Short reads on a shared, read-only connection: each statement sees its own moment.
    pub async fn read<T>(
        &self,
        actor: &Actor,
        now: DateTime<Utc>,
        request_id: &str,
        work: impl AsyncFn(&Ctx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.ask(actor, now, request_id, &work).await
    }

    async fn ask<T>(
        &self,
        actor: &Actor,
        now: DateTime<Utc>,
        request_id: &str,
        work: &dyn Work<T>,
    ) -> Result<T> {
        // A read may be asked twice; after a restart of the database every connection has to be replaced once.
        for _ in 0..self.pipes.count() {
            let pipe = self.pipes.get().await?;
            match work.run(&Ctx { conn: &pipe, actor, now, request_id }).await {
                Err(refusal) if refusal.code == Code::Unavailable && !errors::is_timeout(&refusal) => {
                    self.pipes.discard(&pipe);
                }
                done => return done,
            }
        }
        let pipe = self.pipes.get().await?;
        work.run(&Ctx { conn: &pipe, actor, now, request_id }).await
    }

    /// Reads that must agree with each other, or that take long: a read-only snapshot on a connection of its own.
    pub async fn snapshot<T>(
        &self,
        actor: &Actor,
        now: DateTime<Utc>,
        request_id: &str,
        work: impl AsyncFn(&Ctx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.look(actor, now, request_id, &work).await
    }

    async fn look<T>(
        &self,
        actor: &Actor,
        now: DateTime<Utc>,
        request_id: &str,
        work: &dyn Work<T>,
    ) -> Result<T> {
        let mut conn = begun(&self.snapshot, "begin isolation level repeatable read, read only").await?;
        let result = work.run(&Ctx { conn: &conn, actor, now, request_id }).await;
        if let Err(error) = Manager::rollback_transaction(&mut *conn).await {
            log::warn!("end of snapshot failed: {error}");
        }
        result
    }

    /// Whether the database answers within a second and stands at the newest migration.
    pub async fn is_ready(&self) -> Result<()> {
        let check = async {
            let conn = checkout(&self.write).await?;
            super::migrations::newest_applied(&conn).await
        };
        match tokio::time::timeout(Duration::from_secs(1), check).await {
            Ok(Ok(version)) if version == super::migrations::newest_embedded() => Ok(()),
            Ok(Ok(version)) => {
                Err(Error::new(Code::Unavailable).cause(format!("the schema stands at {version}")))
            }
            Ok(Err(refusal)) => Err(refusal),
            Err(elapsed) => Err(Error::new(Code::Unavailable).cause(elapsed)),
        }
    }
}

/// A connection with an open transaction. One that broke while it lay in the pool is thrown away: nothing was done
/// on it yet, so the next one may be tried.
async fn begun(pool: &Pool<Conn>, begin: &str) -> Result<Object<Conn>> {
    let mut broken = 0;
    loop {
        let mut conn = checkout(pool).await?;
        match Manager::begin_transaction_sql(&mut *conn, begin).await.map_err(errors::refused) {
            Ok(()) => return Ok(conn),
            Err(refusal) if refusal.code == Code::Unavailable && broken < pool.status().max_size => {
                broken += 1;
                drop(Object::take(conn));
            }
            Err(refusal) => return Err(refusal),
        }
    }
}

async fn checkout(pool: &Pool<Conn>) -> Result<Object<Conn>> {
    pool.get().await.map_err(|error| Error::new(Code::Unavailable).retry_after(2).cause(error))
}

fn pool(url: &str, size: usize) -> Result<Pool<Conn>> {
    let mut config = ManagerConfig::default();
    // A test query at every checkout costs 40 % of a request and catches nothing that Fast does not.
    config.recycling_method = RecyclingMethod::Fast;
    Pool::builder(AsyncDieselConnectionManager::new_with_config(url, config))
        .max_size(size)
        .wait_timeout(Some(WAIT))
        .create_timeout(Some(WAIT))
        .runtime(deadpool::Runtime::Tokio1)
        .build()
        .map_err(Error::internal)
}

/// Reads cannot write at all.
const READ_ONLY: &str = "-c default_transaction_read_only=on";
/// Short statements are planned once for all values: each is proven to use its index so, and planning for the values
/// costs more than reading.
const PLANNED_ONCE: &str = "-c plan_cache_mode=force_generic_plan";

/// Sessions of the server work as the runtime role, whoever owns the tables.
fn as_runtime_role(url: &str, more: &[&str]) -> String {
    // Nobody waits for ever: neither for a row that somebody else holds, nor behind a transaction whose owner is gone.
    let options = "-c role=rost_runtime -c application_name=rost -c statement_timeout=30s \
                   -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s";
    let options = [&[options], more].concat().join(" ");
    if url.contains("://") {
        let separator = if url.contains('?') { '&' } else { '?' };
        let options = options.replace(' ', "%20").replace('=', "%3D");
        format!("{url}{separator}options={options}")
    } else {
        format!("{url} options='{options}'")
    }
}
