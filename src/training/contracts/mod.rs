//! Contracts with providers (договоры, P0-41): number, date, sum, and the enrollments they cover.
//!
//! Whether an enrollment needs one is said by the regulation of the school, never here.

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
        .service(api::create_contract)
        .service(api::list_contracts)
        .service(api::get_contract)
        .service(api::add_contract_enrollments)
        .service(api::end_contract);
}
