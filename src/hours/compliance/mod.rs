//! Compliance of a school, a municipality and a region: how many people stand where, from their standings.

pub mod api;
pub mod dto;
pub mod policy;
pub mod service;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the endpoints.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(api::get_hours_compliance);
}
