//! The federal check: training at least once in three years (B1.1). Separate from any norm of hours (B1.3).

use chrono::NaiveDate;

use super::eligibility::Eligibility;
use super::entry::Credit;
use super::federal::{FREQUENCY_GROUND, FREQUENCY_WINDOW, completes_training};
use crate::values::period::previous_day;

/// The answer of the federal check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FrequencyStatus {
    /// Trained within three years.
    Met,
    /// Trained longer ago.
    Overdue,
    /// No completed training is known.
    NeverTrained,
}

impl FrequencyStatus {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Overdue => "overdue",
            Self::NeverTrained => "never_trained",
        }
    }
}

/// Days on which the person was outside every three-year interval (P0-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gap {
    /// The first such day.
    pub from: NaiveDate,
    /// The last; `None` while the gap lasts on the day of the question.
    pub until: Option<NaiveDate>,
}

/// The federal check on the day of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FederalFrequency {
    /// The answer.
    pub status: FrequencyStatus,
    /// The date of the last training that counts.
    pub last_training_on: Option<NaiveDate>,
    /// The last day on which the check is (or was) met without new training; of somebody whose training nobody knows
    /// the day of the question: it is due at once (P0-29).
    pub due_on: Option<NaiveDate>,
    /// Every gap since the first training, oldest first (P0-2: a gap is reported).
    pub gaps: Vec<Gap>,
    /// The article of the law.
    pub ground: &'static str,
}

pub(super) fn federal_frequency(standing: &[&Credit], as_of: NaiveDate) -> FederalFrequency {
    let mut trainings: Vec<NaiveDate> = standing
        .iter()
        .filter(|credit| completes_training(credit.document.kind, credit.hours))
        .filter(|credit| matches!(credit.eligibility(), Eligibility::NotRestricted | Eligibility::Eligible))
        .filter_map(|credit| credit.federal_date())
        .filter(|date| *date <= as_of)
        .collect();
    trainings.sort_unstable();
    let last = trainings.last().copied();
    let status = match last {
        None => FrequencyStatus::NeverTrained,
        Some(date) if FREQUENCY_WINDOW.holds(date, as_of) => FrequencyStatus::Met,
        Some(_) => FrequencyStatus::Overdue,
    };
    FederalFrequency {
        status,
        last_training_on: last,
        due_on: Some(last.map_or(as_of, |date| previous_day(FREQUENCY_WINDOW.leaves_on(date)))),
        gaps: gaps(&trainings, as_of),
        ground: FREQUENCY_GROUND,
    }
}

fn gaps(trainings: &[NaiveDate], as_of: NaiveDate) -> Vec<Gap> {
    let closed = trainings.iter().zip(trainings.iter().skip(1)).filter_map(|(one, next)| {
        let from = FREQUENCY_WINDOW.leaves_on(*one);
        (*next > from).then(|| Gap { from, until: Some(previous_day(*next)) })
    });
    let open = trainings.last().map(|last| FREQUENCY_WINDOW.leaves_on(*last));
    let open = open.filter(|from| *from <= as_of).map(|from| Gap { from, until: None });
    closed.chain(open).collect()
}
