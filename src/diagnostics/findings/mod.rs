//! Findings of pupils' assessment (результаты оценочных процедур): typical difficulties and zones of low quality.
//!
//! Invariants: the quality centre records them (P2-14); a finding is about a school, a municipality or the whole
//! region and is read there and above; needs and directions name the findings they rest on.

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
        .service(api::create_outcome_finding)
        .service(api::list_outcome_findings)
        .service(api::get_outcome_finding)
        .service(api::update_outcome_finding);
}
