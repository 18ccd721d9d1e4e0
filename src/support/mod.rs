//! Support (методическое сопровождение): what helps people and organizations between courses.

pub mod consultations;
pub mod delayed_outcome_campaigns;
pub mod delayed_outcomes;
mod following;
pub mod policy;
pub mod products;
pub mod quality_surveys;
pub mod support_activities;
pub mod support_plans;
pub mod support_proposals;

use crate::http::Endpoints;

/// Mounts the endpoints of support.
pub fn configure(config: &mut Endpoints<'_>) {
    consultations::configure(config);
    products::configure(config);
    support_plans::configure(config);
    support_proposals::configure(config);
    support_activities::configure(config);
    delayed_outcomes::configure(config);
    delayed_outcome_campaigns::configure(config);
    quality_surveys::configure(config);
}
