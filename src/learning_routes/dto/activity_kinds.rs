//! The closed sets of activities as they travel.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::learning_routes::model::{ActivityState, EventLevel, WorkMode};

/// The level of an event (уровень мероприятия).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EventLevel)]
pub enum EventLevelDto {
    /// Of the school.
    School,
    /// Of the municipality.
    Municipal,
    /// Of the region.
    Regional,
    /// Of the country.
    National,
    /// International.
    International,
}

crate::values::mirror!(EventLevelDto => EventLevel { School, Municipal, Regional, National, International });

/// How methodical work is done (форма методической работы).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WorkMode)]
pub enum WorkModeDto {
    /// Alone.
    Individual,
    /// In a creative group.
    CreativeGroup,
}

crate::values::mirror!(WorkModeDto => WorkMode { Individual, CreativeGroup });

/// Whether an activity is done.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RouteActivityState)]
pub enum RouteActivityStateDto {
    /// Not yet.
    Planned,
    /// Done.
    Completed,
}

impl From<ActivityState> for RouteActivityStateDto {
    fn from(state: ActivityState) -> Self {
        match state {
            ActivityState::Planned => Self::Planned,
            ActivityState::Completed(_) => Self::Completed,
        }
    }
}
