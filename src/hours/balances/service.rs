//! Use cases of balances. Training that is only planned stands in `planned`.

mod planned;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub use super::model::{Explained, NormAhead, Paper, Preview, Question};
pub use planned::preview_hours_balance;

use super::history::{history, in_words};
use super::model::{AtEmployer, Claim, Workplace, workplaces};
use super::{policy, rules};
use crate::authz::{Rule, authorize};
use crate::db::Ctx;
use crate::directory::persons::model::PersonFacts;
use crate::directory::persons::service::person_facts;
use crate::error::{Error, Result};
use crate::hours::clock::today;
use crate::hours::credentials::model::Credential;
use crate::hours::credentials::service::pending;
use crate::hours::credit_transfers::model::Granted;
use crate::hours::credit_transfers::service::granted_to;
use crate::hours::ledger::model::Line;
use crate::hours::ledger::service::lines_of_person;
use crate::hours::model::{Balance, History, LedgerEntry, balance};
use crate::registry::provider_licences::providers::Providers;
use crate::regulations::model::BindingRegulation;
use crate::regulations::service::binding_regulation_under;
use crate::values::EducationLevel;

/// The balance of a person.
pub async fn get_hours_balance(ctx: &Ctx<'_>, question: Question) -> Result<Explained> {
    let records = Records::read(ctx, &policy::GET_HOURS_BALANCE, question).await?;
    let as_of = question.as_of.unwrap_or(records.today);
    records.explain(ctx, question, as_of, &[]).await
}

/// Everything that a balance of a person is folded from, read once.
struct Records {
    person: PersonFacts,
    today: NaiveDate,
    known_at: DateTime<Utc>,
    lines: Vec<Line>,
    papers: Vec<Credential>,
    granted: Vec<Granted>,
    providers: Providers,
}

impl Records {
    /// Reads them, if the actor may ask.
    async fn read(ctx: &Ctx<'_>, rule: &'static Rule, question: Question) -> Result<Self> {
        let today = today(ctx).await?;
        let known_at = question.known_at.unwrap_or(ctx.now);
        let people = [question.person_id];
        let (person, lines, papers, granted) = tokio::try_join!(
            person_facts(ctx, question.person_id, today),
            lines_of_person(ctx, question.person_id),
            pending(ctx, question.person_id, known_at),
            granted_to(ctx, &people),
        )?;
        authorize(ctx.actor, rule, &person.target_on(today))?;
        let providers = Providers::read(ctx, person.stamp).await?;
        let lines = lines.with(&providers);
        Ok(Self { person, today, known_at, lines, papers, granted, providers })
    }

    /// The balance on a day, with these claims as if they were confirmed. One history, folded once for each employer of
    /// the day.
    async fn explain(
        &self,
        ctx: &Ctx<'_>,
        question: Question,
        as_of: NaiveDate,
        claims: &[Claim],
    ) -> Result<Explained> {
        let places = workplaces(&self.person, as_of);
        let chosen = chosen(&places, question.organization_id)?;
        let mut history = history(&self.lines, &self.papers, &self.granted, &self.providers, self.known_at);
        history.entries.extend(claims.iter().map(|claim| LedgerEntry::Credit(claim.credit.clone())));
        let mut papers = in_words(&self.lines, &self.papers);
        papers.extend(claims.iter().map(|claim| (claim.credit.id, claim.paper.clone())));
        let mut employers = Vec::new();
        let mut found = None;
        for place in &places {
            let regulation =
                binding_regulation_under(ctx, self.person.stamp, place.organization_id, as_of).await?;
            let balance = self.fold(&history, regulation.as_ref(), &place.levels, as_of);
            let norm = rules::norm(regulation.as_ref(), &place.levels);
            employers.push(AtEmployer {
                organization_id: place.organization_id,
                regulation: regulation.clone(),
                norm: norm.clone(),
                local: balance.local_hours.clone(),
                norm_breaks_on: balance.norm_breaks_on,
            });
            if chosen == Some(place) {
                found = Some((regulation, norm, balance));
            }
        }
        // Whoever works nowhere has no regulation, and hours all the same.
        let (regulation, norm, balance) =
            found.unwrap_or_else(|| (None, None, self.fold(&history, None, &[], as_of)));
        Ok(Explained {
            person_id: self.person.id,
            organization_id: chosen.map(|place| place.organization_id),
            regulation,
            norm,
            balance,
            employers,
            papers,
        })
    }

    fn fold(
        &self,
        history: &History,
        regulation: Option<&BindingRegulation>,
        levels: &[EducationLevel],
        as_of: NaiveDate,
    ) -> Balance {
        balance(history, &rules::rule(regulation, levels), as_of, self.known_at)
    }
}

/// The employer whose regulation applies: the one asked for, else the main one.
fn chosen(places: &[Workplace], asked: Option<Uuid>) -> Result<Option<&Workplace>> {
    let Some(id) = asked else { return Ok(places.first()) };
    let there = places.iter().find(|place| place.organization_id == id);
    there.map(Some).ok_or_else(|| {
        Error::field(
            "organization_id",
            "not_employed",
            "В этот день человек там не работает",
            "The person does not work there on that day",
        )
    })
}

/// The norm of a person at an employer on a day, from what is known now. The caller has decided already that the actor
/// may know it.
pub async fn norm_ahead(
    ctx: &Ctx<'_>,
    person: &PersonFacts,
    organization_id: Uuid,
    regulation: &BindingRegulation,
    (today, as_of): (NaiveDate, NaiveDate),
) -> Result<(NormAhead, Providers)> {
    let people = [person.id];
    let (lines, granted) = tokio::try_join!(lines_of_person(ctx, person.id), granted_to(ctx, &people))?;
    let providers = Providers::read(ctx, person.stamp).await?;
    let levels: BTreeSet<EducationLevel> = person
        .employed_on(today)
        .filter(|work| work.organization_id == organization_id)
        .flat_map(|work| work.education_levels.iter().copied())
        .collect();
    let levels: Vec<EducationLevel> = levels.into_iter().collect();
    let rule = rules::rule(Some(regulation), &levels);
    let history = history(&lines.with(&providers), &[], &granted, &providers, ctx.now);
    let local = balance(&history, &rule, as_of, ctx.now).local_hours;
    Ok((NormAhead { rule, required: local.required, missing: local.missing }, providers))
}
