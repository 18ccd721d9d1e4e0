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
    config
        .configure(consultations::configure)
        .configure(products::configure)
        .configure(support_plans::configure)
        .configure(support_proposals::configure)
        .configure(support_activities::configure)
        .configure(delayed_outcomes::configure)
        .configure(delayed_outcome_campaigns::configure)
        .configure(quality_surveys::configure);
}
