//! What an error of the database means for the caller.

use std::time::Duration;

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::constraints;
use crate::error::{Code, Error};

const CONTENTION: &str = "contention";

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        refused(error)
    }
}

/// Turns an error of the database into a refusal; unknown ones are logged and shown as internal.
pub(super) fn refused(error: DieselError) -> Error {
    match error {
        DieselError::NotFound => Error::not_found(),
        DieselError::DatabaseError(kind, info) => {
            if let Some(name) = info.constraint_name()
                && let Some(code) = constraints::meaning(name)
            {
                return Error::new(code).cause(name);
            }
            match kind {
                DatabaseErrorKind::SerializationFailure => {
                    Error::new(Code::Unavailable).retry_after(1).cause(CONTENTION)
                }
                DatabaseErrorKind::ClosedConnection
                | DatabaseErrorKind::UnableToSendCommand
                | DatabaseErrorKind::ReadOnlyTransaction => unavailable(info.message()),
                _ => by_message(info.message()),
            }
        }
        DieselError::BrokenTransactionManager => unavailable("broken transaction"),
        other => Error::internal(other),
    }
}

/// Driver errors that diesel does not classify are told apart by their text.
fn by_message(message: &str) -> Error {
    let message_lower = message.to_lowercase();
    if message_lower.contains("deadlock detected") {
        return Error::new(Code::Unavailable).retry_after(1).cause(CONTENTION);
    }
    // Dates that the calendar of PostgreSQL does not hold: readable, and wrong.
    if ["date out of range", "timestamp out of range"].iter().any(|words| message_lower.contains(words)) {
        return Error::new(Code::Invalid)
            .detail("Дата вне допустимых пределов", "A date is out of the range that can be kept")
            .cause(message);
    }
    let connection_lost = [
        "connection closed",
        "terminating connection",
        "shutting down",
        "starting up",
        "error communicating",
        "broken pipe",
        "connection reset",
        "statement timeout",
        "lock timeout",
        "idle-in-transaction timeout",
        "in recovery mode",
    ];
    if connection_lost.iter().any(|words| message_lower.contains(words)) {
        unavailable(message)
    } else {
        Error::internal(message)
    }
}

fn unavailable(cause: &str) -> Error {
    Error::new(Code::Unavailable).retry_after(2).cause(cause)
}

/// Whether another transaction was in the way: worth trying again at once.
pub(crate) fn is_contention(error: &Error) -> bool {
    error.code == Code::Unavailable && error.cause.as_deref() == Some(CONTENTION)
}

/// Whether the statement took too long: asking again would only take long again.
pub(super) fn is_timeout(error: &Error) -> bool {
    error
        .cause
        .as_deref()
        .is_some_and(|cause| cause.contains("statement timeout") || cause.contains("lock timeout"))
}

/// How long to wait before the next attempt, with jitter so that two losers do not meet again.
pub(super) fn backoff(attempt: u32) -> Duration {
    let jitter = rand::random_range(0..10);
    Duration::from_millis(u64::from(attempt * 10 + jitter))
}
