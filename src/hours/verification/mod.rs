//! Verification of credentials (проверка подлинности): whoever holds a paper asks by its code whether it is genuine.
//!
//! Invariants: a code is random and says nothing of any other; the answer says no more than the paper itself, and less of
//! the person; what does not exist and what is not a code answer alike.

pub mod api;
pub mod model;
pub mod policy;
pub mod service;
mod store;
pub mod views;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::create_credential_code).service(api::verify_credential);
}
