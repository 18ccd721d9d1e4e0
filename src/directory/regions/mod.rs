//! Regions: the tenants of the installation.

pub mod api;
pub mod dto;
pub mod memory;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the endpoints.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(api::create_region).service(api::list_regions);
}
