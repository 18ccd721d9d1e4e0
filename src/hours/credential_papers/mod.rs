//! Credentials to be printed (печатная форма документа): what the paper says, with a code by which anybody checks it.

pub mod api;
pub mod policy;
mod print;
pub mod service;
pub mod views;

use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts the endpoints.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(api::get_credential_paper);
}
