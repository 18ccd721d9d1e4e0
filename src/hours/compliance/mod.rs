//! Compliance of a school: the balances of everybody who works there, folded from their ledgers.

pub mod api;
pub mod dto;
mod memory;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the endpoints.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(api::get_hours_compliance);
}
