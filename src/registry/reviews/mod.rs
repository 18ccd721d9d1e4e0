//! Reviews of programs before they enter the registry (экспертиза программ).
//!
//! Invariants: a review belongs to one submission, so a program handed in again is reviewed again; nobody reviews what
//! he wrote or what his own organization teaches; a completed review never changes; where the regulation demands a
//! review, only a program that everybody recommended enters the registry (P2-22, P2-23).

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
        .service(api::create_program_review)
        .service(api::list_program_reviews)
        .service(api::get_program_review)
        .service(api::complete_program_review)
        .service(api::withdraw_program_review);
}
