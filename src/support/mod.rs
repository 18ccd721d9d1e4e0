//! Support (методическое сопровождение): what helps people and organizations between courses.

pub mod consultations;
pub mod delayed_outcomes;
pub mod policy;
pub mod products;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the endpoints of support.
pub fn configure(config: &mut ServiceConfig<'_>) {
    consultations::configure(config);
    products::configure(config);
    delayed_outcomes::configure(config);
}
