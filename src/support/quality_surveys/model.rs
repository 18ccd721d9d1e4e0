//! What a survey of the quality of training is.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::training::offerings::model::Offering;
use crate::training::vocabulary::OfferingState;

/// What is recorded of a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyData {
    /// Day of the survey.
    pub surveyed_on: NaiveDate,
    /// Who was asked about what.
    pub description: String,
    /// How many people answered.
    pub respondents: i32,
    /// Share of the content among them, in percent.
    pub satisfied_percent: Option<i32>,
    /// What they answered.
    pub results: String,
    /// What follows from it.
    pub conclusion: String,
}

/// A survey of the quality of an offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualitySurvey {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the organiser, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// Who holds the offering.
    pub organization_id: Uuid,
    /// Who asked.
    pub held_by_id: Uuid,
    /// The regulation it was recorded under.
    pub regulation_id: Uuid,
    /// The offering.
    pub offering_id: Uuid,
    /// What is recorded.
    pub data: SurveyData,
    /// Row version.
    pub version: i64,
}

impl SurveyData {
    /// Everything wrong with it for that offering (P2-32).
    pub fn problems(
        &self,
        offering: &Offering,
        today: NaiveDate,
        paragraph: Option<&str>,
    ) -> Vec<FieldProblem> {
        let mut found = Vec::new();
        let starts_on = offering.data.starts_on;
        if !matches!(offering.state, OfferingState::Running | OfferingState::Finished) {
            let words =
                Text::new("Обучение ещё не началось или отменено", "Training has not begun, or is cancelled");
            found.push(FieldProblem::new("/offering_id", "wrong_state", words).because("P2-32", paragraph));
        }
        if self.surveyed_on < starts_on || self.surveyed_on > today {
            let words = Text::owned(
                format!("Нужен день с {starts_on} по {today}"),
                format!("A day from {starts_on} to {today} is needed"),
            );
            found.push(FieldProblem::new("/data/surveyed_on", "date_out_of_range", words));
        }
        if self.respondents > offering.seats_taken {
            let words = Text::owned(
                format!("Слушателей было {}", offering.seats_taken),
                format!("There were {} learners", offering.seats_taken),
            );
            found.push(FieldProblem::new("/data/respondents", "too_many", words));
        }
        found
    }
}
