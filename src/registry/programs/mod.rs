//! Programs made of modules (дополнительные профессиональные программы): written by a provider, submitted,
//! accepted by the keeper of the registry.
//!
//! Invariants: only an accepted program is visible to the whole region; only a draft or a returned program
//! changes in place, and only by its provider (P4-28); an accepted one changes by a next version, and every accepted
//! version stays readable (P2-8); nobody decides on a program he submitted himself.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;
pub(in crate::registry) mod stored;

use crate::http::Endpoints;

use api::{facets, versions};

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::create_program)
        .service(api::list_programs)
        .service(facets::list_program_facets)
        .service(api::get_program)
        .service(api::update_program)
        .service(api::submit_program)
        .service(api::decide_program)
        .service(versions::list_program_versions)
        .service(versions::get_program_version)
        .service(versions::compare_program_versions);
}
