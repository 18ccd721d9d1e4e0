//! Support plans (планы методического сопровождения в межкурсовой период, P2-28, P2-42).
//!
//! Invariants: one for each completed training, and completed training without one is listed where the regulation wants one
//! for each; made by school and methodical service together: agreed once both have agreed to the same words, by two people
//! neither of whom is supported; then completed with a conclusion.

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
        .service(api::create_support_plan)
        .service(api::list_support_plans)
        .service(api::list_missing_support_plans)
        .service(api::get_support_plan)
        .service(api::update_support_plan)
        .service(api::endorse_support_plan)
        .service(api::complete_support_plan);
}
