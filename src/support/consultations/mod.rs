//! Consultations (консультации): who helped whom with what (P3-31, P3-32, P4-18).
//!
//! Invariants: recorded by the organization that consulted, about a person or an organization under it; never changed.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;
pub mod vocabulary;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::record_consultation).service(api::list_consultations).service(api::get_consultation);
}
