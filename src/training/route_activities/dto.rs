//! What travels about activities of routes across people.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::service::{RouteActivityFilter, RouteActivityLine};
use crate::http::page_view;
use crate::learning_routes::dto::RouteActivityStateDto;
use crate::regulations::profile::ActivityKind;
use crate::training::vocabulary::EnrollmentState;
use crate::values::Hours;

/// An activity of somebody's approved route, with the state of the training that fulfils it (строка маршрута).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteActivityItem {
    /// The activity's id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// The learner.
    pub person_id: Uuid,
    /// The learner's name in full (фамилия, имя, отчество).
    #[schema(max_length = 310)]
    pub full_name: String,
    /// The learner's school.
    pub organization_id: Uuid,
    /// What kind of activity.
    pub kind: ActivityKind,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Who teaches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<Uuid>,
    /// The program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// The single module.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_id: Option<Uuid>,
    /// Volume in academic hours.
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10_000, multiple_of = 0.5)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Whether it is done.
    pub state: RouteActivityStateDto,
    /// Its last day is past and it is not done.
    pub overdue: bool,
    /// The newest enrollment that fulfils it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment_id: Option<Uuid>,
    /// Where that enrollment stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment_state: Option<EnrollmentState>,
}

impl From<RouteActivityLine> for RouteActivityItem {
    fn from(found: RouteActivityLine) -> Self {
        let line = found.line;
        Self {
            overdue: line.is_overdue(found.today),
            id: line.id,
            route_id: line.route_id,
            person_id: line.person_id,
            full_name: line.name.to_string(),
            organization_id: line.organization_id,
            kind: line.kind,
            title: line.title,
            provider_id: line.provider_id,
            program_id: line.program_id,
            module_id: line.module_id,
            hours: line.hours,
            starts_on: line.starts_on,
            ends_on: line.ends_on,
            state: line.state.into(),
            enrollment_id: found.enrollment.map(|enrollment| enrollment.id),
            enrollment_state: found.enrollment.map(|enrollment| enrollment.state),
        }
    }
}

page_view! {
    /// One page of activities, by first day.
    RouteActivityPage of RouteActivityItem
}

/// Which activities to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RouteActivityQuery {
    /// Only of this learner.
    pub person_id: Option<Uuid>,
    /// Only of learners of this school.
    pub organization_id: Option<Uuid>,
    /// Only addressed to this provider.
    pub provider_id: Option<Uuid>,
    /// Only of routes that this curator follows.
    pub curator_id: Option<Uuid>,
    /// `true`: only at a provider outside the learner's school (внешние формы).
    pub external: Option<bool>,
    /// `true`: only those with an enrollment; `false`: only those without.
    pub enrolled: Option<bool>,
    /// `true`: instead of those of approved routes, lines addressed to the caller's organization in routes that are being
    /// formed and open to providers.
    pub drafts: Option<bool>,
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

impl RouteActivityQuery {
    /// The filter it stands for.
    pub fn filter(&self) -> RouteActivityFilter {
        RouteActivityFilter {
            person_id: self.person_id,
            organization_id: self.organization_id,
            provider_id: self.provider_id,
            curator_id: self.curator_id,
            external: self.external,
            enrolled: self.enrolled,
            drafts: self.drafts.unwrap_or(false),
        }
    }
}
