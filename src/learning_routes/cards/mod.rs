//! Cards of routes (карты повышения квалификации) as they are approved apart from the route itself (P3-22), where the
//! regulation has a chain for that.
//!
//! Invariants: a card is drawn up of a route that is agreed and keeps what the route said then; a route has one card
//! under way at most; an approved card is outdated, which is derived, as soon as the route is revised or updated.

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
        .service(api::submit_route_card)
        .service(api::list_route_cards)
        .service(api::get_submitted_route_card)
        .service(api::withdraw_route_card);
}
