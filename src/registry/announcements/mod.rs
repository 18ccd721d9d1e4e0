//! Announcements (доведение до сведения): what people and schools are informed of, and who has taken note of it.
//!
//! Invariants: an announcement is for a school, a municipality or the whole region and never changes; each person and
//! each school acknowledges once, a repeat does nothing (P0-34, P3-12, P3-37, P3-43).

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
        .service(api::create_announcement)
        .service(api::list_announcements)
        .service(api::get_announcement)
        .service(api::acknowledge_announcement)
        .service(api::acknowledge_announcement_for_school)
        .service(api::list_unacknowledged_persons)
        .service(api::list_unacknowledged_schools);
}
