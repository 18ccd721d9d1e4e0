//! Petitions for a change of a route in force (ходатайства, P0-25): those whom the regulation names ask for it, and whoever
//! enters changes applies or declines it.

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
        .service(api::list_route_petitions)
        .service(api::create_route_petition)
        .service(api::get_route_petition)
        .service(api::decline_route_petition)
        .service(api::withdraw_route_petition);
}
