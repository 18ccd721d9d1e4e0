//! Compliance of a school, a municipality and a region: how many people stand where, from their standings.

pub mod api;
pub mod dto;
pub mod policy;
pub mod service;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::get_hours_compliance);
}
