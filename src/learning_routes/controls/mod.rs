//! Control of routes (контроль реализации): the control plan of a route and the facts recorded by it.
//!
//! Invariants: only under a regulation that knows control, by the roles it names; a teacher only on his or her own
//! route, and never the final control; nothing is planned outside the term or done before the route is in force; what is done or cancelled stays. Preliminary control opens the way into force,
//! final control the way to completion (P1-53 to P1-58).

pub mod api;
mod days;
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
        .service(api::list_route_controls)
        .service(api::plan_route_control)
        .service(api::get_route_control)
        .service(api::update_route_control)
        .service(api::record_route_control)
        .service(api::cancel_route_control)
        .service(api::record_control_needs);
}
