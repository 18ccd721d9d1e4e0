//! Resources of plans: what is needed, what there is, what goes to which route and whether it came in time (ресурсы, P1-44
//! to P1-48).
//!
//! Invariants: no more goes to routes than is needed, no more is provided than there is; what is not provided on the first
//! day of its stage is a deviation, derived from the days.

pub mod api;
mod api_allocations;
pub mod dto;
pub mod dto_allocations;
pub mod model;
pub mod policy;
pub mod service;
mod store;
pub mod vocabulary;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::add_plan_resource)
        .service(api::list_plan_resources)
        .service(api::get_plan_resource)
        .service(api::update_plan_resource)
        .service(api::get_plan_resource_report)
        .service(api_allocations::assign_plan_resource)
        .service(api_allocations::list_resource_allocations)
        .service(api_allocations::confirm_resource_provision);
}
