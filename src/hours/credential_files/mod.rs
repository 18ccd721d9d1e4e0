//! Scans of credentials (сканы документов): brought by whoever brought the paper, seen by those who check it.
//!
//! Invariants: a paper has at most one scan, and none is changed once the paper is confirmed, refused or annulled; what
//! a file is, its bytes say; a new scan makes a new version of the paper, so nobody confirms what he has not seen.

pub mod api;
pub mod model;
pub mod policy;
pub mod service;
mod store;
pub mod views;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::get_credential_file)
        .service(api::set_credential_file)
        .service(api::remove_credential_file);
}
