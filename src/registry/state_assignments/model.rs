//! What a line of the state assignment is, and how much of it is used.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::authz::Target;
use crate::hours::usage::model::Trained;
use crate::training::enrollments::model::PlaceTaken;

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
    /// People with a place: enrolled, learning or trained, each counted once.
    pub placed: i64,
    /// People trained, by enrollment or paper, each counted once.
    pub people: i64,
    /// Academic hours, all people together, rounded down.
    pub person_hours: i64,
}

impl StateAssignment {
    /// What of the training given, and of the places taken, belongs to this line. The hours of a person in a program
    /// count once: by the papers where there are any, else by what was completed without one.
    pub fn used(&self, trained: &[Trained], places: &[PlaceTaken]) -> Used {
        let (mut placed, mut people, mut hours) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
        for trained in trained.iter().filter(|trained| {
            trained.issuer_id == self.organization_id
                && trained.year == self.year
                && self.program_ids.contains(&trained.program_id)
        }) {
            placed.insert(trained.person_id);
            people.insert(trained.person_id);
            *hours.entry((trained.person_id, trained.program_id)).or_insert(0_i64) +=
                i64::from(trained.hours.halves());
        }
        for place in places.iter().filter(|place| {
            place.provider_id == self.organization_id
                && place.year == self.year
                && self.program_ids.contains(&place.program_id)
        }) {
            placed.insert(place.person_id);
            if let Some(completed) = place.completed {
                people.insert(place.person_id);
                hours
                    .entry((place.person_id, place.program_id))
                    .or_insert_with(|| i64::from(completed.halves()));
            }
        }
        let count = |people: BTreeSet<Uuid>| i64::try_from(people.len()).unwrap_or(i64::MAX);
        Used {
            placed: count(placed),
            people: count(people),
            person_hours: hours.into_values().sum::<i64>() / 2,
        }
    }

    /// How many of the people planned have a place, in per cent, rounded down.
    pub fn placed_percent(&self, used: Used) -> i64 {
        used.placed.saturating_mul(100).checked_div(i64::from(self.plan.people)).unwrap_or_default()
    }

    /// How many of the people planned were trained, in per cent, rounded down.
    pub fn used_percent(&self, used: Used) -> i64 {
        used.people.saturating_mul(100).checked_div(i64::from(self.plan.people)).unwrap_or_default()
    }
}
