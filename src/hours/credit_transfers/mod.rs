//! Credit transfers (зачёты): what was learnt at one organization is credited in a program of another by its rule
//! (P4-8).
//!
//! Invariants: a transfer rests on a confirmed document and on a rule valid on the day it is asked for; one learning is
//! credited once to one target. Nothing is posted: where the document of the target is counted, the credited hours are
//! taken off it, so that they are not summed twice.

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
        .service(api::request_credit_transfer)
        .service(api::list_credit_transfers)
        .service(api::get_credit_transfer)
        .service(api::decide_credit_transfer)
        .service(api::withdraw_credit_transfer);
}
