//! Recommendations (рекомендации): a program, a module or a topic for a person, with what it rests on.
//!
//! Invariants: the regulation of the person's school says who recommends, on which bases, and whether only programs of
//! the active registry (P0-35, P3-38, P4-20); a recommendation is withdrawn, not deleted.

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
        .service(api::create_recommendation)
        .service(api::list_recommendations)
        .service(api::get_recommendation)
        .service(api::withdraw_recommendation);
}
