//! Use cases of compliance.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::memory::{Memory, Page, Question};
use super::model::{Standing, Worker};
use super::{policy, store};
use crate::authz::may;
use crate::db::Ctx;
use crate::directory::organizations::service::{authorize_at, organization, target};
use crate::directory::regions::memory::RegionStamp;
use crate::error::Result;
use crate::hours::balances::policy::GET_HOURS_BALANCE;
use crate::hours::balances::rules;
use crate::hours::clock::today;
use crate::hours::credit_transfers::model::transfers;
use crate::hours::credit_transfers::service::granted_to;
use crate::hours::ledger::service::lines_of_people;
use crate::hours::model::{History, LedgerEntry, Transfer, balance};
use crate::registry::provider_licences::providers::Providers;
use crate::regulations::model::BindingRegulation;
use crate::regulations::service::binding_regulation_under;

/// The compliance of an organization on a day.
#[derive(Debug)]
pub struct Compliance {
    /// The organization.
    pub organization_id: Uuid,
    /// The regulation that binds it.
    pub regulation: Option<BindingRegulation>,
    /// The day.
    pub as_of: NaiveDate,
    /// Where everybody stands, by name.
    pub people: Vec<(Worker, Standing)>,
    /// Whether the actor may see who is who.
    pub named: bool,
}

/// Both checks for everybody who works there.
pub async fn get_hours_compliance(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    as_of: Option<NaiveDate>,
    known_at: Option<DateTime<Utc>>,
) -> Result<Compliance> {
    let as_of = as_of.unwrap_or(today(ctx).await?);
    let (place, stamp, staff) = tokio::try_join!(
        organization(ctx, organization_id),
        RegionStamp::read(ctx, ctx.region_id()?),
        store::staff(ctx.conn, organization_id, as_of),
    )?;
    authorize_at(ctx.actor, &policy::GET_HOURS_COMPLIANCE, &place)?;
    let regulation = binding_regulation_under(ctx, stamp, organization_id, as_of).await?;
    let question = Question { organization_id, as_of, stamp };
    let people = match known_at {
        None => remembered(ctx, question, regulation.as_ref(), staff).await?,
        // What was known at some moment is asked for too seldom to be remembered.
        Some(known_at) => {
            let folded = fold(ctx, question, regulation.as_ref(), staff, known_at).await?;
            folded.into_iter().map(|it| (it.worker, it.standing)).collect()
        }
    };
    let named = may(ctx.actor, &GET_HOURS_BALANCE, &target(&place));
    Ok(Compliance { organization_id, regulation, as_of, people, named })
}

/// Where the staff stands now: only the ledgers that changed since somebody asked the same are read and folded.
async fn remembered(
    ctx: &Ctx<'_>,
    question: Question,
    regulation: Option<&BindingRegulation>,
    staff: Vec<Worker>,
) -> Result<Vec<(Worker, Standing)>> {
    static MEMORY: LazyLock<Memory> = LazyLock::new(Memory::default);
    let page = MEMORY.page(question);
    let changed: Vec<Worker> = staff.iter().filter(|worker| page.of(worker).is_none()).cloned().collect();
    let mut fresh = HashMap::new();
    if !changed.is_empty() {
        let mut next = Page::clone(&page);
        for it in fold(ctx, question, regulation, changed, ctx.now).await? {
            if let Some(lines) = it.lines {
                next.keep(&it.worker, lines, it.standing);
            }
            fresh.insert(it.worker.person_id, it.standing);
        }
        MEMORY.remember(question, next);
    }
    let standing = |worker: &Worker| match fresh.get(&worker.person_id) {
        Some(standing) => Some(*standing),
        None => page.of(worker),
    };
    Ok(staff.into_iter().filter_map(|worker| standing(&worker).map(|it| (worker, it))).collect())
}

/// A worker whose ledger was folded.
struct Folded {
    worker: Worker,
    standing: Standing,
    /// How many lines the ledger has; absent when some of them were not known yet at the moment of the question.
    lines: Option<usize>,
}

/// One statement for all the ledgers, one for what is credited in them.
async fn fold(
    ctx: &Ctx<'_>,
    question: Question,
    regulation: Option<&BindingRegulation>,
    workers: Vec<Worker>,
    known_at: DateTime<Utc>,
) -> Result<Vec<Folded>> {
    let people: Vec<Uuid> = workers.iter().map(|worker| worker.person_id).collect();
    let (lines, granted) = tokio::try_join!(lines_of_people(ctx, &people), granted_to(ctx, &people))?;
    let lines = lines.with(&Providers::read(ctx, question.stamp).await?);
    let mut credited: HashMap<Uuid, Vec<Transfer>> = HashMap::new();
    for (person_id, transfer) in transfers(&granted, &lines, known_at) {
        credited.entry(person_id).or_default().push(transfer);
    }
    let mut entries: HashMap<Uuid, Vec<LedgerEntry>> = HashMap::new();
    for line in lines {
        entries.entry(line.person_id).or_default().push(line.entry);
    }
    let folded = workers.into_iter().map(|worker| {
        let entries = entries.remove(&worker.person_id).unwrap_or_default();
        let lines = entries.iter().all(|entry| entry.recorded_at() <= known_at).then_some(entries.len());
        let levels: Vec<_> = worker.levels.iter().copied().collect();
        // Papers outside the ledger are in no sum.
        let transfers = credited.remove(&worker.person_id).unwrap_or_default();
        let history = History { entries, pending: Vec::new(), transfers };
        let balance = balance(&history, &rules::rule(regulation, &levels), question.as_of, known_at);
        Folded { standing: Standing::from(&balance), lines, worker }
    });
    Ok(folded.collect())
}
