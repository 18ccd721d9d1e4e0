//! Delayed outcomes of training (отсроченные результаты, P2-38), and those that are still due (P2-43).
//!
//! Invariants: of a completed training, on a day after its end, by a method that the regulation names; written once, by
//! whom the regulation names, never by the learner.

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
        .service(api::record_delayed_outcome)
        .service(api::list_delayed_outcomes)
        .service(api::get_delayed_outcome)
        .service(api::list_due_outcomes);
}
