//! Training given (выполнение): what an organization has trained in a year, by program; for the state assignment.
//!
//! Counted from the ledger, so only what was confirmed counts, and what was taken back does not.

pub mod model;
pub mod service;
mod store;
