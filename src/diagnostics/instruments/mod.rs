//! Diagnostic instruments (диагностические инструменты): what is measured, by which procedures, on which scale.
//!
//! Invariants: an instrument measures competencies of one published framework; the levels of every scale cover it
//! from 0 to the highest score without holes; a published instrument never changes, results keep their edition.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
mod scales;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::create_instrument)
        .service(api::list_instruments)
        .service(api::get_instrument)
        .service(api::update_instrument)
        .service(api::publish_instrument);
}
