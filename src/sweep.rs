//! What time brings about. What is worth nothing any more goes: answers kept for repeats that will not come, tokens that
//! have ended, deliveries of webhooks that nobody will look up. Deadlines of approvals have their effect, and requests
//! about people who have left come to their end.
//!
//! In small portions, each a transaction of its own, so that nobody waits for it; rows that somebody else holds stay
//! for the next time, so several processes may sweep one database.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use crate::accounts::service::{sweep_refresh_tokens, sweep_revoked_tokens};
use crate::app::SharedState;
use crate::approvals::service::{abandoned_requests, end_abandoned, late_requests, meet_deadline};
use crate::authz::Actor;
use crate::db::{Ctx, Db, sweep_idempotency_keys};
use crate::error::{Error, Result};
use crate::events::webhooks::service::sweep_deliveries;
use crate::files::FileStore;
use crate::hours::credential_files::service::nameless;
use crate::imports::service::{
    KEPT_FOR as IMPORTS_KEPT_FOR, sweep_import_leftovers, sweep_import_silence, sweep_imports,
};

/// How long the answer to an Idempotency-Key is kept, as the documentation promises.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);
/// How often a process sweeps.
const INTERVAL: Duration = Duration::from_secs(600);
/// The folder of files is looked through once in so many sweeps: once a day.
const FILES_EVERY: u32 = 144;
/// How long a file lies in the folder before somebody asks whose it is.
const LAIN_FOR: Duration = Duration::from_secs(24 * 60 * 60);
/// Names of files that are asked for at a time.
const NAMES: usize = 1_000;
/// Rows of one transaction.
const PORTION: i64 = 1_000;
/// Requests that are asked for at a time; each of them has a transaction of its own.
const REQUESTS: i64 = 100;
/// Transactions of one kind at a time; what is left goes the next time.
const PORTIONS: usize = 200;

/// How much was swept away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Stored answers.
    pub idempotency_keys: usize,
    /// Refresh tokens that have ended.
    pub refresh_tokens: usize,
    /// Revoked access tokens that would have ended by now anyway.
    pub revoked_tokens: usize,
    /// Deliveries of webhooks that came to their end long ago.
    pub webhook_deliveries: usize,
    /// Deadlines of approvals that had their effect.
    pub deadlines: usize,
    /// What is left of runs of bulk loading that have ended, and what of them has been kept long enough.
    pub imports: usize,
    /// Requests that ended because the person they are about has left.
    pub departures: usize,
}

