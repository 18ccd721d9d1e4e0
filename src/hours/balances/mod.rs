//! Balances of hours: two checks (P0-29), every paper counted or not with its reason, and what comes next.

pub mod api;
pub mod dto;
pub(in crate::hours) mod history;
pub mod model;
pub mod policy;
pub mod rules;
pub mod service;
mod view;
pub mod words;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::get_hours_balance).service(api::preview_hours_balance);
}
