//! Growth cards (карты роста): what a learner hands in about each year of a route in force (P0-26, P0-32).
//!
//! Invariants: a card nobody has touched is no row, it is owed and listed as missing; until it is handed in it is
//! assembled from the data of the route, from then on it says what it said then; nobody accepts his own.

pub mod api;
pub mod content;
pub mod dto;
pub mod model;
pub mod policy;
mod print;
pub mod service;
mod store;
pub mod vocabulary;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::list_growth_cards)
        .service(api::get_growth_card)
        .service(api::update_growth_card)
        .service(api::submit_growth_card)
        .service(api::accept_growth_card)
        .service(api::return_growth_card);
}
