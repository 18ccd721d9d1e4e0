//! Why hours are not counted (design §6.5).

use chrono::NaiveDate;
use uuid::Uuid;

use crate::values::DocumentKind;

/// The fact for which a provider might not train teachers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProviderDefect {
    /// Its founder is none of those the law names (B1.8).
    Founder,
    /// Its founders are simply not entered.
    FounderUnknown,
    /// Its licence was suspended on this day of the training.
    LicenceSuspended(NaiveDate),
    /// None of its licences was valid on this day of the training.
    NoLicence(NaiveDate),
}

/// The reason, with the one parameter that explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The entry has left the window.
    OutsideWindow {
        /// The first day it was outside.
        left_on: NaiveDate,
    },
    /// Its date comes after the day of the question.
    NotYetEffective {
        /// The first day it can count.
        from: NaiveDate,
    },
    /// It has no date that the regulation goes by.
    DateMissing,
    /// The regulation does not sum papers of this kind.
    KindNotAccepted {
        /// The kind.
        kind: DocumentKind,
    },
    /// The regulation does not sum retraining (ambiguity 5).
    RetrainingNotSummed,
    /// The provider might not train teachers when the training began (B1.8, B1.9).
    ProviderNotEligible {
        /// When it began.
        started_on: NaiveDate,
        /// The fact behind it.
        because: ProviderDefect,
    },
    /// The same paper stands in another entry.
    Duplicate {
        /// That entry.
        of: Uuid,
    },
    /// Nobody has confirmed it yet.
    AwaitingConfirmation,
    /// It is under dispute.
    Disputed,
    /// It was refused.
    Refused,
    /// It was taken back.
    Reversed {
        /// The reversing entry.
        by: Uuid,
    },
    /// It credits what was learnt elsewhere: it satisfies a requirement, and is not summed again (P4-8).
    CreditedNotSummed,
}

impl Reason {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OutsideWindow { .. } => "outside_window",
            Self::NotYetEffective { .. } => "not_yet_effective",
            Self::DateMissing => "date_missing",
            Self::KindNotAccepted { .. } => "kind_not_accepted",
            Self::RetrainingNotSummed => "retraining_not_summed",
            Self::ProviderNotEligible { .. } => "provider_not_eligible",
            Self::Duplicate { .. } => "duplicate",
            Self::AwaitingConfirmation => "awaiting_confirmation",
            Self::Disputed => "disputed",
            Self::Refused => "refused",
            Self::Reversed { .. } => "reversed",
            Self::CreditedNotSummed => "credited_not_summed",
        }
    }

    /// `true` when the law is the reason; otherwise the regulation or the paper itself is.
    pub const fn is_federal(self) -> bool {
        matches!(self, Self::ProviderNotEligible { .. })
    }
}
