//! Standings: where each person stands at each employer today, kept for speed and never believed blindly.
//!
//! A balance is a fold of the ledger under a regulation; a region asks for sixty thousand of them at once. So
//! `hours_standings` keeps one row per person and employer, and `hours_totals` the numbers per organization, which a trigger
//! carries along as rows change. Both are needed: sixty thousand rows are summed in some 20 ms, the totals of a region's
//! 1,200 organizations in one, and the bar for the report of today is 5 ms.
//!
//! A reader gets the exact answer at every moment, whatever the worker has done yet:
//! - the ledger and employments mark rows `stale` in the transaction that changes them;
//! - everything that changes slowly (regulations, organizations and where they lie, founders, licences, granted credit
//!   transfers) renews the stamp of the region, and a row says under which stamp it was folded;
//! - a day that passes may change a row only from `holds_until` on: a paper leaves a window or begins to count, work begins or
//!   ends, a regulation comes into force.
//!
//! Whoever reads takes the totals, takes off what rows that do not hold contribute, and folds those people anew. The worker
//! (`src/standing.rs`) writes what it folds; `rost verify` computes everything again and compares.

pub mod api;
pub mod dto;
mod fold;
mod keep;
pub mod model;
pub mod policy;
pub mod service;
mod store;
mod verify;

pub use keep::keep_some;
pub use verify::{Checked, repair, verify};

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(api::list_hours_standings);
}
