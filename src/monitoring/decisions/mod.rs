//! Managerial decisions that follow from a monitoring (управленческие решения, P2-40, P2-44) and instructions (поручения,
//! P4-17): a text, an addressee and a due day, and the addressee's answer.
//!
//! Invariants: a decision names its monitoring; whoever decides addresses those below; the addressee answers once; that it
//! is overdue follows from the day.

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
        .service(api::create_managerial_decision)
        .service(api::list_managerial_decisions)
        .service(api::get_managerial_decision)
        .service(api::answer_managerial_decision);
}
