//! What a report says of people.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::hours::model::{Balance, FrequencyStatus, LocalStatus};
use crate::values::{EducationLevel, Hours};

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
    /// How many lines the ledger has.
    pub lines: usize,
}

/// Where somebody stands on a day: a balance without its papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The answer of the local check.
    pub local_hours: LocalStatus,
    /// The norm.
    pub required: Option<Hours>,
    /// The sum of the counted hours.
    pub counted: Hours,
    /// What is missing to the norm.
    pub missing: Hours,
    /// The first day the norm stops being met if nothing is added.
    pub norm_breaks_on: Option<NaiveDate>,
    /// The answer of the federal check.
    pub federal_frequency: FrequencyStatus,
    /// The last day by which new training leaves no gap by law.
    pub next_training_due_on: Option<NaiveDate>,
}

impl From<&Balance> for Standing {
    fn from(balance: &Balance) -> Self {
        Self {
            local_hours: balance.local_hours.status,
            required: balance.local_hours.required,
            counted: balance.local_hours.counted,
            missing: balance.local_hours.missing,
            norm_breaks_on: balance.norm_breaks_on,
            federal_frequency: balance.federal_frequency.status,
            next_training_due_on: balance.next_training_due_on,
        }
    }
}
