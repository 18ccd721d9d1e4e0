//! Requests to learn outside the route at one's own expense (заявления об обучении за свой счёт, P0-45, P0-46).
//!
//! Invariants: what an agreed route of the person holds already is not asked for; the chain of the regulation decides, and
//! a refusal has a reason; what was learnt by an approved request is marked in the ledger.

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
        .service(api::create_own_expense_request)
        .service(api::list_own_expense_requests)
        .service(api::get_own_expense_request)
        .service(api::submit_own_expense_request)
        .service(api::withdraw_own_expense_request);
}
