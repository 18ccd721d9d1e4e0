//! Participation as it travels.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::Participation;
use crate::http::page_view;
use crate::values::day;

/// How a school takes part (участие организации).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Participation)]
pub struct ParticipationView {
    /// The school.
    pub organization_id: Uuid,
    /// Its name.
    #[schema(max_length = 500)]
    pub name: String,
    /// Its municipality; absent for a state organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// Whether it is a state organization: directly under the region (государственная организация).
    pub state_organization: bool,
    /// People employed on the last day.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub staff: i64,
    /// Whether a number is missing because fewer than five people stand behind it, or behind that of another school that it
    /// would betray.
    pub hidden: bool,
    /// People with a route in force on the last day; absent when the staff is too small.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub with_route: Option<i64>,
    /// People enrolled in training within the days, but those who withdrew; absent when the staff is too small.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub enrolled: Option<i64>,
    /// People who completed training within the days; absent when the training of too few ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub completed: Option<i64>,
    /// What was submitted into stages of cycles within the days.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub submissions: i64,
}

impl From<Participation> for ParticipationView {
    fn from(found: Participation) -> Self {
        Self {
            organization_id: found.organization_id,
            name: found.name,
            municipality_id: found.municipality_id,
            state_organization: found.municipality_id.is_none(),
            staff: found.staff,
            hidden: found.with_route.is_none() || found.completed.is_none(),
            with_route: found.with_route,
            enrolled: found.enrolled,
            completed: found.completed,
            submissions: found.submissions,
        }
    }
}

page_view! {
    /// One page of schools, by name.
    ParticipationPage of ParticipationView
}

/// Whose participation.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ParticipationQuery {
    /// The school, the municipal authority or the ministry; the caller's own level when absent.
    pub organization_id: Option<Uuid>,
    /// Only state organizations, or only municipal ones.
    pub state_organization: Option<bool>,
    /// First day; that of the calendar year of the last day when absent.
    #[serde(default, deserialize_with = "day")]
    pub from: Option<NaiveDate>,
    /// Last day; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<NaiveDate>,
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
