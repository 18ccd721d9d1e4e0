//! Who takes part (участие организаций, P2-39, P2-41): school by school, how many people learn and how much was submitted.
//!
//! Invariants: numbers only; a municipality sees its own schools, a school itself; the department can ask for the state
//! organizations alone, which stand directly under the region.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoint.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::list_participation);
}
