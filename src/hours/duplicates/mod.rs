//! Duplicates (дубликаты) of papers: another form about the same learning, for one that was lost, exchanged or destroyed.
//!
//! Invariants: a duplicate posts no hours, whatever number it bears and whoever reports it; the form issued last is the
//! valid one; what it replaces is told to whoever checks it.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;
pub mod views;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::issue_duplicate).service(api::list_duplicates);
}
