//! The life of an enrollment: enrolled → in_progress → completed, incomplete or failed; withdrawn on the way.
#![deny(clippy::wildcard_enum_match_arm)]

use crate::training::vocabulary::EnrollmentState;
use crate::values::text::is_blank;

/// What happens to an enrollment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnrollmentEvent {
    /// Learning begins.
    Start,
    /// A stage is recorded.
    Record,
    /// Learning is over.
    Finish {
        /// Whether every stage is mastered in full.
        mastered_in_full: bool,
    },
    /// The person did not cope.
    Fail {
        /// Why; never blank.
        reason: String,
    },
    /// The person leaves.
    Withdraw {
        /// Why; never blank.
        reason: String,
    },
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnrollmentRefusal {
    /// Learning has not begun.
    NotStarted,
    /// Learning goes on already.
    AlreadyStarted,
    /// It has ended.
    AlreadyFinal,
    /// A reason is needed.
    ReasonRequired,
}

impl EnrollmentRefusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::AlreadyStarted => "already_started",
            Self::AlreadyFinal => "already_final",
            Self::ReasonRequired => "reason_required",
        }
    }
}

/// Judges one event.
///
/// # Errors
/// The reason the event does not happen.
pub fn step(state: EnrollmentState, event: &EnrollmentEvent) -> Result<EnrollmentState, EnrollmentRefusal> {
    use EnrollmentEvent::{Fail, Finish, Record, Start, Withdraw};
    match state {
        EnrollmentState::Enrolled => match event {
            Start => Ok(EnrollmentState::InProgress),
            Withdraw { reason } => because(reason, EnrollmentState::Withdrawn),
            Record | Finish { .. } | Fail { .. } => Err(EnrollmentRefusal::NotStarted),
        },
        EnrollmentState::InProgress => match event {
            Start => Err(EnrollmentRefusal::AlreadyStarted),
            Record => Ok(EnrollmentState::InProgress),
            Finish { mastered_in_full: true } => Ok(EnrollmentState::Completed),
            Finish { mastered_in_full: false } => Ok(EnrollmentState::Incomplete),
            Fail { reason } => because(reason, EnrollmentState::Failed),
            Withdraw { reason } => because(reason, EnrollmentState::Withdrawn),
        },
        EnrollmentState::Completed
        | EnrollmentState::Incomplete
        | EnrollmentState::Failed
        | EnrollmentState::Withdrawn => match event {
            Start | Record | Finish { .. } | Fail { .. } | Withdraw { .. } => {
                Err(EnrollmentRefusal::AlreadyFinal)
            }
        },
    }
}

fn because(reason: &str, to: EnrollmentState) -> Result<EnrollmentState, EnrollmentRefusal> {
    if is_blank(reason) { Err(EnrollmentRefusal::ReasonRequired) } else { Ok(to) }
}
