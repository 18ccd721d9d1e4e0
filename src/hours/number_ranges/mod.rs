//! Ranges of numbers (диапазоны номеров): which numbers an issuer gives to its papers, one after the other.
//!
//! Invariants: a number is taken once, under the lock of its range; ranges of one issuer that spell the same numbers do
//! not overlap; ranges are held before people, form before registration, so that no two issues wait for each other in a
//! ring.

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
        .service(api::create_number_range)
        .service(api::list_number_ranges)
        .service(api::get_number_range)
        .service(api::close_number_range);
}
