//! A program in a list, as it travels.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ProgramBody, ProgramStateDto};
use crate::registry::programs::model::{FoundProgram, ListedModule};
use crate::values::Hours;

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
    /// Its modules in force, in their order.
    #[schema(max_items = 60)]
    pub modules: Vec<ProgramItemModule>,
}

/// A module of a program in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramItemModule {
    /// The module's id.
    pub id: Uuid,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Academic hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// Who teaches it.
    pub provider_id: Uuid,
}

impl From<ListedModule> for ProgramItemModule {
    fn from(module: ListedModule) -> Self {
        Self { id: module.id, title: module.title, hours: module.hours, provider_id: module.provider_id }
    }
}

impl From<FoundProgram> for ProgramItem {
    fn from(FoundProgram { program, modules, start, .. }: FoundProgram) -> Self {
        Self {
            next_starts_on: start.and_then(|start| start.next),
            id: program.id,
            provider_id: program.provider_id,
            in_registry: program.in_active_registry(),
            provider_name: program.provider_name,
            state: program.state.into(),
            data: program.data.into(),
            modules: modules.into_iter().map(Into::into).collect(),
        }
    }
}
