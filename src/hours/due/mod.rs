//! What is due: people whose norm breaks or whose training is due by law until a day.

pub mod api;
pub mod dto;
pub mod policy;
pub mod service;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::list_hours_due);
}