/// Sweeps now and then, as long as the process serves; the folder of files once a day.
pub async fn forever(state: SharedState) {
    for round in (0..FILES_EVERY).cycle() {
        if round == 0 {
            folder(&state).await;
        }
        let swept = match state.own_connection() {
            Ok(db) => sweep(&db, state.clock.now()).await,
            Err(refusal) => Err(refusal),
        };
        match swept {
            Ok(swept) if swept == Swept::default() => {}
            Ok(swept) => log::info!(target: "rost::sweep", swept:?; "swept"),
            // The next time will do.
            Err(refusal) => log::warn!(target: "rost::sweep", "sweeping failed: {refusal}"),
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Sweeps the folder of files once.
async fn folder(state: &SharedState) {
    let swept = match state.own_connection() {
        Ok(db) => sweep_files(&db, state.clock.now(), &state.files).await,
        Err(refusal) => Err(refusal),
    };
    match swept {
        Ok(0) => {}
        Ok(files) => log::info!(target: "rost::sweep", files; "files that nothing names were removed"),
        Err(refusal) => log::warn!(target: "rost::sweep", "sweeping the folder failed: {refusal}"),
    }
}

/// Removes the files of the folder that no row names: their transaction did not come to its end, or a newer scan has their
/// place. Only those that have lain there for a day, so that none is taken whose row is on its way. How many.
pub async fn sweep_files(db: &Db, now: DateTime<Utc>, files: &FileStore) -> Result<usize> {
    let old = in_folder(files, |files| files.lying(LAIN_FOR)).await?;
    let mut removed = in_folder(files, |files| files.remove_unfinished(LAIN_FOR)).await?;
    for names in old.chunks(NAMES) {
        let nameless =
            db.write(&Actor::nobody(), now, "sweep", async |ctx| nameless(ctx, names).await).await?;
        removed += nameless.len();
        in_folder(files, move |files| nameless.into_iter().try_for_each(|name| files.remove(name))).await?;
    }
    Ok(removed)
}

/// Work in the folder, beside the threads that answer.
async fn in_folder<T: Send + 'static>(
    files: &FileStore,
    work: impl FnOnce(&FileStore) -> Result<T> + Send + 'static,
) -> Result<T> {
    let files = files.clone();
    spawn_blocking(move || work(&files)).await.map_err(Error::internal)?
}

/// Sweeps once, as of that moment.
pub async fn sweep(db: &Db, now: DateTime<Utc>) -> Result<Swept> {
    let old = now - KEPT_FOR;
    Ok(Swept {
        idempotency_keys: portions(db, now, async |ctx| sweep_idempotency_keys(ctx, old, PORTION).await)
            .await?,
        refresh_tokens: portions(db, now, async |ctx| sweep_refresh_tokens(ctx, PORTION).await).await?,
        revoked_tokens: portions(db, now, async |ctx| sweep_revoked_tokens(ctx, PORTION).await).await?,
        webhook_deliveries: portions(db, now, async |ctx| sweep_deliveries(ctx, PORTION).await).await?,
        imports: imports(db, now).await?,
        // Whoever has left is no longer waited for, whatever the deadline says.
        departures: requests(db, now, abandoned_requests, end_abandoned).await?,
        deadlines: requests(db, now, late_requests, meet_deadline).await?,
    })
}

/// Runs whose request broke off, then what runs that have ended leave behind, then runs of long ago.
async fn imports(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let (silent, expired) = (now - TimeDelta::hours(1), now - IMPORTS_KEPT_FOR);
    let nobody = Actor::nobody();
    let ended = db.write(&nobody, now, "sweep", async |ctx| sweep_import_silence(ctx, silent).await).await?;
    let left = portions(db, now, async |ctx| sweep_import_leftovers(ctx, PORTION).await).await?;
    Ok(ended + left + portions(db, now, async |ctx| sweep_imports(ctx, expired, PORTION).await).await?)
}

/// Each request that was found, in a transaction of its own. One that fails is left to the next time and stops no other.
async fn requests(
    db: &Db,
    now: DateTime<Utc>,
    find: impl AsyncFn(&Ctx<'_>, Option<Uuid>, i64) -> Result<Vec<Uuid>>,
    happen: impl AsyncFn(&Ctx<'_>, Uuid) -> Result<bool>,
) -> Result<usize> {
    let nobody = Actor::nobody();
    let (mut swept, mut last) = (0, None);
    for _ in 0..PORTIONS {
        let found = db.write(&nobody, now, "sweep", async |ctx| find(ctx, last, REQUESTS).await).await?;
        for id in &found {
            match db.write(&nobody, now, "sweep", async |ctx| happen(ctx, *id).await).await {
                Ok(true) => swept += 1,
                Ok(false) => {}
                Err(refusal) => {
                    log::warn!(target: "rost::sweep", request:% = id; "what is due could not be done: {refusal}");
                }
            }
        }
        last = found.last().copied();
        if i64::try_from(found.len()).is_ok_and(|found| found < REQUESTS) {
            break;
        }
    }
    Ok(swept)
}

async fn portions(
    db: &Db,
    now: DateTime<Utc>,
    portion: impl AsyncFn(&Ctx<'_>) -> Result<usize>,
) -> Result<usize> {
    let mut swept = 0;
    for _ in 0..PORTIONS {
        let gone = db.write(&Actor::nobody(), now, "sweep", &portion).await?;
        swept += gone;
        if i64::try_from(gone).is_ok_and(|gone| gone < PORTION) {
            break;
        }
    }
    Ok(swept)
}
