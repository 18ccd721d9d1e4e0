//! Credentials to be printed (печатная форма документа): what the paper says, with a code by which anybody checks it.

pub mod api;
pub mod policy;
mod print;
pub mod service;
pub mod views;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::get_credential_paper);
}
