//! Working groups that develop programs (группы разработчиков, P1-19 to P1-22).
//!
//! Invariants: members work at the school in a function that the regulation lets in; there is one leader; a route belongs
//! to one group at most. A group without its acts is inactive: its developers have no right to its routes.

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
        .service(api::create_working_group)
        .service(api::list_working_groups)
        .service(api::get_working_group)
        .service(api::update_working_group)
        .service(api::dissolve_working_group);
}
