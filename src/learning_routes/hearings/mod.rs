//! Hearings of interim results at a council (слушание промежуточных результатов, P3-24).
//!
//! Invariants: only where the regulation knows hearings; the learner does not record his or her own; never changed.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::record_route_hearing).service(api::list_route_hearings);
}
