//! What an administrative act is.

use chrono::NaiveDate;
use uuid::Uuid;

pub use super::vocabulary::ActKind;

/// What is said of an act.
#[derive(Debug, Clone)]
pub struct ActData {
    /// What it is about.
    pub kind: ActKind,
    /// Number.
    pub number: String,
    /// Date.
    pub dated_on: NaiveDate,
    /// Title.
    pub title: String,
    /// The routes it names.
    pub route_ids: Vec<Uuid>,
}

/// An act of an organization.
#[derive(Debug, Clone)]
pub struct Act {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// In which municipality.
    pub municipality_id: Option<Uuid>,
    /// Whose act it is.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: ActData,
    /// Row version.
    pub version: i64,
}

/// Which acts a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<ActKind>,
}
