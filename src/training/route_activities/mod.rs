//! Activities of routes across people: what providers are to teach, and how far it has come.
//!
//! A provider sees the lines addressed to it, a curator those of the school's people, the coordinator all of the
//! region (P1-51, P4-30). Only routes that were approved are shown.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::list_route_activities);
}
