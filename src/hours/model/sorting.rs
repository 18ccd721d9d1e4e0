//! Every paper finds its place: counted, or not counted with a reason.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::document_identity::DocumentIdentity;
use super::eligibility::Eligibility;
use super::entry::{Credit, History, LedgerEntry, PendingStanding, Reversal};
use super::reason::{ProviderDefect, Reason};
use super::rule::HoursRule;
use crate::values::Hours;
use crate::values::{DocumentKind, ProgramKind};

/// An entry whose hours are in the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The entry.
    pub entry: Uuid,
    /// Its hours.
    pub hours: Hours,
    /// The date that places it in the window.
    pub date: NaiveDate,
    /// The first day it will be outside.
    pub leaves_on: NaiveDate,
}

/// Where a paper that is not counted stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// In the ledger.
    Entry(Uuid),
    /// Outside it: a credential.
    Credential(Uuid),
}

/// A paper whose hours are not in the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotCounted {
    /// Which.
    pub source: Source,
    /// Its hours.
    pub hours: Hours,
    /// Why.
    pub reason: Reason,
}

/// The papers in their places.
pub(super) struct Sorted<'a> {
    pub(super) counted: Vec<Counted>,
    pub(super) not_counted: Vec<NotCounted>,
    /// Entries that stand: not reversed, no duplicates, no credits of other learning.
    pub(super) standing: Vec<&'a Credit>,
}

pub(super) fn sort<'a>(
    history: &'a History,
    rule: &HoursRule,
    as_of: NaiveDate,
    known_at: DateTime<Utc>,
) -> Sorted<'a> {
    let (credits, reversals) = known(history, known_at);
    let mut held: Vec<(Uuid, DocumentIdentity)> = Vec::new();
    let mut sorted = Sorted { counted: Vec::new(), not_counted: Vec::new(), standing: Vec::new() };
    for credit in credits {
        let verdict = match reversals.iter().find(|reversal| reversal.reverses == credit.id) {
            Some(reversal) => Err(Reason::Reversed { by: reversal.id }),
            None if credit.credited && !rule.credited_modules_count => Err(Reason::CreditedNotSummed),
            None => hold(&mut held, credit).and_then(|()| {
                if !credit.credited {
                    sorted.standing.push(credit);
                }
                judge(credit, rule, as_of)
            }),
        };
        match verdict {
            Ok(counted) => sorted.counted.push(counted),
            Err(reason) => {
                let source = Source::Entry(credit.id);
                sorted.not_counted.push(NotCounted { source, hours: credit.hours, reason });
            }
        }
    }
    for pending in history.pending.iter().filter(|pending| pending.claim.recorded_at <= known_at) {
        let claim = &pending.claim;
        let reason = match pending.standing {
            PendingStanding::AwaitingConfirmation => {
                duplicate_of(&held, &claim.identity()).unwrap_or(Reason::AwaitingConfirmation)
            }
            PendingStanding::Disputed => Reason::Disputed,
            PendingStanding::Refused => Reason::Refused,
        };
        let source = Source::Credential(claim.id);
        sorted.not_counted.push(NotCounted { source, hours: claim.hours, reason });
    }
    if !rule.credited_modules_count {
        take_credited_off(&mut sorted, history, &reversals);
    }
    sorted.counted.sort_by_key(|counted| (counted.date, counted.entry));
    sorted.not_counted.sort_by_key(|not_counted| not_counted.source);
    sorted
}

/// What was recorded by then, each entry once, in an order that does not depend on the order of loading. Later
/// records are simply not known yet. Of two entries with one paper the earlier record counts, but real hours come
/// before credits of other learning, which must not push their own source out.
fn known(history: &History, known_at: DateTime<Utc>) -> (Vec<&Credit>, Vec<&Reversal>) {
    let (mut credits, mut reversals) = (Vec::new(), Vec::new());
    for entry in &history.entries {
        match entry {
            LedgerEntry::Credit(credit) if credit.recorded_at <= known_at => credits.push(credit),
            LedgerEntry::Reversal(reversal) if reversal.recorded_at <= known_at => reversals.push(reversal),
            LedgerEntry::Credit(_) | LedgerEntry::Reversal(_) => {}
        }
    }
    credits.sort_by_key(|credit| (credit.credited, credit.recorded_at, credit.id));
    credits.dedup_by_key(|credit| credit.id);
    reversals.sort_by_key(|reversal| (reversal.recorded_at, reversal.id));
    (credits, reversals)
}

/// What was learnt elsewhere and is credited in this learning is no part of its sum, as long as its own entry stands
/// (P4-8): an entry then has two places, whose hours together are its hours.
fn take_credited_off(sorted: &mut Sorted<'_>, history: &History, reversals: &[&Reversal]) {
    let reversed = |entry: Uuid| reversals.iter().any(|reversal| reversal.reverses == entry);
    for counted in &mut sorted.counted {
        let onto = history.transfers.iter().filter(|transfer| transfer.target == counted.entry);
        let credited: Hours = onto.filter(|it| !reversed(it.source)).map(|it| it.hours).sum();
        let taken = credited.min(counted.hours);
        if taken.is_positive() {
            counted.hours = counted.hours - taken;
            let source = Source::Entry(counted.entry);
            let reason = Reason::CreditedNotSummed;
            sorted.not_counted.push(NotCounted { source, hours: taken, reason });
        }
    }
    sorted.counted.retain(|counted| counted.hours.is_positive());
}

fn hold(held: &mut Vec<(Uuid, DocumentIdentity)>, credit: &Credit) -> Result<(), Reason> {
    let identity = credit.identity();
    if let Some(duplicate) = duplicate_of(held, &identity) {
        return Err(duplicate);
    }
    held.push((credit.id, identity));
    Ok(())
}

fn duplicate_of(held: &[(Uuid, DocumentIdentity)], identity: &DocumentIdentity) -> Option<Reason> {
    let (of, _) = held.iter().find(|(_, other)| other.is_same_paper(identity))?;
    Some(Reason::Duplicate { of: *of })
}

fn judge(credit: &Credit, rule: &HoursRule, as_of: NaiveDate) -> Result<Counted, Reason> {
    let date = rule.date_rule.date_of(credit).ok_or(Reason::DateMissing)?;
    let leaves_on = rule.window().leaves_on(date);
    if date > as_of {
        return Err(Reason::NotYetEffective { from: date });
    }
    if !rule.window().holds(date, as_of) {
        return Err(Reason::OutsideWindow { left_on: leaves_on });
    }
    let kind = credit.document.kind;
    if !rule.accepted_kinds.contains(&kind) {
        return Err(Reason::KindNotAccepted { kind });
    }
    let retraining =
        kind == DocumentKind::RetrainingDiploma || credit.program_kind == Some(ProgramKind::Retraining);
    if retraining && !rule.retraining_counts {
        return Err(Reason::RetrainingNotSummed);
    }
    let started_on = credit.start().unwrap_or(date);
    let not_eligible = |because| Err(Reason::ProviderNotEligible { started_on, because });
    match credit.eligibility() {
        Eligibility::NotRestricted | Eligibility::Eligible => {
            Ok(Counted { entry: credit.id, hours: credit.hours, date, leaves_on })
        }
        Eligibility::Ineligible => not_eligible(ProviderDefect::Founder),
        Eligibility::Unknown => not_eligible(ProviderDefect::FounderUnknown),
        Eligibility::Suspended { on } => not_eligible(ProviderDefect::LicenceSuspended(on)),
        Eligibility::Unlicensed { on } => not_eligible(ProviderDefect::NoLicence(on)),
    }
}
