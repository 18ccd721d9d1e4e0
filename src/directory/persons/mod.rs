//! Persons: teachers, heads, officers (физические лица), with the history of their names.
//!
//! Invariants: a СНИЛС is unique within its region; a change of name leaves a row of history; СНИЛС, birth date and
//! address are shown to the person and to roles that need them, everybody else sees name and post (design §2).

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
        .service(api::create_person)
        .service(api::list_persons)
        .service(api::get_person)
        .service(api::update_person)
        .service(api::list_person_names);
}
