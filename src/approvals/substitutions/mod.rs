//! Substitutions (замещение, передача полномочий): who takes the seats of somebody absent, from when until when.

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
        .service(api::create_approval_substitution)
        .service(api::list_approval_substitutions)
        .service(api::get_approval_substitution)
        .service(api::revoke_approval_substitution);
}
