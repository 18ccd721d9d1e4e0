//! What agreed routes already hold: for those who ask to learn beside them, and for the plans of a school.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::regulations::profile::{ActivityKind, RoutePart};
use crate::values::Hours;

/// An activity of an agreed route, as far as it says what is learnt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLearning {
    /// The program.
    pub program_id: Option<Uuid>,
    /// The module of it; none for the whole program.
    pub module_id: Option<Uuid>,
    /// Title of the activity.
    pub title: String,
}

/// An activity of an agreed route, as plans of the school take it in (P0-20).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedActivity {
    /// The activity.
    pub id: Uuid,
    /// Its route.
    pub route_id: Uuid,
    /// The learner.
    pub person_id: Uuid,
    /// What kind of activity.
    pub kind: ActivityKind,
    /// The part of the route.
    pub part: Option<RoutePart>,
    /// Title.
    pub title: String,
    /// Content.
    pub content: Option<String>,
    /// The program.
    pub program_id: Option<Uuid>,
    /// Academic hours.
    pub hours: Option<Hours>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Why it is there without a deficit.
    pub justification: Option<String>,
    /// The deficits it answers.
    pub deficit_ids: Vec<Uuid>,
}
