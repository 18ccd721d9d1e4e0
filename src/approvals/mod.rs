//! Approvals (согласования и утверждения): requests that pass a chain of steps, are returned for rework with a
//! reason and a date, and end approved, rejected, withdrawn or lapsed.
//!
//! The chain comes from the regulation, is resolved at submission and frozen; decisions are only ever added. The
//! state of a request and the inbox are caches of its decisions.

pub mod api;
pub mod api_many;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;
pub mod substitutions;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::list_approval_requests)
        .service(api::list_approval_inbox)
        .service(api_many::list_approval_outbox)
        .service(api_many::decide_approvals)
        .service(api::get_approval_request)
        .service(api::decide_approval)
        .service(api::insert_approval_step)
        .service(api::remove_approval_step)
        .service(api::withdraw_approval)
        .configure(substitutions::configure);
}
