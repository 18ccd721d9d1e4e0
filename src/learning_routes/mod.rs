//! Individual learning routes (индивидуальные образовательные маршруты): what a teacher learns, why, until when.
//!
//! A route belongs to one learner and one school, lives under the regulation it was started under, follows from
//! diagnosed deficits, passes the approval chain of that regulation, and is fulfilled activity by activity.
//! Progress and lateness are derived, never stored. Everything a regulation demands of a route stands in `rules`.

pub mod acts;
pub mod api;
pub mod cards;
pub mod categories;
pub mod comments;
pub mod controls;
pub mod documents;
pub mod dto;
pub mod growth_cards;
pub mod hearings;
pub mod model;
pub mod petitions;
pub mod policy;
pub mod proposal_jobs;
pub mod proposals;
pub mod report;
pub mod revisions;
pub mod rules;
pub mod service;
pub mod stage_reports;
mod store;
mod stored;
pub mod suggestions;
pub mod support_records;
pub mod templates;
pub mod versions;
pub mod working_groups;

use crate::authz::Rule;
use crate::http::Endpoints;

/// Every row of the policy tables of learning routes, one table for each resource.
pub const RULES: &[&[&Rule]] = &[
    policy::RULES,
    acts::policy::RULES,
    cards::policy::RULES,
    categories::policy::RULES,
    comments::policy::RULES,
    controls::policy::RULES,
    documents::policy::RULES,
    growth_cards::policy::RULES,
    hearings::policy::RULES,
    petitions::policy::RULES,
    proposal_jobs::policy::RULES,
    proposals::policy::RULES,
    report::policy::RULES,
    revisions::policy::RULES,
    stage_reports::policy::RULES,
    suggestions::policy::RULES,
    support_records::policy::RULES,
    templates::policy::RULES,
    versions::policy::RULES,
    working_groups::policy::RULES,
];

/// Mounts the endpoints of learning routes.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .configure(api::configure)
        .configure(acts::configure)
        .configure(cards::configure)
        .configure(categories::configure)
        .configure(comments::configure)
        .configure(hearings::configure)
        .configure(controls::configure)
        .configure(documents::configure)
        .configure(growth_cards::configure)
        .configure(petitions::configure)
        .configure(proposal_jobs::configure)
        .configure(proposals::configure)
        .configure(report::configure)
        .configure(revisions::configure)
        .configure(suggestions::configure)
        .configure(support_records::configure)
        .configure(templates::configure)
        .configure(stage_reports::configure)
        .configure(versions::configure)
        .configure(working_groups::configure);
}
