//! The registry (реестр программ): programs made of modules with their versions, the review they pass, their entries in
//! the regional registry, and the yearly publication with numbered revisions.
//!
//! Which kinds of programs a registry holds, who keeps and publishes it and by which day stands in the
//! regulation, never here.

pub mod announcements;
pub mod credit_rules;
pub mod directions;
pub mod entries;
pub mod policy;
pub mod programs;
pub mod provider_founders;
pub mod provider_licences;
pub mod publications;
pub mod recommendations;
pub mod review_sheets;
pub mod reviews;
pub mod state_assignments;

use crate::http::Endpoints;

/// The first calendar year that lists, assignments and publications of the registry may be about.
pub const FIRST_YEAR: i32 = 2000;
/// The last one.
pub const LAST_YEAR: i32 = 2100;

/// Mounts the endpoints of the registry.
pub fn configure(config: &mut Endpoints<'_>) {
    programs::configure(config);
    entries::configure(config);
    publications::configure(config);
    directions::configure(config);
    state_assignments::configure(config);
    announcements::configure(config);
    provider_licences::configure(config);
    provider_founders::configure(config);
    recommendations::configure(config);
    credit_rules::configure(config);
    review_sheets::configure(config);
    reviews::configure(config);
}
