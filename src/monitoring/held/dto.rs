//! What travels about holders.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::HeldLevel;
use crate::values::mirror;

/// What a cycle or a monitoring is about (уровень). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MonitoringLevel {
    /// The whole region.
    Region,
    /// One municipality with everything in it.
    Municipality,
    /// One organization.
    Organization,
}

mirror!(MonitoringLevel => HeldLevel { Region, Municipality, Organization });
