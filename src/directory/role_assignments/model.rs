//! What a role held somewhere is.

use uuid::Uuid;

use crate::authz::{Level, Role};

/// A role held on a day: what a token says of its holder.
pub type Grant = (Role, Level, Option<Uuid>);

/// The grants of a holder: assigned ones, and `teacher` for every place of work, each once.
pub fn grants(assigned: Vec<Grant>, workplaces: Vec<Uuid>) -> Vec<Grant> {
    let implied = workplaces.into_iter().map(|organization| (Role::Teacher, Level::Person, Some(organization)));
    let mut grants: Vec<Grant> = Vec::with_capacity(assigned.len());
    for grant in assigned.into_iter().chain(implied) {
        if !grants.contains(&grant) {
            grants.push(grant);
        }
    }
    grants
}
