//! What is said of something a learner hands in, as it travels.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::learning_routes::model::Resolution;

/// The words under what was handed in (резолюция): accepted, or to be reworked until a day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Resolution)]
pub struct ResolutionView {
    /// Who accepted or returned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Uuid>,
    /// Day it was accepted or returned.
    pub decided_on: NaiveDate,
    /// What is to be reworked, or words of acceptance.
    #[schema(max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Until when it is to be handed in again, when it was returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
}

impl From<Resolution> for ResolutionView {
    fn from(said: Resolution) -> Self {
        Self { decided_by: said.by, decided_on: said.on, note: said.note, due_on: said.due_on }
    }
}
