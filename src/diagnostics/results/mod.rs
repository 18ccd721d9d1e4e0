//! Diagnostic results (результаты диагностики): immutable, corrected by a new result that names the old one.
//!
//! Invariants: a result has scores of the procedures of its instrument and the level of each competency that follows
//! from them (P4-6); deficits are derived in the same transaction; one result of a person, an instrument and a day.

pub mod api;
mod conductor;
pub mod dto;
pub mod load;
mod measure;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::record_diagnostic_result)
        .service(api::get_diagnostic_result)
        .service(api::list_person_diagnostic_results);
}
