//! The regional procedure of forming routes (порядок формирования ИОМ, P4-35).
//!
//! Invariants: only those whom the regulation names write it, at their own organization; everybody in the region reads what
//! is published; publishing one retires the one before.

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
        .service(api::create_route_template)
        .service(api::list_route_templates)
        .service(api::get_route_template)
        .service(api::update_route_template)
        .service(api::publish_route_template);
}
