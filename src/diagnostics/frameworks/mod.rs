//! Competency frameworks (модели компетенций): blocks, competencies and indicators as rows, never an enum (P4-7).
//!
//! Invariants: a framework is versioned by its edition and immutable once published; its competencies form trees.

pub mod api;
pub mod associations;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::create_framework)
        .service(api::list_frameworks)
        .service(api::get_framework)
        .service(api::update_framework)
        .service(api::publish_framework)
        .service(api::case::import_framework)
        .service(api::case::get_framework_case_package);
}
