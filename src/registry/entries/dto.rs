//! What travels about registry entries.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{EntryDecision, EntryState, RegistryEntry};
use crate::http::page_view;
use crate::registry::programs::dto::ProgramAudienceDto;
use crate::values::{Hours, ProgramKind};

/// State of a registry entry (состояние записи реестра).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RegistryEntryState)]
pub enum RegistryEntryStateDto {
    /// In the registry.
    Active,
    /// Taken out for a while.
    Suspended,
    /// Taken out for good.
    Removed,
}

crate::values::mirror!(RegistryEntryStateDto => EntryState { Active, Suspended, Removed });

/// What is decided on a registry entry.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegistryEntryDecisionKind {
    /// Take an active entry out for a while.
    Suspend,
    /// Put a suspended entry back.
    Resume,
    /// Take an entry out for good.
    Remove,
}

crate::values::mirror!(RegistryEntryDecisionKind => EntryDecision { Suspend, Resume, Remove });

/// An accepted program to be entered into the registry.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistryEntryCreate {
    /// The program.
    pub program_id: Uuid,
}

/// A decision on a registry entry.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistryEntryDecisionCreate {
    /// What is decided.
    pub decision: RegistryEntryDecisionKind,
    /// Why.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Программа не реализуется с 1 сентября")]
    pub reason: String,
}

/// An entry of the registry (запись реестра программ).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegistryEntry)]
pub struct RegistryEntryView {
    /// The entry's id.
    pub id: Uuid,
    /// The region of the registry.
    pub region_id: Uuid,
    /// The program.
    pub program_id: Uuid,
    /// Title of the program.
    #[schema(max_length = 500)]
    pub title: String,
    /// Kind of the program.
    pub kind: ProgramKind,
    /// Volume of the program in academic hours.
    #[schema(value_type = f64, minimum = 16, maximum = 5000, multiple_of = 0.5)]
    pub hours: Hours,
    /// For whom the program is.
    #[schema(max_items = 2)]
    pub audience: Vec<ProgramAudienceDto>,
    /// Whose program it is.
    pub provider_id: Uuid,
    /// The provider's name.
    #[schema(max_length = 500)]
    pub provider_name: String,
    /// State.
    pub state: RegistryEntryStateDto,
    /// Day it entered the registry, by the region's clock.
    pub entered_on: NaiveDate,
    /// Why the last decision on it was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl RegistryEntryView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(entry: RegistryEntry, allowed_actions: Vec<String>) -> Self {
        Self {
            id: entry.id,
            region_id: entry.region_id,
            program_id: entry.program_id,
            title: entry.title,
            kind: entry.kind,
            hours: entry.hours,
            audience: entry.audience.into_iter().map(Into::into).collect(),
            provider_id: entry.provider_id,
            provider_name: entry.provider_name,
            state: entry.state.into(),
            entered_on: entry.entered_on,
            reason: entry.reason,
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of the registry, by title of the program.
    RegistryEntryPage of RegistryEntryView
}

/// Which entries to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RegistryEntryQuery {
    /// Only in this state.
    pub state: Option<RegistryEntryStateDto>,
    /// Only programs of this organization.
    pub provider_id: Option<Uuid>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 4000))]
    #[param(max_length = 4000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}
