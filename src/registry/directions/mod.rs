//! Priority directions (перечень направлений): proposed for a calendar year, approved by the ministry alone.
//!
//! Invariants: one approved list for a region and year; an approved list never changes; programs are linked to
//! directions of approved lists, from the side of the direction (P2-18, P2-19, P2-21). A direction made from the report of
//! diagnostics keeps the figures of that day, and only those that the report shows.

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
        .service(api::lists::create_direction_list)
        .service(api::lists::draft_direction_list)
        .service(api::lists::list_direction_lists)
        .service(api::lists::get_direction_list)
        .service(api::lists::update_direction_list)
        .service(api::lists::approve_direction_list)
        .service(api::links::list_priority_directions)
        .service(api::links::get_priority_direction)
        .service(api::links::set_direction_programs)
        .service(api::links::list_programs_without_direction);
}
