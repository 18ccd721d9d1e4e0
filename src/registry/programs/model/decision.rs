//! The decision on a submitted program.

use chrono::NaiveDate;

use super::ProgramState;
use crate::error::{FieldProblem, Text};

/// What is decided on a submitted program (P4-29).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Accepted.
    Accept {
        /// A remark, if any.
        reason: Option<String>,
    },
    /// Returned for rework.
    Return {
        /// Why.
        reason: String,
        /// Until when it is to be mended.
        due_on: NaiveDate,
    },
    /// Turned down.
    Reject {
        /// Why.
        reason: String,
    },
}

impl Verdict {
    /// The state a submitted program gets.
    pub const fn state(&self) -> ProgramState {
        match self {
            Self::Accept { .. } => ProgramState::Accepted,
            Self::Return { .. } => ProgramState::Returned,
            Self::Reject { .. } => ProgramState::Rejected,
        }
    }

    /// Why.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Accept { reason } => reason.as_deref(),
            Self::Return { reason, .. } | Self::Reject { reason } => Some(reason),
        }
    }

    /// Until when.
    pub const fn due_on(&self) -> Option<NaiveDate> {
        match self {
            Self::Return { due_on, .. } => Some(*due_on),
            Self::Accept { .. } | Self::Reject { .. } => None,
        }
    }

    /// Rework needs time: its date is not in the past.
    pub fn check(&self, today: NaiveDate) -> Result<(), Vec<FieldProblem>> {
        match self.due_on() {
            Some(due_on) if due_on < today => Err(vec![FieldProblem::new(
                "/due_on",
                "in_the_past",
                Text::new("Срок доработки уже прошёл", "The date is in the past"),
            )]),
            _ => Ok(()),
        }
    }
}
