//! What a permitted event leads to: the next state, a line of history, and effects as data.

use chrono::NaiveDate;

use super::chain::Position;
use super::event::Act;
use super::request::Record;
use super::state::State;

/// What the service does in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A blocking step has opened: tell its seat.
    StepOpened {
        /// Which.
        step: Position,
        /// In which round.
        round: u16,
        /// Its last day, when it has a deadline.
        due_on: Option<NaiveDate>,
    },
    /// The last blocking step was taken; the subject comes into force.
    SubjectApproved {
        /// The act of the deciding step, when there is one.
        act: Option<Act>,
    },
    /// The subject goes back for rework (P0-42).
    SubjectReturned {
        /// What to rework.
        reason: String,
        /// By when.
        due_on: NaiveDate,
    },
    /// The subject is refused.
    SubjectRejected {
        /// Why.
        reason: String,
    },
    /// The subject was taken back.
    SubjectWithdrawn,
    /// The request ended without a decision.
    Lapsed {
        /// Why.
        why: Lapse,
    },
    /// The chain goes on without the step.
    PassedOver {
        /// Which.
        step: Position,
    },
    /// The seat is to be reminded.
    Reminded {
        /// At which step.
        step: Position,
    },
}

/// Why a request ends without a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lapse {
    /// The deadline of that step passed.
    Deadline(Position),
    /// The learner works at the organization no longer.
    LearnerLeft,
    /// What it is about has ended.
    SubjectEnded,
}

/// A permitted event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The state after it.
    pub to: State,
    /// What follows from it.
    pub effects: Vec<Effect>,
    /// The line to append to the history.
    pub record: Record,
}
