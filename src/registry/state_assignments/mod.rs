//! The state assignment (государственное задание): what the operator is to train in a year, and what it has trained.
//!
//! Invariants: the ministry sets it (P2-20); a line names a direction or a program; what is used is counted from the
//! ledger whenever it is asked, never stored.

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
        .service(api::create_state_assignment)
        .service(api::list_state_assignments)
        .service(api::get_state_assignment)
        .service(api::update_state_assignment);
}
