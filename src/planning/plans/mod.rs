//! Plans of a school: prospective, of a school or a calendar year, of competence development, of methodical work (планы,
//! P0-10, P0-12, P0-20, P0-22, P0-23, P0-36, P0-38, P0-39).
//!
//! Invariants: the period is as long as the regulation says, to the day; what a route or another plan says is linked,
//! never retyped; no more people are sent to courses than the headcount; a school has one standing plan of a kind for a
//! period.

pub mod api;
mod api_lines;
pub mod dto;
pub mod dto_lines;
pub mod model;
mod model_lines;
pub mod policy;
pub mod service;
mod store;
pub mod vocabulary;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::compose_plan)
        .service(api::list_plans)
        .service(api::get_plan)
        .service(api::update_plan)
        .service(api::refresh_plan)
        .service(api::submit_plan)
        .service(api::withdraw_plan)
        .service(api_lines::add_plan_line)
        .service(api_lines::list_plan_lines)
        .service(api_lines::remove_plan_line)
        .service(api_lines::list_plan_candidates)
        .service(api_lines::list_uncovered_deficits);
}
