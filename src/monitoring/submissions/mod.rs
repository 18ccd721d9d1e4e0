//! What municipalities and schools submit into a monitoring (материалы в мониторинг, P2-44).
//!
//! Invariants: one submission of each organization; by those whom the regulation names; only while the monitoring is not
//! closed.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::create_monitoring_submission)
        .service(api::list_monitoring_submissions)
        .service(api::get_monitoring_submission)
        .service(api::update_monitoring_submission);
}
