//! Proposals of routes for many people (P4-36), worked off beside the requests: each person in a transaction of its own,
//! so a process that ends in the middle loses nothing and another one goes on. Several processes may work on one job.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::app::SharedState;
use crate::authz::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::learning_routes::proposal_jobs::service::{finish_jobs, take_one};

/// How often a process looks whether somebody waits.
const INTERVAL: Duration = Duration::from_secs(10);
/// Where the work is told apart in the log.
const WORK: &str = "proposing";

/// Works now and then, as long as the process serves.
pub async fn forever(state: SharedState) {
    loop {
        let worked = match state.own_connection() {
            Ok(db) => until_nobody_waits(&state, &db).await,
            Err(refusal) => Err(refusal),
        };
        if let Err(refusal) = worked {
            // The next time will do.
            log::warn!(target: "rost::proposing", "proposing failed: {refusal}");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

async fn until_nobody_waits(state: &SharedState, db: &Db) -> Result<()> {
    while work_once(db, state.clock.now()).await? {}
    Ok(())
}

/// Takes one person of the oldest job under way; `false` when nobody waits any more. Jobs that are through are finished.
pub async fn work_once(db: &Db, now: DateTime<Utc>) -> Result<bool> {
    let nobody = Actor::nobody();
    let taken = db.write(&nobody, now, WORK, async |ctx| take_one(ctx).await).await?;
    // Afterwards, so that of several processes the last one sees what the others have done.
    db.write(&nobody, now, WORK, async |ctx| finish_jobs(ctx).await).await?;
    Ok(taken)
}
