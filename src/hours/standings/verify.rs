//! Everything kept is computed again and compared with the ledger, and the ledger with the credentials.

use uuid::Uuid;

use super::fold::{Moment, PORTION, fold};
use super::keep::keep;
use super::model::Part;
use super::store::{self, Held};
use crate::db::Ctx;
use crate::directory::regions::memory::RegionStamp;
use crate::directory::regions::service as regions;
use crate::error::Result;

/// What was found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Rows that claim to hold.
    pub compared: usize,
    /// People whose row says otherwise than the ledger, with the employer.
    pub standings: Vec<(Uuid, Uuid)>,
    /// Organizations whose sums are not those of the rows.
    pub totals: Vec<Uuid>,
    /// Credentials whose lines of the ledger are not what their state asks for.
    pub credentials: Vec<Uuid>,
}

impl Checked {
    /// Whether everything is as it should be.
    pub fn is_clean(&self) -> bool {
        self.standings.is_empty() && self.totals.is_empty() && self.credentials.is_empty()
    }
}

/// Checks a region in one snapshot.
pub async fn verify(ctx: &Ctx<'_>, region_id: Uuid) -> Result<Checked> {
    let held = held(ctx, region_id).await?;
    let moment = Moment { stamp: held.stamp, as_of: held.day, known_at: ctx.now };
    let mut checked = Checked {
        totals: store::wrong_totals(ctx.conn, region_id).await?,
        credentials: store::wrong_credentials(ctx.conn, region_id).await?,
        ..Checked::default()
    };
    let mut after = (Uuid::nil(), Uuid::nil());
    loop {
        let portion = store::unheld(ctx.conn, Part::Region(region_id), held, true, after, PORTION).await?;
        let Some(last) = portion.last() else { return Ok(checked) };
        after = last.pair;
        let rows: Vec<_> = portion.into_iter().filter(|kept| kept.held).collect();
        let pairs: Vec<_> = rows.iter().map(|kept| kept.pair).collect();
        let folded = fold(ctx, moment, &pairs).await?;
        checked.compared += rows.len();
        for (kept, folded) in rows.iter().zip(&folded) {
            let same = kept.works == folded.work.works
                && kept.main == folded.work.main
                && kept.standing.as_ref() == Some(&folded.standing);
            if !same {
                checked.standings.push(kept.pair);
            }
        }
    }
}

/// Writes the wrong standings and the sums anew; what is wrong in the ledger is for people to correct.
pub async fn repair(ctx: &Ctx<'_>, region_id: Uuid, checked: &Checked) -> Result<()> {
    let held = held(ctx, region_id).await?;
    let mut people: Vec<Uuid> = checked.standings.iter().map(|(person_id, _)| *person_id).collect();
    people.sort_unstable();
    people.dedup();
    if !people.is_empty() {
        let people = store::lock_people(ctx.conn, &people).await?;
        keep(ctx, held, &people, ctx.now).await?;
    }
    if checked.totals.is_empty() { Ok(()) } else { store::rewrite_totals(ctx.conn).await }
}

async fn held(ctx: &Ctx<'_>, region_id: Uuid) -> Result<Held> {
    let stamp = RegionStamp::read(ctx, region_id).await?;
    Ok(Held { stamp, day: regions::today(ctx, region_id).await? })
}
