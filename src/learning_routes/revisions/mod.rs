//! Revisions of a route in force (корректировки, P0-16, P3-23): what it will say, handed in and agreed by the chain of the
//! regulation; until then the route stays as it is. Where the regulation leaves changes free, a revision is taken over
//! at once, and the versions keep the history.

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
        .service(api::list_route_revisions)
        .service(api::create_route_revision)
        .service(api::get_route_revision)
        .service(api::update_route_revision)
        .service(api::check_route_revision)
        .service(api::submit_route_revision)
        .service(api::withdraw_route_revision)
        .service(api::update_route_periodically);
}
