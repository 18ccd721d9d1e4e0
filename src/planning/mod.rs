//! Planning (планирование): what organizations plan for the learning of their people, and what they are asked to allow
//! outside of it.

pub mod external_offers;
pub mod funding_lines;
pub mod outside_learning;
pub mod own_expense_requests;
pub mod plan_resources;
pub mod plans;
pub mod policy;
pub mod standing;

use crate::http::Endpoints;

/// Mounts the endpoints of planning.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .configure(own_expense_requests::configure)
        .configure(external_offers::configure)
        .configure(plans::configure)
        .configure(plan_resources::configure)
        .configure(funding_lines::configure);
}
