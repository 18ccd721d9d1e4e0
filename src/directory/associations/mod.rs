//! Methodical associations of a school with their heads and members (методические объединения).
//!
//! Invariants: head and members work at the organization of the association; a membership is dated and never
//! rewritten, only ended; a change of members is a change of the association (its version moves).

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
        .service(api::create_association)
        .service(api::list_associations)
        .service(api::get_association)
        .service(api::update_association)
        .service(api::members::list_association_members)
        .service(api::members::add_association_member)
        .service(api::members::remove_association_member);
}
