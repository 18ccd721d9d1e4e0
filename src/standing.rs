//! Standings of hours are folded beside the requests, so that the next reader finds them. Several processes may work on
//! them; one that ends in the middle loses nothing, because whoever reads folds what is not kept.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::app::SharedState;
use crate::authz::Actor;
use crate::db::Db;
use crate::directory::regions::service::region_ids;
use crate::error::Result;
use crate::hours::standings::keep_some;

/// How often a process looks whether something is stale.
const INTERVAL: Duration = Duration::from_secs(10);
/// Where the work is told apart in the log.
const WORK: &str = "standing";

/// Works now and then, as long as the process serves.
pub async fn forever(state: SharedState) {
    loop {
        let worked = match state.own_connection() {
            Ok(db) => until_all_hold(&db, state.clock.now()).await,
            Err(refusal) => Err(refusal),
        };
        if let Err(refusal) = worked {
            // The next time will do.
            log::warn!(target: "rost::standing", "keeping standings failed: {refusal}");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Folds what does not hold, region by region, until everything does or others hold the rest.
pub async fn until_all_hold(db: &Db, now: DateTime<Utc>) -> Result<()> {
    let nobody = Actor::nobody();
    let regions = db.write(&nobody, now, WORK, async |ctx| region_ids(ctx).await).await?;
    for region_id in regions {
        while db.write(&nobody, now, WORK, async |ctx| keep_some(ctx, region_id, ctx.now).await).await? > 0 {}
    }
    Ok(())
}
