//! Yearly publications of the registry (публикация реестра) with numbered revisions.
//!
//! Invariants: a year is published once; a revision holds only what changed since the one before and never
//! changes itself; every revision stays readable as a whole (P4-16). Whether a year is overdue follows from the
//! regulation's day and is never stored (P4-15).

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;
mod table;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::create_registry_publication)
        .service(api::list_registry_publications)
        .service(api::get_registry_publication)
        .service(api::create_registry_revision)
        .service(api::list_registry_revisions)
        .service(api::list_published_programs)
        .service(api::compare_registry_revisions);
}
