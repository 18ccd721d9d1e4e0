//! Lines of the ledger, and papers that are not in it yet.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::document::Document;
use super::document_identity::DocumentIdentity;
use super::eligibility::{Eligibility, ProviderFacts};
use crate::values::Hours;
use crate::values::{DocumentKind, ProgramKind};

/// Hours earned, with everything that decides whether and when they count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// The entry (or, for a paper not confirmed yet, the credential).
    pub id: Uuid,
    /// Academic hours.
    pub hours: Hours,
    /// The day the study began.
    pub started_on: Option<NaiveDate>,
    /// The day it was completed.
    pub completed_on: Option<NaiveDate>,
    /// The day the paper was issued.
    pub issued_on: Option<NaiveDate>,
    /// The paper.
    pub document: Document,
    /// The program of additional professional education behind it; `None` for a seminar, or when not known.
    pub program_kind: Option<ProgramKind>,
    /// `true` when it credits (зачёт) what was learnt elsewhere instead of new hours (P4-8).
    pub credited: bool,
    /// The provider.
    pub provider: Arc<ProviderFacts>,
    /// When the system learnt of it.
    pub recorded_at: DateTime<Utc>,
}

impl Credit {
    /// The identity of its paper.
    pub fn identity(&self) -> DocumentIdentity {
        DocumentIdentity::of(&self.document, self.issued_on.or(self.completed_on))
    }

    /// The reversal of this entry: the exact negation.
    pub fn reversal(&self, id: Uuid, recorded_at: DateTime<Utc>) -> Reversal {
        Reversal { id, reverses: self.id, hours: -self.hours, recorded_at }
    }

    /// The date of the federal check: completion, else issue.
    pub(super) fn federal_date(&self) -> Option<NaiveDate> {
        self.completed_on.or(self.issued_on)
    }

    /// The day that decides about the provider. Where the beginning is not known, the training is taken to have
    /// begun on its last known day; the reason names that day, so that the person can supply the true one.
    pub(super) fn start(&self) -> Option<NaiveDate> {
        self.started_on.or(self.completed_on).or(self.issued_on)
    }

    /// The verdict on the provider. The restriction is on additional professional education, not on seminars
    /// (B1.8), so a certificate of participation without a program behind it is free of it.
    pub(super) fn eligibility(&self) -> Eligibility {
        let by_paper =
            matches!(self.document.kind, DocumentKind::PdCertificate | DocumentKind::RetrainingDiploma);
        let by_program = self.program_kind.is_some();
        match self.start() {
            Some(start) if by_paper || by_program => {
                let last = self.completed_on.map_or(start, |completed| completed.max(start));
                self.provider.eligibility_during(start, last)
            }
            Some(_) | None => Eligibility::NotRestricted,
        }
    }
}

/// Takes one entry back, for good: a reversal cannot be reversed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversal {
    /// The entry.
    pub id: Uuid,
    /// The entry it takes back.
    pub reverses: Uuid,
    /// The negated hours.
    pub hours: Hours,
    /// When the system learnt of it.
    pub recorded_at: DateTime<Utc>,
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerEntry {
    /// Hours earned.
    Credit(Credit),
    /// Hours taken back.
    Reversal(Reversal),
}

impl LedgerEntry {
    /// When the system learnt of it.
    pub const fn recorded_at(&self) -> DateTime<Utc> {
        match self {
            Self::Credit(credit) => credit.recorded_at,
            Self::Reversal(reversal) => reversal.recorded_at,
        }
    }
}

/// Why a paper is not in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PendingStanding {
    /// Reported or issued, not confirmed yet.
    AwaitingConfirmation,
    /// Under dispute.
    Disputed,
    /// Refused.
    Refused,
}

/// A paper that is not in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// What it would credit; the id is the credential's.
    pub claim: Credit,
    /// Why it does not.
    pub standing: PendingStanding,
}

/// Learning that is credited (зачёт) in other learning, as of the moment of the question (P4-8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    /// The entry of what was learnt.
    pub source: Uuid,
    /// The entry of the learning in which it is credited.
    pub target: Uuid,
    /// How much.
    pub hours: Hours,
}

/// Everything known of one person's hours, in any order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The ledger.
    pub entries: Vec<LedgerEntry>,
    /// Papers outside it.
    pub pending: Vec<Pending>,
    /// What of it is credited in what.
    pub transfers: Vec<Transfer>,
}
