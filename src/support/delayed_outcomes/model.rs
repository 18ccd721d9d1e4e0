//! What a delayed outcome is, and when it is due.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{DelayedOutcomeMethod, DelayedOutcomesRule};
use crate::values::period::add_months;

/// What is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeData {
    /// How it was found.
    pub method: DelayedOutcomeMethod,
    /// Day of the visit, or of the results.
    pub held_on: NaiveDate,
    /// What was found.
    pub conclusion: String,
}

/// A delayed outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelayedOutcome {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The school the person came from.
    pub organization_id: Uuid,
    /// Who was trained.
    pub person_id: Uuid,
    /// The regulation it was recorded under.
    pub regulation_id: Uuid,
    /// The completed training.
    pub enrollment_id: Uuid,
    /// Day it was due.
    pub due_on: NaiveDate,
    /// What was found, when and how.
    pub data: OutcomeData,
    /// Row version.
    pub version: i64,
}

/// A completed training whose outcome is still to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueOutcome {
    /// The training.
    pub enrollment_id: Uuid,
    /// Who was trained.
    pub person_id: Uuid,
    /// The school the person came from.
    pub organization_id: Uuid,
    /// Title of the training.
    pub title: String,
    /// Day it ended.
    pub ended_on: NaiveDate,
    /// Day the outcome is due.
    pub due_on: NaiveDate,
}

/// The day the outcome of a training that ended on that day is due.
pub fn due_on(ended_on: NaiveDate, rule: &DelayedOutcomesRule) -> NaiveDate {
    add_months(ended_on, i32::from(rule.due_after_months))
}

impl OutcomeData {
    /// Everything wrong with it for a training that ended on that day.
    pub fn problems(
        &self,
        ended_on: NaiveDate,
        rule: &DelayedOutcomesRule,
        today: NaiveDate,
    ) -> Vec<FieldProblem> {
        let mut found = Vec::new();
        let mut add = |pointer, code: &'static str, words| {
            found.push(FieldProblem::new(pointer, code, words).because("P2-38", rule.paragraph.as_deref()));
        };
        if self.held_on <= ended_on || self.held_on > today {
            let words = Text::owned(
                format!("Нужен день после окончания обучения {ended_on} и не позже {today}"),
                format!("A day after the end of training on {ended_on} and until {today} is needed"),
            );
            add("/data/held_on", "date_out_of_range", words);
        }
        if !rule.methods.contains(&self.method) {
            let words =
                Text::new("Положение не знает этого способа", "The regulation does not know this method");
            add("/data/method", "not_allowed", words);
        }
        found
    }
}
