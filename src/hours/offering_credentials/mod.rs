//! Credentials for a whole offering that is over: each enrollment that was completed gets its paper, in one request
//! (P3-26, P3-35).
//!
//! Every paper is issued as a single one is, by the same rules; one that is refused harms no other. What an enrollment
//! has its paper for is left out, so a repeat issues nothing twice.

pub mod api;
pub mod dto;
pub mod model;
mod numbering;
pub mod policy;
pub mod service;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::issue_offering_credentials);
}
