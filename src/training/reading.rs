//! The two sides of training in a scope: the people's schools, and the organiser with the leader.

use uuid::Uuid;

use crate::authz::{Scope, ScopePart};

/// The organiser's side of a scope. The people's side is the scope itself.
#[derive(Debug, Clone, Default)]
pub(super) struct OrganiserSide {
    /// Organizations whose offerings are meant.
    pub(super) organizations: Vec<Uuid>,
    /// People whose led offerings are meant.
    pub(super) leaders: Vec<Uuid>,
}

impl OrganiserSide {
    /// Of that scope.
    pub(super) fn of(scope: &Scope) -> Self {
        let mut side = Self::default();
        for part in scope.parts() {
            match *part {
                ScopePart::Organization(id) => side.organizations.push(id),
                ScopePart::Assigned(id) => side.leaders.push(id),
                ScopePart::Everything
                | ScopePart::Region(_)
                | ScopePart::Municipality(_)
                | ScopePart::Person(_)
                | ScopePart::Above { .. } => {}
            }
        }
        side
    }
}
