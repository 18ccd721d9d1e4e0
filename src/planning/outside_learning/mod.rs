//! What was learnt outside the route (P0-44, P0-46): which papers rest on an approved application or offer. The ledger
//! marks their hours.
//!
//! Written with the paper and never changed: a paper that is wrong is annulled.

pub mod model;
pub mod service;
mod store;
