//! What a hearing is.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::Text;

/// A hearing as it is recorded.
#[derive(Debug, Clone)]
pub struct NewHearing {
    /// Day.
    pub held_on: NaiveDate,
    /// What the council concluded.
    pub conclusion: String,
    /// Number of the minutes.
    pub protocol_number: Option<String>,
}

/// A hearing of interim results.
#[derive(Debug, Clone)]
pub struct Hearing {
    /// The id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// The council, as the regulation names it.
    pub council: Text,
    /// What was recorded.
    pub data: NewHearing,
}
