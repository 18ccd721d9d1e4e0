//! Offers of legal entities to teach the people of a school at the expense of a grant, of a state order or of others
//! (предложения юридических лиц, P0-44).
//!
//! Invariants: an offer says who pays, from what source and on which terms; the chain of the regulation decides; what was
//! learnt by an approved offer is marked in the ledger.

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
        .service(api::create_external_offer)
        .service(api::list_external_offers)
        .service(api::get_external_offer)
        .service(api::submit_external_offer)
        .service(api::withdraw_external_offer);
}
