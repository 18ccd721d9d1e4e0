//! Those who plan training as they travel.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::TrainingParticipant;
use super::service::Filter;
use crate::http::page_view;

/// Somebody who plans training in the year, once for each ground (планирующий обучение).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TrainingParticipant)]
pub struct TrainingParticipantItem {
    /// The school.
    pub organization_id: Uuid,
    /// The municipality, if it lies in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// The person.
    pub person_id: Uuid,
    /// The ground: that of the need, or the reason of the activity of the route (основание).
    #[schema(max_length = 100)]
    pub ground: String,
    /// How many lines of the school's orders name the person on it.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub lines: i64,
}

impl From<TrainingParticipant> for TrainingParticipantItem {
    fn from(participant: TrainingParticipant) -> Self {
        Self {
            organization_id: participant.organization_id,
            municipality_id: participant.municipality_id,
            person_id: participant.person_id,
            ground: participant.ground,
            lines: participant.lines,
        }
    }
}

page_view! {
    /// One page of those who plan training, by school, person and ground.
    TrainingParticipantPage of TrainingParticipantItem
}

/// Whom to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TrainingParticipantQuery {
    /// The calendar year, this one when absent: orders whose period lies in it, wholly or in part.
    #[validate(range(min = 2000, max = 2099))]
    #[param(minimum = 2000, maximum = 2099)]
    pub year: Option<i32>,
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only of this municipality.
    pub municipality_id: Option<Uuid>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

impl TrainingParticipantQuery {
    /// Whom is asked for.
    pub const fn filter(&self) -> Filter {
        Filter {
            year: self.year,
            organization_id: self.organization_id,
            municipality_id: self.municipality_id,
        }
    }
}
