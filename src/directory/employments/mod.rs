//! Employments: where a person works, as what and since when (трудоустройство).
//!
//! Invariants: an employment belongs to one organization and the region of its person; when it ends, the roles the
//! person holds there end the same day (design §2), unless other work there goes on.

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
        .service(api::create_employment)
        .service(api::hire_person)
        .service(api::list_employments)
        .service(api::get_employment)
        .service(api::update_employment);
}
