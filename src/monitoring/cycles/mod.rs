//! Yearly cycles of the system of training (годовые циклы, P2-12, P3-9): the stages or blocks that the regulation names,
//! each with a state of its own, and what was done in them, counted.
//!
//! Invariants: one cycle for each year of an organization; stages are those of the regulation on the day the cycle was
//! made; a stage is opened once and closed once; numbers are counted from what is recorded, never stored.

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
        .service(api::create_monitoring_cycle)
        .service(api::list_monitoring_cycles)
        .service(api::get_monitoring_cycle)
        .service(api::open_monitoring_stage)
        .service(api::close_monitoring_stage);
}
