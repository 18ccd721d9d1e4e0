//! Use cases of compliance.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{policy, store};
use crate::authz::may;
use crate::db::Ctx;
use crate::directory::organizations::service::{authorize_at, organization, target};
use crate::directory::regions::memory::RegionStamp;
use crate::error::Result;
use crate::hours::balances::policy::GET_HOURS_BALANCE;
use crate::hours::balances::rules;
use crate::hours::clock::today;
use crate::hours::ledger::service::lines_of_staff;
use crate::hours::model::{Balance, History, LedgerEntry, balance};
use crate::registry::provider_licences::providers::Providers;
use crate::regulations::model::BindingRegulation;
use crate::regulations::service::binding_regulation_under;
use crate::values::EducationLevel;

/// Somebody who works there.
#[derive(Debug, Clone)]
pub struct Worker {
    /// The person.
    pub person_id: Uuid,
    /// Family name.
    pub last_name: String,
    /// Given name.
    pub first_name: String,
    /// Patronymic.
    pub middle_name: Option<String>,
    /// Levels taught there.
    pub levels: BTreeSet<EducationLevel>,
}

/// The compliance of an organization on a day.
#[derive(Debug)]
pub struct Compliance {
    /// The organization.
    pub organization_id: Uuid,
    /// The regulation that binds it.
    pub regulation: Option<BindingRegulation>,
    /// The day.
    pub as_of: NaiveDate,
    /// Everybody's balance, by name.
    pub people: Vec<(Worker, Balance)>,
    /// Whether the actor may see who is who.
    pub named: bool,
}

/// Both checks for everybody who works there: one statement for the staff, one for all their entries.
pub async fn get_hours_compliance(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    as_of: Option<NaiveDate>,
    known_at: Option<DateTime<Utc>>,
) -> Result<Compliance> {
    let (as_of, known_at) = (as_of.unwrap_or(today(ctx).await?), known_at.unwrap_or(ctx.now));
    let (place, stamp, staff, lines) = tokio::try_join!(
        organization(ctx, organization_id),
        RegionStamp::read(ctx, ctx.region_id()?),
        store::staff(ctx.conn, organization_id, as_of),
        lines_of_staff(ctx, organization_id, as_of),
    )?;
    authorize_at(ctx.actor, &policy::GET_HOURS_COMPLIANCE, &place)?;
    let target = target(&place);
    let regulation = binding_regulation_under(ctx, stamp, organization_id, as_of).await?;
    let mut entries: HashMap<Uuid, Vec<LedgerEntry>> = HashMap::new();
    for line in lines.with(&Providers::read(ctx, stamp).await?) {
        entries.entry(line.person_id).or_default().push(line.entry);
    }
    let people = staff
        .into_iter()
        .map(|worker| {
            let levels: Vec<_> = worker.levels.iter().copied().collect();
            let entries = entries.remove(&worker.person_id).unwrap_or_default();
            // Papers outside the ledger are in no sum.
            let history = History { entries, pending: Vec::new() };
            let balance = balance(&history, &rules::rule(regulation.as_ref(), &levels), as_of, known_at);
            (worker, balance)
        })
        .collect();
    let named = may(ctx.actor, &GET_HOURS_BALANCE, &target);
    Ok(Compliance { organization_id, regulation, as_of, people, named })
}
