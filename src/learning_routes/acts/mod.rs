//! Administrative acts of an organization (приказы, положения, инструкции): what groups and routes rest on (P1-20, P1-22).
//!
//! Invariants: a number is used once on a day in an organization; the routes an act names are of that organization; an act
//! is never changed.

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
        .service(api::record_administrative_act)
        .service(api::list_administrative_acts)
        .service(api::get_administrative_act);
}
