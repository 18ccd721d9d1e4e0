//! The only source of time. Rules never ask for it: they are told.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Duration, SubsecRound, Utc};

/// Where "now" comes from: the system in production, a hand-set moment in tests.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The clock of the machine.
    System,
    /// A moment that stands still until it is set.
    Fixed(Arc<RwLock<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that stands at `moment`.
    pub fn fixed(moment: DateTime<Utc>) -> Self {
        Self::Fixed(Arc::new(RwLock::new(moment)))
    }

    /// The present moment, as fine as the database keeps it: what was just written reads the same later.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Fixed(moment) => *moment.read().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a fixed clock forward; the system's clock cannot be moved.
    pub fn advance(&self, by: Duration) {
        if let Self::Fixed(moment) = self {
            *moment.write().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}
