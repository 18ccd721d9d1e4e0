//! The life of an offering: planned → open → running → finished, or cancelled on the way.
#![deny(clippy::wildcard_enum_match_arm)]

use chrono::NaiveDate;

use crate::training::vocabulary::OfferingState;
use crate::values::text::is_blank;

/// What happens to an offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfferingEvent {
    /// It is announced and takes applications.
    Open {
        /// The day.
        today: NaiveDate,
        /// Its last day.
        ends_on: NaiveDate,
    },
    /// Learning begins.
    Start {
        /// The day.
        today: NaiveDate,
        /// Its first day.
        starts_on: NaiveDate,
    },
    /// Learning is over.
    Finish {
        /// Enrollments that nobody has closed yet.
        unclosed: i64,
    },
    /// It will not take place, or not to its end.
    Cancel {
        /// Why; never blank.
        reason: String,
    },
    /// What is said of it changes.
    Change,
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OfferingRefusal {
    /// It has not been opened.
    NotOpen,
    /// It is open already.
    AlreadyOpen,
    /// Learning has not begun.
    NotRunning,
    /// Learning goes on already.
    AlreadyRunning,
    /// It is over or cancelled.
    AlreadyFinal,
    /// Its first day lies ahead.
    TooEarly,
    /// Its last day is past.
    TooLate,
    /// Enrollments are still to be closed.
    EnrollmentsUnclosed,
    /// A reason is needed.
    ReasonRequired,
}

impl OfferingRefusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotOpen => "not_open",
            Self::AlreadyOpen => "already_open",
            Self::NotRunning => "not_running",
            Self::AlreadyRunning => "already_running",
            Self::AlreadyFinal => "already_final",
            Self::TooEarly => "too_early",
            Self::TooLate => "too_late",
            Self::EnrollmentsUnclosed => "enrollments_unclosed",
            Self::ReasonRequired => "reason_required",
        }
    }
}

/// Judges one event.
///
/// # Errors
/// The reason the event does not happen.
pub fn step(state: OfferingState, event: &OfferingEvent) -> Result<OfferingState, OfferingRefusal> {
    use OfferingEvent::{Cancel, Change, Finish, Open, Start};
    match state {
        OfferingState::Planned => match event {
            Open { today, ends_on } if today > ends_on => Err(OfferingRefusal::TooLate),
            Open { .. } => Ok(OfferingState::Open),
            Cancel { reason } => cancelled(reason),
            Change => Ok(OfferingState::Planned),
            Start { .. } | Finish { .. } => Err(OfferingRefusal::NotOpen),
        },
        OfferingState::Open => match event {
            Start { today, starts_on } if today < starts_on => Err(OfferingRefusal::TooEarly),
            Start { .. } => Ok(OfferingState::Running),
            Cancel { reason } => cancelled(reason),
            Change => Ok(OfferingState::Open),
            Open { .. } => Err(OfferingRefusal::AlreadyOpen),
            Finish { .. } => Err(OfferingRefusal::NotRunning),
        },
        OfferingState::Running => match event {
            Finish { unclosed } if *unclosed > 0 => Err(OfferingRefusal::EnrollmentsUnclosed),
            Finish { .. } => Ok(OfferingState::Finished),
            Cancel { reason } => cancelled(reason),
            Open { .. } | Start { .. } | Change => Err(OfferingRefusal::AlreadyRunning),
        },
        OfferingState::Finished | OfferingState::Cancelled => match event {
            Open { .. } | Start { .. } | Finish { .. } | Cancel { .. } | Change => {
                Err(OfferingRefusal::AlreadyFinal)
            }
        },
    }
}

fn cancelled(reason: &str) -> Result<OfferingState, OfferingRefusal> {
    if is_blank(reason) { Err(OfferingRefusal::ReasonRequired) } else { Ok(OfferingState::Cancelled) }
}
