//! Receipts of credentials (отметка о приёме документа): the school has the paper that the person handed in (P3-47).
//!
//! Invariants: a paper is received once, by whom the regulation of a school of the person names, never by the person;
//! a receipt is not a decision: the hours are confirmed by whoever confirms.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;
pub mod views;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::receive_credential);
}
