//! The ledger of hours (накопительный учёт часов): append-only, corrected by reversing entries.
//!
//! Only the decisions on credentials write here; the database refuses every change of what is written.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::list_ledger_entries);
}
