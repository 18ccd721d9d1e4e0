//! What pays for plans, by source, with sums per plan, route and stage (финансирование, P0-33).
//!
//! Invariants: a source is one that the regulation names; a stage is one of the route, a route has a line in the plan; the
//! sums by source, by route and by stage make up the same total.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::add_funding_line)
        .service(api::list_funding_lines)
        .service(api::remove_funding_line)
        .service(api::get_plan_funding);
}
