//! Use cases of learning routes.

mod activities;
mod case;
mod choice;
mod circle;
pub(in crate::learning_routes) mod content;
mod create;
mod edit;
mod effects;
mod gates;
mod life;
pub(in crate::learning_routes) mod neighbours;
mod offers;
mod people;
mod planned;
mod read;
mod references;
mod referral;
mod submit;

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Activity, PartSummary, RouteDraft};
use crate::training::enrollments::service::ActivityEnrollment;

pub(in crate::learning_routes) use activities::{append_line, check_line, editors_of_part};
pub(in crate::learning_routes) use case::{Case, authorize_among, drafters, may_among, starters};
pub(in crate::learning_routes) use gates::{closings, settled_stages};

pub use super::store::{Filter as RouteFilter, RouteSummary};
pub use activities::{
    add_route_activity, complete_route_activity, remove_route_activity, update_route_activity,
};
pub use content::{
    replace_route_budget, replace_route_contents, replace_route_evidence, replace_route_problems,
    replace_route_study_plan,
};
pub(in crate::learning_routes) use create::{Beginning, begin, dates_problem};
pub use create::{NewRoute, create_route};
pub use edit::{RouteChange, StageChange, mark_route_participation, replace_route_stages, update_route};
pub use effects::{complete_activity_by_credential, hold, on_approval, reopen_activity_by_credential};
pub use gates::Following;
pub use life::{activate_route, close_route, close_route_stage, complete_route, withdraw_route};
pub use people::{set_route_curator, set_route_discussion, set_route_tutor};
pub use planned::{agreed_activities, planned_learning};
pub use read::{check_route_submission, get_route, learner_of_readable, list_routes};
pub(in crate::learning_routes) use submit::chain_facts;
pub use submit::submit_route;

/// A route as it is shown.
#[derive(Debug, Clone)]
pub struct RouteWhole {
    /// The route with its contents.
    pub draft: RouteDraft,
    /// The parts that the regulation knows.
    pub parts: Vec<PartSummary>,
    /// Programs of its activities that are not in the active registry (P4-14).
    pub outside_registry: Vec<Uuid>,
    /// The training that fulfils its activities, by activity (P4-30).
    pub enrollments: HashMap<Uuid, ActivityEnrollment>,
    /// The regulation wants it looked through in this period, and nobody has done so yet (P3-41).
    pub update_due: bool,
    /// Where its stages stand, and what holds it up.
    pub following: Following,
    /// Today by the region's clock.
    pub today: NaiveDate,
    /// What the actor may do with it now.
    pub allowed_actions: Vec<String>,
}

impl RouteWhole {
    /// The activity of that id.
    pub fn activity(&self, id: Uuid) -> Option<&Activity> {
        self.draft.activities.iter().find(|activity| activity.id == id)
    }
}
