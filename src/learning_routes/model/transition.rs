//! The one function that says what may happen to a route, and what becomes of it. Total over states and events.

use chrono::NaiveDate;

use super::state::RouteState;

/// What happens to a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// Note, stages, activities or marks of participation are changed.
    Edit,
    /// Handed in for approval.
    Submit,
    /// The chain ended in approval.
    Approve,
    /// The chain sent it back for rework.
    Return,
    /// The chain refused it.
    Reject,
    /// Its request for approval lapsed or was taken back: it is a draft again.
    Reopen,
    /// Taken back.
    Withdraw,
    /// Comes into force on that day, when its term begins on the other.
    Activate {
        /// The day it would come into force.
        today: NaiveDate,
        /// The first day of its term.
        starts_on: NaiveDate,
        /// Whether preliminary control is done, where the regulation demands it.
        gates_open: bool,
    },
    /// An activity is completed.
    CompleteActivity,
    /// A stage is closed.
    CloseStage,
    /// It is to end as fulfilled.
    Complete {
        /// Whether its activities are done, as its regulation demands.
        fulfilled: bool,
        /// Whether reports and final control are there, where the regulation demands them.
        gates_open: bool,
    },
    /// It ends unfulfilled.
    Close,
}

impl Event {
    /// Every event, at its most permissive.
    pub const ALL: [Self; 12] = [
        Self::Edit,
        Self::Submit,
        Self::Approve,
        Self::Return,
        Self::Reject,
        Self::Reopen,
        Self::Withdraw,
        Self::Activate { today: NaiveDate::MAX, starts_on: NaiveDate::MIN, gates_open: true },
        Self::CompleteActivity,
        Self::CloseStage,
        Self::Complete { fulfilled: true, gates_open: true },
        Self::Close,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::Return => "return",
            Self::Reject => "reject",
            Self::Reopen => "reopen",
            Self::Withdraw => "withdraw",
            Self::Activate { .. } => "activate",
            Self::CompleteActivity => "complete_activity",
            Self::CloseStage => "close_stage",
            Self::Complete { .. } => "complete",
            Self::Close => "close",
        }
    }
}

/// Why an event cannot happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Not in this state.
    State(RouteState),
    /// Its term has not begun.
    TooEarly(NaiveDate),
    /// Activities are open (P1-30).
    NotFullyCompleted,
    /// Control or a report is missing that the regulation demands (P1-9, P1-56, P1-58).
    Gated,
}

/// What becomes of a route in `state` when `event` happens.
///
/// # Errors
/// Why it cannot happen.
pub fn step(state: RouteState, event: Event) -> Result<RouteState, Refusal> {
    use RouteState::{
        Active, Approved, ClosedIncomplete, Completed, Draft, InReview, Rejected, Rework, Withdrawn,
    };
    match (state, event) {
        (Draft | Rework, Event::Edit) => Ok(state),
        (Draft | Rework, Event::Submit) => Ok(InReview),
        (InReview, Event::Approve) => Ok(Approved),
        (InReview, Event::Return) => Ok(Rework),
        (InReview, Event::Reject) => Ok(Rejected),
        // A returned request may end as well: its rework was not done in time.
        (InReview | Rework, Event::Reopen) => Ok(Draft),
        (Draft | Rework | InReview | Approved, Event::Withdraw) => Ok(Withdrawn),
        (Approved, Event::Activate { today, starts_on, .. }) if today < starts_on => {
            Err(Refusal::TooEarly(starts_on))
        }
        (Approved, Event::Activate { gates_open: false, .. }) => Err(Refusal::Gated),
        (Approved, Event::Activate { .. }) => Ok(Active),
        (Active, Event::CompleteActivity | Event::CloseStage) => Ok(Active),
        (Active, Event::Complete { fulfilled: false, .. }) => Err(Refusal::NotFullyCompleted),
        (Active, Event::Complete { gates_open: false, .. }) => Err(Refusal::Gated),
        (Active, Event::Complete { .. }) => Ok(Completed),
        (Approved | Active, Event::Close) => Ok(ClosedIncomplete),
        (
            Draft | InReview | Rework | Approved | Active | Completed | ClosedIncomplete | Rejected
            | Withdrawn,
            Event::Edit
            | Event::Submit
            | Event::Approve
            | Event::Return
            | Event::Reject
            | Event::Reopen
            | Event::Withdraw
            | Event::Activate { .. }
            | Event::CompleteActivity
            | Event::CloseStage
            | Event::Complete { .. }
            | Event::Close,
        ) => Err(Refusal::State(state)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table: what is not listed is refused.
    #[test]
    fn every_state_answers_every_event() {
        let allowed = |state: RouteState| {
            let names = Event::ALL.into_iter().filter(|event| step(state, *event).is_ok());
            names.map(Event::as_str).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(allowed(RouteState::Draft), "edit submit withdraw");
        assert_eq!(allowed(RouteState::InReview), "approve return reject reopen withdraw");
        assert_eq!(allowed(RouteState::Rework), "edit submit reopen withdraw");
        assert_eq!(allowed(RouteState::Approved), "withdraw activate close");
        assert_eq!(allowed(RouteState::Active), "complete_activity close_stage complete close");
        for state in RouteState::ALL.into_iter().filter(|state| state.is_final()) {
            assert_eq!(allowed(state), "", "{}", state.as_str());
        }
    }

    #[test]
    fn a_route_does_not_come_into_force_before_its_term() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let event = |today, gates_open| Event::Activate { today, starts_on: day(2), gates_open };
        assert_eq!(step(RouteState::Approved, event(day(1), true)), Err(Refusal::TooEarly(day(2))));
        assert_eq!(step(RouteState::Approved, event(day(2), true)), Ok(RouteState::Active));
        assert_eq!(step(RouteState::Approved, event(day(2), false)), Err(Refusal::Gated));
    }

    #[test]
    fn open_activities_and_missing_control_hold_completion_up() {
        let event = |fulfilled, gates_open| Event::Complete { fulfilled, gates_open };
        assert_eq!(step(RouteState::Active, event(false, true)), Err(Refusal::NotFullyCompleted));
        assert_eq!(step(RouteState::Active, event(true, false)), Err(Refusal::Gated));
        assert_eq!(step(RouteState::Active, event(true, true)), Ok(RouteState::Completed));
    }
}
