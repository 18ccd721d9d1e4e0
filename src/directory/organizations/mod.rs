//! Organizations: the typed tree of a region (ministry, municipal authorities, schools, providers, …).
//!
//! Invariants: a ministry is the root of its region; a municipal authority *is* its municipality
//! (`municipality_id` is its own id); everything under it carries that id; state schools and providers hang
//! directly under the region.

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
        .service(api::create_organization)
        .service(api::list_organizations)
        .service(api::get_organization)
        .service(api::update_organization)
        .service(api::relocate_organization);
}
