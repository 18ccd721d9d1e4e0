//! Activities of support after training (мероприятия послекурсового сопровождения, P2-35, P2-36, P2-37, P3-36).
//!
//! Invariants: held by the operator, a methodical service, an innovation site or an association, in a form that the regulation
//! knows; always for named people whom the organiser may support; what it links to is theirs; support of an introduction
//! names the product; planned → held or cancelled with a reason.

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
        .service(api::create_support_activity)
        .service(api::list_support_activities)
        .service(api::get_support_activity)
        .service(api::update_support_activity)
        .service(api::record_support_activity)
        .service(api::cancel_support_activity);
}
