//! Surveys of the quality of training (внутренний мониторинг качества повышения квалификации, P2-32).
//!
//! Invariants: of an offering that has begun: survey, result and conclusion; recorded by the operator or by the organiser, whom
//! the regulation names as holding the monitoring of the quality of programs; written once.

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
        .service(api::record_quality_survey)
        .service(api::list_quality_surveys)
        .service(api::get_quality_survey);
}
