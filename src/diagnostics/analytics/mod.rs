//! One report at three levels (P2-18): how many people were diagnosed, which deficits they have, how many of those are
//! closed, for a school, a municipality, a region. The same definition of each measure at every level.
//!
//! Invariant: no number of fewer than five people is shown, nor can it be had by taking shown numbers of one report from
//! each other: beside a small group as many more of its neighbours are hidden, the smallest first, as make five people
//! together, and sums are of what is shown. The share of deficits closed and the figures of draft directions are taken
//! from here. Reports of two days may be compared, as growth is what they are for: whoever knows that one person alone was
//! diagnosed between them can tell that person's result.

pub mod api;
pub mod dto;
pub mod model;
pub mod policy;
pub mod service;
mod store;

use crate::http::Endpoints;

/// Mounts the endpoint.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::get_diagnostic_report);
}
