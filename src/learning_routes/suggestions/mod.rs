//! Lines suggested for a route (предложения заказчика, P1-34).
//!
//! Invariants: a suggestion keeps its author; an accepted one becomes a line of that author; nobody decides on his own;
//! declining needs words.

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
        .service(api::create_route_suggestion)
        .service(api::list_route_suggestions)
        .service(api::get_route_suggestion)
        .service(api::decide_route_suggestion)
        .service(api::withdraw_route_suggestion);
}
