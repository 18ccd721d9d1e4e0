//! The three-year check for many people at once: what needs and plans derive from it.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::ledger::service::lines_of_people;
use super::model::{FederalFrequency, History, HoursRule, LedgerEntry, balance};
use crate::db::Ctx;
use crate::directory::regions::memory::RegionStamp;
use crate::error::Result;
use crate::registry::provider_licences::providers::Providers;

/// The federal check (B1.1) of these people on that day, in one statement; whoever has no entry is missing from the
/// answer. The caller has decided already that the actor may know it.
pub async fn frequencies(
    ctx: &Ctx<'_>,
    person_ids: &[Uuid],
    as_of: NaiveDate,
) -> Result<HashMap<Uuid, FederalFrequency>> {
    let mut entries: HashMap<Uuid, Vec<LedgerEntry>> = HashMap::new();
    if person_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (lines, stamp) =
        tokio::try_join!(lines_of_people(ctx, person_ids), RegionStamp::read(ctx, ctx.region_id()?),)?;
    for line in lines.with(&Providers::read(ctx, stamp).await?) {
        entries.entry(line.person_id).or_default().push(line.entry);
    }
    let rule = HoursRule::default();
    let check = |(person_id, entries)| {
        let history = History { entries, ..History::default() };
        (person_id, balance(&history, &rule, as_of, ctx.now).federal_frequency)
    };
    Ok(entries.into_iter().map(check).collect())
}
