//! Where something stands that was handed in, as it travels.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Rework, StandingState};

/// Where a request or an offer stands (состояние рассмотрения). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStanding {
    /// Passing its chain.
    InReview,
    /// Sent back, with a reason and a date.
    Rework,
    /// Allowed.
    Approved,
    /// Refused, with a reason.
    Rejected,
    /// Taken back, or its request for approval ended undecided.
    Withdrawn,
}

crate::values::mirror!(ReviewStanding => StandingState { InReview, Rework, Approved, Rejected, Withdrawn });

/// What is to be reworked before it is handed in again (возврат на доработку).
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewReturn {
    /// What is to be reworked.
    #[schema(max_length = 4000)]
    pub reason: String,
    /// Until when.
    pub due_on: NaiveDate,
}

impl From<Rework> for ReviewReturn {
    fn from(rework: Rework) -> Self {
        Self { reason: rework.reason, due_on: rework.due_on }
    }
}
