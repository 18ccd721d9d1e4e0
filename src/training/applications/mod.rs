//! Applications (заявки, заявления, направления): who asks for a seat, and what the provider answers.
//!
//! Invariants: a group is accepted whole or not at all; a person has one standing application for an offering; the
//! waiting list is never stored, it follows from the order of arrival and the free seats.

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
        .service(api::create_application)
        .service(api::list_applications)
        .service(api::get_application)
        .service(api::decide_application)
        .service(api::withdraw_application)
        .service(api::acknowledge_referral);
}
