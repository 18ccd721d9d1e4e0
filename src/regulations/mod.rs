//! Regulations as data (положения): no rule that differs between two regulations stands in code.
//!
//! A regulation is a dated, published document of a region, a municipality or a school. What it demands stands in
//! its [`profile`], a strict document that is parsed, validated as a whole and only then obeyed. Five real
//! regulations ship as [`presets`] and run unchanged, side by side.
//!
//! Invariants: the level of a regulation is that of its owner; a published one never changes, but its last day is
//! set when the next one of the same owner takes its place; at most one of an owner is in force on any day.

pub mod api;
pub mod api_presets;
mod cache;
mod documents;
pub mod dto;
pub mod model;
pub mod policy;
pub mod presets;
pub mod profile;
pub mod service;
mod store;
pub mod terms;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api_presets::list_regulation_presets)
        .service(api_presets::get_regulation_preset)
        .service(api::create_regulation)
        .service(api::list_regulations)
        .service(api::get_regulation)
        .service(api::update_regulation)
        .service(api::publish_regulation)
        .service(api::get_binding_regulation);
}
