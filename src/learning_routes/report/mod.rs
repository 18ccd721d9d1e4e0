//! The report of routes: how they are fulfilled at a school, in a municipality, in the region, and by curator
//! (P1-50, P2-7, P3-40, P4-27).

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoint.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::get_route_report);
}
