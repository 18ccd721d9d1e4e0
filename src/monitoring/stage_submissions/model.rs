//! What a submission is. Pure.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::{Role, Target};

/// Something submitted into a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageSubmission {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the organization.
    pub municipality_id: Option<Uuid>,
    /// The organization for which it was submitted.
    pub organization_id: Uuid,
    /// Who submitted it; none for another system.
    pub person_id: Option<Uuid>,
    /// The cycle.
    pub cycle_id: Uuid,
    /// The stage, from 1.
    pub position: i32,
    /// The role of who submitted it.
    pub role: Role,
    /// What is submitted.
    pub text: String,
    /// The finding it rests on.
    pub finding_id: Option<Uuid>,
    /// Day it was submitted.
    pub submitted_on: NaiveDate,
}

impl StageSubmission {
    /// As a target of rights.
    pub fn target(&self) -> Target {
        let target = Target::region(self.region_id).organization(self.organization_id, self.municipality_id);
        self.person_id.map_or(target.clone(), |person_id| target.person(person_id))
    }
}
