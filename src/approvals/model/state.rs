//! The states of a request.

use chrono::NaiveDate;

use super::chain::Position;

/// Where a request stands. Lateness is never a state: it is derived from dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not submitted yet.
    Draft,
    /// Waiting at a blocking step.
    InReview {
        /// The step it waits at.
        step: Position,
        /// How often it has been submitted, from 1.
        round: u16,
    },
    /// Sent back for rework with a reason and a date, both always there (P0-42).
    Returned {
        /// The round that ended with the return.
        round: u16,
        /// What to rework.
        reason: String,
        /// By when.
        due_on: NaiveDate,
    },
    /// Every blocking step has been taken.
    Approved,
    /// Refused for good.
    Rejected,
    /// Taken back by the submitter.
    Withdrawn,
    /// Ended by a deadline.
    Lapsed,
}

impl State {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview { .. } => "in_review",
            Self::Returned { .. } => "returned",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }

    /// `true` when nothing can happen any more.
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Approved | Self::Rejected | Self::Withdrawn | Self::Lapsed)
    }

    /// `true` when the rework was due before `today` (P0-42: `overdue`).
    pub fn rework_overdue(&self, today: NaiveDate) -> bool {
        matches!(self, Self::Returned { due_on, .. } if *due_on < today)
    }
}
