//! What is said of something a learner hands in: a report by a stage, a growth card.

use chrono::NaiveDate;
use uuid::Uuid;

/// The words under what was handed in (резолюция): accepted, or to be reworked until a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// Who said it.
    pub by: Option<Uuid>,
    /// When.
    pub on: NaiveDate,
    /// Words; what is to be reworked.
    pub note: Option<String>,
    /// Until when it is to be handed in again.
    pub due_on: Option<NaiveDate>,
}
