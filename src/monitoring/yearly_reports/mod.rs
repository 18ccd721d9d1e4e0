//! Yearly reports (годовой отчёт) of a municipality, a region or a school: the measures of the year with tables and charts, as data
//! and, on the same address, as PDF to be printed.
//!
//! Invariants: nothing is counted here: every number is one of measures, as of the last day of the year that has come, seen
//! and hidden as there.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
mod print;
pub mod service;

use crate::http::Endpoints;

/// Mounts the endpoint.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::get_yearly_report);
}
