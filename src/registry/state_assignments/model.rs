//! What a line of the state assignment is, and how much of it is used.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::authz::Target;
use crate::hours::usage::model::Trained;

/// What people are to be trained in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssignmentSubject {
    /// A direction, by whatever programs serve it.
    Direction(Uuid),
    /// One program.
    Program(Uuid),
}

/// What is planned.
#[derive(Debug, Clone)]
pub struct AssignmentPlan {
    /// How many people.
    pub people: i32,
    /// How many academic hours, all people together.
    pub person_hours: i32,
    /// Remark.
    pub note: Option<String>,
}

/// A line of the state assignment.
#[derive(Debug, Clone)]
pub struct StateAssignment {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The operator.
    pub organization_id: Uuid,
    /// Calendar year.
    pub year: i32,
    /// What in.
    pub subject: AssignmentSubject,
    /// What is planned.
    pub plan: AssignmentPlan,
    /// The programs that serve it now: those of the direction, or the one named.
    pub program_ids: Vec<Uuid>,
    /// Row version.
    pub version: i64,
}

impl StateAssignment {
    /// The line as a target of rights.
    pub fn target(&self) -> Target {
        Target::region(self.region_id).organization(self.organization_id, None)
    }
}

/// What was trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// People, each counted once.
    pub people: i64,
    /// Academic hours, all people together, rounded down.
    pub person_hours: i64,
}

impl StateAssignment {
    /// What of the training given belongs to this line.
    pub fn used(&self, trained: &[Trained]) -> Used {
        let mine = trained.iter().filter(|trained| {
            trained.issuer_id == self.organization_id
                && trained.year == self.year
                && self.program_ids.contains(&trained.program_id)
        });
        let (mut people, mut halves) = (BTreeSet::new(), 0_i64);
        for trained in mine {
            people.insert(trained.person_id);
            halves += i64::from(trained.hours.halves());
        }
        Used { people: i64::try_from(people.len()).unwrap_or(i64::MAX), person_hours: halves / 2 }
    }

    /// How many of the people planned were trained, in per cent, rounded down.
    pub fn used_percent(&self, used: Used) -> i64 {
        used.people.saturating_mul(100).checked_div(i64::from(self.plan.people)).unwrap_or_default()
    }
}
