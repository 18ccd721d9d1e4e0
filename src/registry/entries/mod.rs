//! Registry entries (записи реестра): accepted programs that stand in the regional registry.
//!
//! Invariants: a program has one entry at most; only the keeper named by the regulation enters, suspends, resumes
//! or removes; what the registry may hold stands in the regulation (P4-9). A removed entry is final.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::create_registry_entry)
        .service(api::list_registry_entries)
        .service(api::get_registry_entry)
        .service(api::decide_registry_entry);
}
