//! The two answers over many days: what the balance of each of them says, without folding the history for each.

use chrono::{DateTime, NaiveDate, Utc};

use super::balance::{Balance, LocalStatus, balance};
use super::entry::{History, LedgerEntry};
use super::frequency::FrequencyStatus;
use super::rule::HoursRule;
use crate::values::period::next_day;

/// Where somebody stands on a day: the answers of both checks (P0-29).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Answers {
    /// The regulation's norm.
    pub local_hours: LocalStatus,
    /// The law's frequency.
    pub federal_frequency: FrequencyStatus,
}

impl From<&Balance> for Answers {
    fn from(balance: &Balance) -> Self {
        Self { local_hours: balance.local_hours.status, federal_frequency: balance.federal_frequency.status }
    }
}

/// The answers on each of these days, in their order, if nothing is added to the history. A balance knows the day on
/// which it ceases to say the same, so that days up to it cost nothing.
pub fn course(
    history: &History,
    rule: &HoursRule,
    days: &[NaiveDate],
    known_at: DateTime<Utc>,
) -> Vec<Answers> {
    let mut known: Option<(NaiveDate, Option<NaiveDate>, Answers)> = None;
    let answer = |day: &NaiveDate| match known {
        Some((from, until, answers)) if from <= *day && until.is_none_or(|until| *day < until) => answers,
        _ => {
            let balance = balance(history, rule, *day, known_at);
            let answers = Answers::from(&balance);
            known = Some((*day, changes_on(history, &balance), answers));
            answers
        }
    };
    days.iter().map(answer).collect()
}

/// The first day after its own on which a balance may answer otherwise: the norm breaks, training becomes overdue, or
/// the date of a paper comes.
fn changes_on(history: &History, balance: &Balance) -> Option<NaiveDate> {
    let federal = &balance.federal_frequency;
    let overdue = federal.due_on.filter(|_| federal.status == FrequencyStatus::Met).map(next_day);
    let dates = history.entries.iter().flat_map(|entry| match entry {
        LedgerEntry::Credit(credit) => [credit.completed_on, credit.issued_on],
        LedgerEntry::Reversal(_) => [None, None],
    });
    let ahead = dates.flatten().filter(|date| *date > balance.as_of);
    ahead.chain(overdue).chain(balance.norm_breaks_on).min()
}
