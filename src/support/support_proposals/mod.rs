//! Proposals of support after training (предложения методическим службам, P2-31).
//!
//! Invariants: about people who completed the training and whom the service supports, fixed when it is made; the service
//! decides once: it takes the proposal into a plan of each of them, or refuses it with a reason.

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
        .service(api::create_support_proposal)
        .service(api::list_support_proposals)
        .service(api::get_support_proposal)
        .service(api::decide_support_proposal);
}
