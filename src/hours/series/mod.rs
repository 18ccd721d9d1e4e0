//! Growth of a person's hours over time: the balance of many days, as a chart draws it.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::get_hours_series);
}
