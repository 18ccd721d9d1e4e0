//! Founders of providers with their dates (учредители организаций ДПО, B1.8).
//!
//! Invariants: a founder is recorded from a day on and ended, never deleted; several may hold at once. Where none is
//! recorded, the founder type of the directory holds always.

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
    config
        .service(api::record_provider_founder)
        .service(api::list_provider_founders)
        .service(api::get_provider_founder)
        .service(api::end_provider_founder);
}
