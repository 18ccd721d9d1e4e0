//! What is due: people whose norm breaks or whose training is due by law until a day.

pub mod api;
pub mod dto;
pub mod policy;
pub mod service;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the endpoints.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(api::list_hours_due);
}
