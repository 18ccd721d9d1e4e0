//! What a consultation is.

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::ConsultationKind;
use crate::error::{FieldProblem, Text};

/// What was consulted.
#[derive(Debug, Clone)]
pub struct ConsultationData {
    /// Kind.
    pub kind: ConsultationKind,
    /// Topic.
    pub topic: String,
    /// In words.
    pub text: String,
    /// Day.
    pub held_on: NaiveDate,
    /// The difficulties it was about (P1-49).
    pub deficit_ids: Vec<Uuid>,
    /// The route it was about: one of the person who was consulted.
    pub route_id: Option<Uuid>,
}

/// A consultation.
#[derive(Debug, Clone)]
pub struct Consultation {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of whoever was consulted.
    pub municipality_id: Option<Uuid>,
    /// The organization that was consulted.
    pub organization_id: Uuid,
    /// The person who was consulted.
    pub person_id: Option<Uuid>,
    /// The organization that consulted.
    pub given_by_id: Uuid,
    /// The person who consulted.
    pub consultant_id: Option<Uuid>,
    /// What.
    pub data: ConsultationData,
    /// Row version.
    pub version: i64,
}

impl ConsultationData {
    /// What is wrong with it today.
    pub fn problems(&self, today: NaiveDate) -> Vec<FieldProblem> {
        if self.held_on <= today {
            return Vec::new();
        }
        let words = Text::new("Консультация ещё не состоялась", "The consultation has not been held yet");
        vec![FieldProblem::new("/data/held_on", "date_out_of_range", words)]
    }
}
