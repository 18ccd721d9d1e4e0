//! Individual learning routes (индивидуальные образовательные маршруты): what a teacher learns, why, until when.
//!
//! A route belongs to one learner and one school, lives under the regulation it was started under, follows from
//! diagnosed deficits, passes the approval chain of that regulation, and is fulfilled activity by activity.
//! Progress and lateness are derived, never stored. Everything a regulation demands of a route stands in `rules`.

pub mod api;
pub mod controls;
pub mod dto;
pub mod growth_cards;
pub mod model;
pub mod petitions;
pub mod policy;
pub mod report;
pub mod revisions;
pub mod rules;
pub mod service;
pub mod stage_reports;
mod store;
mod stored;
pub mod versions;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::authz::Rule;

/// Every row of the policy tables of learning routes, one table for each resource.
pub const RULES: &[&[&Rule]] = &[
    policy::RULES,
    controls::policy::RULES,
    growth_cards::policy::RULES,
    petitions::policy::RULES,
    report::policy::RULES,
    revisions::policy::RULES,
    stage_reports::policy::RULES,
    versions::policy::RULES,
];

/// Mounts the endpoints of learning routes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    api::configure(config);
    controls::configure(config);
    growth_cards::configure(config);
    petitions::configure(config);
    report::configure(config);
    revisions::configure(config);
    stage_reports::configure(config);
    versions::configure(config);
}
