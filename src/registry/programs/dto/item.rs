//! A program in a list, as it travels.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ProgramBody, ProgramStateDto};
use crate::registry::programs::model::FoundProgram;

/// A program in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramItem {
    /// The program's id.
    pub id: Uuid,
    /// Whose program it is.
    pub provider_id: Uuid,
    /// The provider's name.
    #[schema(max_length = 500)]
    pub provider_name: String,
    /// State of its life cycle.
    pub state: ProgramStateDto,
    /// Whether it stands in the registry now.
    pub in_registry: bool,
    /// First day of the next open offering among those asked for; in a list sorted by `start` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_starts_on: Option<NaiveDate>,
    /// What is said of it.
    pub data: ProgramBody,
}

impl From<FoundProgram> for ProgramItem {
    fn from(FoundProgram { program, start, .. }: FoundProgram) -> Self {
        Self {
            next_starts_on: start.and_then(|start| start.next),
            id: program.id,
            provider_id: program.provider_id,
            in_registry: program.in_active_registry(),
            provider_name: program.provider_name,
            state: program.state.into(),
            data: program.data.into(),
        }
    }
}
