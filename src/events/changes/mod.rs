//! The feed of changes (лента изменений): what was changed, in an order in which nothing is skipped.
//!
//! Invariants: a change is shown when no transaction that began before it can still add one in front of it; it is told
//! to those in whose circle the thing lay at that moment; it says which thing changed, never what of it, so that whoever
//! wants to know reads the thing with his own rights.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoint.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::list_changes);
}
