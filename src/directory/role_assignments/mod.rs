//! Role assignments: which role a person or a service account holds where and when (назначения ролей).
//!
//! Invariants: a role fits the kind of its organization; whoever gives it may give it there; the same role is not
//! held twice at the same time; a grant ends with the employment it hangs on. `teacher` is never assigned: it follows
//! from an employment.

pub mod api;
mod curators;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::create_role_assignment)
        .service(api::list_role_assignments)
        .service(api::get_role_assignment)
        .service(api::end_role_assignment);
}
