//! What a submission into a monitoring is. Pure.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::{Role, Target};

/// Something submitted into a monitoring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitoringSubmission {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the organization.
    pub municipality_id: Option<Uuid>,
    /// The organization that submitted it.
    pub organization_id: Uuid,
    /// The monitoring.
    pub monitoring_id: Uuid,
    /// The role of who submitted it.
    pub role: Role,
    /// What is submitted.
    pub text: String,
    /// Day it was submitted first.
    pub submitted_on: NaiveDate,
    /// Row version.
    pub version: i64,
}

impl MonitoringSubmission {
    /// As a target of rights.
    pub fn target(&self) -> Target {
        Target::region(self.region_id).organization(self.organization_id, self.municipality_id)
    }
}
