//! Versions of a route (редакции маршрута): what it said each time it was handed in, revised or looked through, and what
//! differs between any two of them or between two rounds of review.

pub mod api;
mod diff;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::list_route_versions).service(api::get_route_version).service(api::get_route_diff);
}
