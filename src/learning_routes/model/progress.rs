//! What is derived from the activities of a route: progress and lateness, never stored.

use chrono::NaiveDate;

use super::activity::{Activity, ActivityState};
use super::state::RouteState;
use crate::values::Hours;

/// How far a route is fulfilled (P4-27).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Activities, completed ones included.
    pub planned: usize,
    /// Completed activities.
    pub completed: usize,
    /// Completed activities in per cent, rounded down; 0 when there are none.
    pub share: usize,
    /// Academic hours of the activities.
    pub planned_hours: Hours,
    /// Academic hours of the completed activities.
    pub completed_hours: Hours,
}

/// The progress of a route.
pub fn progress(activities: &[Activity]) -> Progress {
    let done = || activities.iter().filter(|activity| activity.state.completed_on().is_some());
    let (planned, completed) = (activities.len(), done().count());
    Progress {
        planned,
        completed,
        share: (completed * 100).checked_div(planned).unwrap_or(0),
        planned_hours: activities.iter().filter_map(|activity| activity.data.hours).sum(),
        completed_hours: done().filter_map(|activity| activity.data.hours).sum(),
    }
}

/// Whether an activity of a route in force is past its end and not done (P0-31).
pub fn is_overdue(route: RouteState, activity: &Activity, today: NaiveDate) -> bool {
    route == RouteState::Active && activity.state == ActivityState::Planned && activity.data.ends_on < today
}
