//! Measures (показатели): one definition of each, read at school, municipality and region, as of any day, and as series.
//!
//! Invariants: a number is counted by one select, whoever asks and wherever; what is above is the sum of what is below; groups
//! of fewer than five people are hidden by the rule of the report of diagnostics; hours stand as `get_hours_compliance` says.

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
        .service(api::list_measure_definitions)
        .service(api::list_measures)
        .service(api::get_measure_series);
}
