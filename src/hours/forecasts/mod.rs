//! What becomes of the hours of a school, a municipality or a region in the next 36 months if nothing is added.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::get_hours_forecast);
}
