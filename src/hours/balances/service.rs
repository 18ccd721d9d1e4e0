//! Use cases of balances.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{policy, rules};
use crate::authz::authorize;
use crate::db::Ctx;
use crate::directory::persons::model::PersonFacts;
use crate::directory::persons::service::person_facts;
use crate::error::{Error, Result};
use crate::hours::clock::today;
use crate::hours::credentials::model::Credential;
use crate::hours::credentials::service::pending;
use crate::hours::credit_transfers::model::{Granted, transfers};
use crate::hours::credit_transfers::service::granted_to;
use crate::hours::ledger::model::Line;
use crate::hours::ledger::service::lines_of_person;
use crate::hours::model::credential::State;
use crate::hours::model::{Balance, History, HoursRule, LedgerEntry, Pending, PendingStanding, balance};
use crate::registry::provider_licences::providers::Providers;
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::RequiredHours;
use crate::regulations::service::binding_regulation_under;
use crate::values::{EducationLevel, Hours};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// Of whom.
    pub person_id: Uuid,
    /// On which day; today when absent.
    pub as_of: Option<NaiveDate>,
    /// From what had been recorded by then; now when absent.
    pub known_at: Option<DateTime<Utc>>,
    /// Under the regulation of which employer; the main one when absent.
    pub organization_id: Option<Uuid>,
}

/// A paper in words.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its credential.
    pub credential_id: Uuid,
    /// Title of the program or topic.
    pub title: String,
    /// The issuer.
    pub issuer_name: String,
}

/// A balance with what a reader needs beside it.
#[derive(Debug)]
pub struct Explained {
    /// Whose.
    pub person_id: Uuid,
    /// The employer whose regulation applies, if anybody employs the person on that day.
    pub organization_id: Option<Uuid>,
    /// The regulation.
    pub regulation: Option<BindingRegulation>,
    /// The norm with the level it comes from.
    pub norm: Option<RequiredHours>,
    /// The balance.
    pub balance: Balance,
    /// The papers by the id of their entry or, outside the ledger, their credential.
    pub papers: HashMap<Uuid, Paper>,
}

/// The balance of a person.
pub async fn get_hours_balance(ctx: &Ctx<'_>, question: Question) -> Result<Explained> {
    let Question { person_id, as_of, known_at, organization_id } = question;
    let today = today(ctx).await?;
    let (as_of, known_at) = (as_of.unwrap_or(today), known_at.unwrap_or(ctx.now));
    let people = [person_id];
    let (person, lines, papers, granted) = tokio::try_join!(
        person_facts(ctx, person_id, today),
        lines_of_person(ctx, person_id),
        pending(ctx, person_id, known_at),
        granted_to(ctx, &people),
    )?;
    authorize(ctx.actor, &policy::GET_HOURS_BALANCE, &person.target_on(today))?;
    let providers = Providers::read(ctx, person.stamp).await?;
    let lines = lines.with(&providers);
    let (employer, levels) = employer(&person, as_of, organization_id)?;
    let regulation = match employer {
        Some(id) => binding_regulation_under(ctx, person.stamp, id, as_of).await?,
        None => None,
    };
    let rule = rules::rule(regulation.as_ref(), &levels);
    let mut known: HashMap<Uuid, Paper> = lines.iter().map(of_line).collect();
    known.extend(papers.iter().map(|credential| (credential.id, of_credential(credential))));
    let history = history(lines, papers, &granted, &providers, known_at);
    Ok(Explained {
        person_id,
        organization_id: employer,
        norm: rules::norm(regulation.as_ref(), &levels),
        regulation,
        balance: balance(&history, &rule, as_of, known_at),
        papers: known,
    })
}

/// What a person's hours at an employer will be on a day if nothing is added, and how further hours would count.
#[derive(Debug, Clone)]
pub struct NormAhead {
    /// How hours count there.
    pub rule: HoursRule,
    /// The norm; none where the regulation sets none.
    pub required: Option<Hours>,
    /// What lacks on that day.
    pub missing: Hours,
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
    let history = history(lines.with(&providers), Vec::new(), &granted, &providers, ctx.now);
    let local = balance(&history, &rule, as_of, ctx.now).local_hours;
    Ok((NormAhead { rule, required: local.required, missing: local.missing }, providers))
}

/// The employer whose regulation applies and the levels taught there: the one asked for, else staff work before
/// part-time work, the newest first.
fn employer(
    person: &PersonFacts,
    as_of: NaiveDate,
    asked: Option<Uuid>,
) -> Result<(Option<Uuid>, Vec<EducationLevel>)> {
    let work = || person.employed_on(as_of);
    let main = || work().find(|employment| employment.kind == "staff").or_else(|| work().next());
    let employer = asked.or_else(|| main().map(|employment| employment.organization_id));
    let Some(id) = employer else { return Ok((None, Vec::new())) };
    let there = || work().filter(|employment| employment.organization_id == id);
    if there().next().is_none() {
        return Err(Error::field(
            "organization_id",
            "not_employed",
            "В этот день человек там не работает",
            "The person does not work there on that day",
        ));
    }
    let levels: BTreeSet<_> =
        there().flat_map(|employment| employment.education_levels.iter().copied()).collect();
    Ok((Some(id), levels.into_iter().collect()))
}

/// What had been recorded by then: a paper confirmed only later was waiting.
fn history(
    lines: Vec<Line>,
    papers: Vec<Credential>,
    granted: &[Granted],
    providers: &Providers,
    known_at: DateTime<Utc>,
) -> History {
    let entered: BTreeSet<Uuid> = lines
        .iter()
        .filter(|line| matches!(&line.entry, LedgerEntry::Credit(credit) if credit.recorded_at <= known_at))
        .map(|line| line.credential_id)
        .collect();
    let transfers = transfers(granted, &lines, known_at).into_iter().map(|(_, transfer)| transfer).collect();
    let pending = papers
        .into_iter()
        .filter(|credential| !entered.contains(&credential.id))
        .map(|credential| Pending {
            standing: standing(&credential, known_at),
            claim: credential.data.claim(
                credential.id,
                providers.of(credential.data.issuer_id),
                credential.created_at,
            ),
        })
        .collect();
    History { entries: lines.into_iter().map(|line| line.entry).collect(), pending, transfers }
}

fn standing(credential: &Credential, known_at: DateTime<Utc>) -> PendingStanding {
    if credential.decided_at.is_some_and(|at| at > known_at) {
        return PendingStanding::AwaitingConfirmation;
    }
    match credential.state {
        State::Disputed => PendingStanding::Disputed,
        State::Refused => PendingStanding::Refused,
        State::Reported | State::Issued | State::Confirmed | State::Annulled => {
            PendingStanding::AwaitingConfirmation
        }
    }
}

fn of_line(line: &Line) -> (Uuid, Paper) {
    let id = match &line.entry {
        LedgerEntry::Credit(credit) => credit.id,
        LedgerEntry::Reversal(reversal) => reversal.id,
    };
    let (title, issuer_name) = (line.title.clone(), line.issuer_name.clone());
    (id, Paper { credential_id: line.credential_id, title, issuer_name })
}

fn of_credential(credential: &Credential) -> Paper {
    Paper {
        credential_id: credential.id,
        title: credential.data.title.clone(),
        issuer_name: credential.data.issuer_name.clone(),
    }
}
