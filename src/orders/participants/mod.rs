//! Who plans training in a calendar year (список планирующих обучение, P2-15): drawn from the submitted orders of schools,
//! each person once for each ground.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::list_training_participants);
}
