//! Priority categories of teachers (приоритетные категории): for whom routes are made, or who comes first (P1-15, P0-12).
//!
//! Invariants: the regulation of the school knows the code; a category that needs a difficulty names an open one; the
//! same category does not begin twice on a day.

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
        .service(api::record_priority_category)
        .service(api::list_priority_categories)
        .service(api::get_priority_category)
        .service(api::end_priority_category);
}
