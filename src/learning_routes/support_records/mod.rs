//! What tutor, curator and coordinator do for a route (сопровождение маршрута, P1-13, P1-36, P4-38), and how much of it
//! (P1-43, P1-52).
//!
//! Invariants: recorded by the tutor of the route or by whom its regulation lets support, never by the learner; dated on any
//! day up to today, in training or between courses; never changed.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;
pub mod vocabulary;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::record_route_support)
        .service(api::list_route_support)
        .service(api::list_support_records)
        .service(api::get_support_report);
}
