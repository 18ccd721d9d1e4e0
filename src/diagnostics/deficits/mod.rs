//! Deficits (профессиональные дефициты) and difficulties reported without a test.
//!
//! Invariants: a person has at most one deficit of a competency that is not closed; only a repeat diagnostic closes
//! one (P4-12); a deficit found by diagnostics names the result that showed it last.

pub mod api;
mod derive;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::list_deficits)
        .service(api::report_deficit)
        .service(api::get_deficit)
        .service(api::list_deficit_events)
        .service(api::list_person_deficits)
        .service(api::get_deficit_closure);
}
