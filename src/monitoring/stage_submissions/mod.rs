//! What participants submit into the stages of a cycle (материалы участников этапа, P2-13, P2-25).
//!
//! Invariants: only into a stage that is open; by those whom the regulation names, each for the organization where the
//! role is held; nothing that was submitted is changed.

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
        .service(api::create_stage_submission)
        .service(api::list_stage_submissions)
        .service(api::get_stage_submission);
}
