//! Monitorings of a year (мониторинг, P2-40) and what they found.
//!
//! Invariants: one monitoring for each subject, year and organization that holds it; it is closed once, with a conclusion,
//! and nothing is added to it after that.

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
        .service(api::create_monitoring)
        .service(api::list_monitorings)
        .service(api::get_monitoring)
        .service(api::record_monitoring_finding)
        .service(api::close_monitoring);
}
