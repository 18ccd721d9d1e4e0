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
    config
        .configure(programs::configure)
        .configure(entries::configure)
        .configure(publications::configure)
        .configure(directions::configure)
        .configure(state_assignments::configure)
        .configure(announcements::configure)
        .configure(provider_licences::configure)
        .configure(provider_founders::configure)
        .configure(recommendations::configure)
        .configure(credit_rules::configure)
        .configure(review_sheets::configure)
        .configure(reviews::configure);
}
