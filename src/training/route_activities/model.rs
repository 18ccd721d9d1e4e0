//! An activity of a route as a line of a list.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::learning_routes::model::ActivityState;
use crate::regulations::profile::ActivityKind;
use crate::values::{Hours, PersonName};

/// An activity of somebody's approved route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteLine {
    /// The activity.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// The learner.
    pub person_id: Uuid,
    /// The learner's name.
    pub name: PersonName,
    /// The learner's school.
    pub organization_id: Uuid,
    /// What kind of activity.
    pub kind: ActivityKind,
    /// Title.
    pub title: String,
    /// Who teaches it.
    pub provider_id: Option<Uuid>,
    /// The program.
    pub program_id: Option<Uuid>,
    /// The single module.
    pub module_id: Option<Uuid>,
    /// Volume.
    pub hours: Option<Hours>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Whether it is done.
    pub state: ActivityState,
}

impl RouteLine {
    /// Whether its last day is past and it is not done.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state == ActivityState::Planned && self.ends_on < today
    }
}
