//! Regions: the tenants of the installation.

pub mod api;
pub mod dto;
pub mod memory;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::create_region).service(api::list_regions);
}
