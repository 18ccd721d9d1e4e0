//! Standings from the ledgers themselves.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{Folded, Job, Pair, Standing, holds_until, is_known, work_at};
use super::store;
use crate::db::Ctx;
use crate::directory::regions::memory::RegionStamp;
use crate::error::Result;
use crate::hours::balances::rules;
use crate::hours::credit_transfers::model::{Granted, transfers};
use crate::hours::credit_transfers::service::granted_to;
use crate::hours::ledger::model::Line;
use crate::hours::ledger::service::lines_of_people;
use crate::hours::model::{History, Transfer, balance};
use crate::registry::provider_licences::providers::Providers;
use crate::regulations::service::{binding_regulation_under, next_change_of_regulations};

/// People folded together: so many ledgers are in memory at once.
pub(super) const PORTION: i64 = 500;

/// The moment of a question.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The directory of the region.
    pub stamp: RegionStamp,
    /// The day of the question.
    pub as_of: NaiveDate,
    /// What had been recorded by then is considered.
    pub known_at: DateTime<Utc>,
}

/// Where these people stand at these employers: one statement for all their work, one for the ledgers, one for what is
/// credited in them. Papers outside the ledger are in no sum.
pub(super) async fn fold(ctx: &Ctx<'_>, moment: Moment, pairs: &[Pair]) -> Result<Vec<Folded>> {
    let Moment { stamp, as_of, known_at } = moment;
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let mut people: Vec<Uuid> = pairs.iter().map(|(person_id, _)| *person_id).collect();
    people.sort_unstable();
    people.dedup();
    let (jobs, lines, granted, next_regulation) = tokio::try_join!(
        store::jobs(ctx.conn, &people),
        lines_of_people(ctx, &people),
        granted_to(ctx, &people),
        next_change_of_regulations(ctx, stamp.region_id, as_of),
    )?;
    let lines = lines.with(&Providers::read(ctx, stamp).await?);
    let mut credited: HashMap<Uuid, Vec<Transfer>> = HashMap::new();
    for (person_id, transfer) in transfers(&granted, &lines, known_at) {
        credited.entry(person_id).or_default().push(transfer);
    }
    let mut histories: HashMap<Uuid, History> = HashMap::new();
    for Line { person_id, entry, .. } in lines {
        histories.entry(person_id).or_default().entries.push(entry);
    }
    for (person_id, transfers) in credited {
        histories.entry(person_id).or_default().transfers = transfers;
    }
    // Granted or taken back since: what is folded of an earlier moment says nothing of the present.
    let is_later = |it: &&Granted| it.granted_at > known_at || it.revoked_at.is_some_and(|at| at > known_at);
    let late: Vec<Uuid> = granted.iter().filter(is_later).map(|it| it.person_id).collect();
    let mut jobs_of: HashMap<Uuid, Vec<Job>> = HashMap::new();
    for job in jobs {
        jobs_of.entry(job.person_id).or_default().push(job);
    }
    let nothing = History::default();
    let mut folded = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let (person_id, organization_id) = *pair;
        let work = work_at(jobs_of.get(&person_id).map_or(&[], Vec::as_slice), organization_id, as_of);
        let regulation = match work.works {
            true => binding_regulation_under(ctx, stamp, organization_id, as_of).await?,
            false => None,
        };
        let levels: Vec<_> = work.levels.iter().copied().collect();
        let rule = rules::rule(regulation.as_ref(), &levels);
        let history = histories.get(&person_id).unwrap_or(&nothing);
        let until = [holds_until(history, &rule, as_of), work.until, next_regulation];
        folded.push(Folded {
            pair: *pair,
            standing: Standing::of(&balance(history, &rule, as_of, known_at)),
            until: until.into_iter().flatten().min(),
            lasting: is_known(history, known_at) && !late.contains(&person_id),
            work,
        });
    }
    Ok(folded)
}
