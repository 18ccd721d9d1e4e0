//! The life of an application: submitted, then accepted, declined or withdrawn.
#![deny(clippy::wildcard_enum_match_arm)]

use crate::training::vocabulary::ApplicationState;
use crate::values::text::is_blank;

/// What happens to an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplicationEvent {
    /// Everybody in it is enrolled.
    Accept,
    /// Nobody in it is enrolled.
    Decline {
        /// Why; never blank.
        reason: String,
    },
    /// Taken back.
    Withdraw,
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApplicationRefusal {
    /// It has been decided or taken back.
    AlreadyDecided,
    /// A reason is needed.
    ReasonRequired,
}

impl ApplicationRefusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AlreadyDecided => "already_decided",
            Self::ReasonRequired => "reason_required",
        }
    }
}

/// Judges one event.
///
/// # Errors
/// The reason the event does not happen.
pub fn step(
    state: ApplicationState,
    event: &ApplicationEvent,
) -> Result<ApplicationState, ApplicationRefusal> {
    match state {
        ApplicationState::Submitted => match event {
            ApplicationEvent::Accept => Ok(ApplicationState::Accepted),
            ApplicationEvent::Decline { reason } if is_blank(reason) => {
                Err(ApplicationRefusal::ReasonRequired)
            }
            ApplicationEvent::Decline { .. } => Ok(ApplicationState::Declined),
            ApplicationEvent::Withdraw => Ok(ApplicationState::Withdrawn),
        },
        ApplicationState::Accepted | ApplicationState::Declined | ApplicationState::Withdrawn => {
            match event {
                ApplicationEvent::Accept | ApplicationEvent::Decline { .. } | ApplicationEvent::Withdraw => {
                    Err(ApplicationRefusal::AlreadyDecided)
                }
            }
        }
    }
}
