//! Reports by stages (отчёты по этапам): the learner reports each stage in the form that the route names for it, and
//! somebody else accepts the report or returns it (P1-9).
//!
//! Invariants: one report for each stage of a route in force; nobody accepts his own; an accepted report stands.

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
        .service(api::get_stage_report)
        .service(api::submit_stage_report)
        .service(api::resubmit_stage_report)
        .service(api::accept_stage_report)
        .service(api::return_stage_report);
}
