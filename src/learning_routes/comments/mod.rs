//! Comments on routes (обсуждение маршрута, P0-4, P4-37).
//!
//! Invariants: a comment keeps its author and moment and never changes; a provider reads and writes only about lines
//! addressed to it, while the route is being formed.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::create_route_comment).service(api::list_route_comments);
}
