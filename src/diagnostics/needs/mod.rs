//! Needs (потребности): what a person or a group is to be trained in, on which ground (P2-10, P2-16, P4-19).
//!
//! Invariants: the ground is one of the regulation's; that a term is due follows from the three-year check and is
//! derived whenever it is asked, never stored; a need that was recorded is withdrawn, not deleted.

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
        .service(api::record_need)
        .service(api::list_needs)
        .service(api::get_need)
        .service(api::withdraw_need)
        .service(api::list_due_needs);
}
