//! Writing what was folded, so that the next reader need not.

use chrono::{DateTime, Utc};

use super::fold::{Moment, fold};
use super::store::{self, Held};
use crate::db::Ctx;
use crate::directory::regions::memory::RegionStamp;
use crate::directory::regions::service as regions;
use crate::error::Result;
use uuid::Uuid;

/// People kept in one transaction: they can neither be confirmed a paper nor be folded by another process meanwhile.
const PORTION: i64 = 200;

/// Folds some people of a region whose standings do not hold; how many. First the people are held, then their rows: in this
/// order whoever posts to a ledger does too. What is read afterwards is read from a later moment than the locks.
pub async fn keep_some(ctx: &Ctx<'_>, region_id: Uuid, now: DateTime<Utc>) -> Result<usize> {
    let held =
        Held { stamp: RegionStamp::read(ctx, region_id).await?, day: regions::today(ctx, region_id).await? };
    let waiting = store::to_keep(ctx.conn, held, PORTION).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let people = store::lock_people(ctx.conn, &waiting).await?;
    keep(ctx, held, &people, now).await
}

/// Folds and writes all rows of people who are held.
pub(super) async fn keep(ctx: &Ctx<'_>, held: Held, people: &[Uuid], now: DateTime<Utc>) -> Result<usize> {
    let pairs = store::lock_rows(ctx.conn, people).await?;
    // Read anew: what was folded under a stamp that has changed meanwhile is written under the older one, and does not hold.
    let moment = Moment { stamp: held.stamp, as_of: held.day, known_at: now };
    let folded = fold(ctx, moment, &pairs).await?;
    let lasting = folded.iter().filter(|it| it.lasting).count();
    store::save(ctx.conn, held, now, &folded).await?;
    Ok(lasting)
}
