//! Licences of providers (лицензии организаций ДПО), with the days they were suspended.
//!
//! Invariants: a licence is recorded with its dates and ended, never deleted; suspensions of one licence do not
//! overlap. Where licences are recorded, an hour earned on a day without one does not count, and the balance says so
//! (B1.9); where none is recorded, nothing is concluded from that.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod providers;
pub mod service;
mod store;
pub mod vocabulary;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::record_provider_licence)
        .service(api::list_provider_licences)
        .service(api::get_provider_licence)
        .service(api::end_provider_licence)
        .service(api::record_licence_suspension)
        .service(api::end_licence_suspension)
        .service(api::get_provider_eligibility);
}
