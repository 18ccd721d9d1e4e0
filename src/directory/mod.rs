//! The directory (справочник): regions, the typed tree of organizations, people and their work.
//!
//! Everything else hangs on it: an organization says which region and municipality a thing belongs to, an
//! employment says which school a person belongs to, and role assignments say who may act where.

pub mod associations;
pub mod checks;
pub mod employments;
pub mod organizations;
pub mod person_matches;
pub mod person_merges;
pub mod persons;
pub mod policy;
pub mod regions;
pub mod role_assignments;

use crate::http::Endpoints;

/// Mounts the endpoints of the directory.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .configure(regions::configure)
        .configure(organizations::configure)
        .configure(persons::configure)
        .configure(person_matches::configure)
        .configure(person_merges::configure)
        .configure(employments::configure)
        .configure(associations::configure)
        .configure(role_assignments::configure);
}
