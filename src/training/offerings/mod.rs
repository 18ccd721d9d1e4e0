//! Offerings (курсы, семинары, стажировки …): what an organiser holds, when, where, with how many seats.
//!
//! Invariants: a planned offering is seen by its organiser and leader alone, any other by the whole region; seats
//! are taken and given back only under the lock of the offering, never more than there are; what is taught stays as
//! it is once somebody is enrolled.

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
        .service(api::create_offering)
        .service(api::list_offerings)
        .service(api::get_offering)
        .service(api::update_offering)
        .service(api::change_offering_state)
        .service(api::create_offering_copy);
}
