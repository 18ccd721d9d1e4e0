//! The balance: a pure function of dated entries, the regulation and the day of the question (design §6.3).

use chrono::{DateTime, NaiveDate, Utc};

use super::entry::History;
use super::forecast::{Expiry, breaks_on, expiring};
use super::frequency::{FederalFrequency, federal_frequency};
use super::rule::HoursRule;
use super::sorting::{Counted, NotCounted, sort};
use crate::values::Hours;

/// The answer of the local check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LocalStatus {
    /// The sum reaches the norm.
    Met,
    /// It does not.
    NotMet,
    /// The regulation sets no norm for this person.
    NoNorm,
}

impl LocalStatus {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::NoNorm => "no_norm",
        }
    }
}

/// The check of the regulation's norm (P0-17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalHours {
    /// The answer.
    pub status: LocalStatus,
    /// The norm.
    pub required: Option<Hours>,
    /// The sum of the counted hours.
    pub counted: Hours,
    /// What is missing to the norm; zero when met or when there is none.
    pub missing: Hours,
    /// The paragraph of the regulation.
    pub paragraph: Option<String>,
}

/// The hours of one person on one day: two checks (P0-29), every paper explained, and what comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The day of the question.
    pub as_of: NaiveDate,
    /// What had been recorded by then was considered.
    pub known_at: DateTime<Utc>,
    /// The regulation's norm.
    pub local_hours: LocalHours,
    /// The law's frequency.
    pub federal_frequency: FederalFrequency,
    /// Entries in the sum, by date.
    pub counted: Vec<Counted>,
    /// Papers not in the sum, each with its reason.
    pub not_counted: Vec<NotCounted>,
    /// The counted entries in the order they leave the window.
    pub expiring: Vec<Expiry>,
    /// The first day the norm stops being met if nothing is added; `None` when it is not met or never breaks.
    pub norm_breaks_on: Option<NaiveDate>,
    /// The last day by which new training leaves no gap by law; in the past when overdue, the day of the question when
    /// no training is known.
    pub next_training_due_on: Option<NaiveDate>,
}

/// Computes the balance on `as_of` from what had been recorded by `known_at`. The order of the history does not
/// matter. Facts dated after `as_of` are listed, but neither counted nor forecast with.
pub fn balance(history: &History, rule: &HoursRule, as_of: NaiveDate, known_at: DateTime<Utc>) -> Balance {
    let sorted = sort(history, rule, as_of, known_at);
    let local_hours = local_hours(rule, sorted.counted.iter().map(|counted| counted.hours).sum());
    let federal_frequency = federal_frequency(&sorted.standing, as_of);
    let expiring = expiring(&sorted.counted);
    let norm_breaks_on = local_hours
        .required
        .filter(|_| local_hours.status == LocalStatus::Met)
        .and_then(|required| breaks_on(&expiring, required));
    Balance {
        as_of,
        known_at,
        local_hours,
        next_training_due_on: federal_frequency.due_on,
        federal_frequency,
        counted: sorted.counted,
        not_counted: sorted.not_counted,
        expiring,
        norm_breaks_on,
    }
}

fn local_hours(rule: &HoursRule, counted: Hours) -> LocalHours {
    let required = rule.norm.as_ref().map(|norm| norm.hours);
    let missing = required.map_or(Hours::ZERO, |required| required.saturating_sub(counted));
    let status = match required {
        None => LocalStatus::NoNorm,
        Some(_) if missing.is_positive() => LocalStatus::NotMet,
        Some(_) => LocalStatus::Met,
    };
    let paragraph = rule.norm.as_ref().map(|norm| norm.paragraph.clone());
    LocalHours { status, required, counted, missing, paragraph }
}
