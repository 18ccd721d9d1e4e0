//! Credentials (документы об обучении): issued by a provider or reported by the person, then confirmed, disputed,
//! refused or annulled.
//!
//! Invariants: the same paper is recorded once in a region, whatever path it came by; a confirmed credential, and
//! no other, has an entry in the ledger; everything about one person's papers happens under the lock of that person, on
//! whichever of his cards; whoever records a paper and whoever issues a duplicate meet at the lock of its identity.

pub mod api;
pub(in crate::hours) mod case;
mod checks;
pub mod decisions;
pub mod dto;
mod enrolled;
pub mod model;
pub mod numbering;
mod outside_route;
pub mod policy;
pub mod service;
mod store;
pub mod together;
pub mod views;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::create_credential)
        .service(api::list_credentials)
        .service(api::list_person_credentials)
        .service(api::get_credential)
        .service(api::decide_credential);
}
