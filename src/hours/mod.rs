//! Hours (накопительная система): credentials, the ledger of academic hours, and balances that explain themselves.
//!
//! The ledger only grows: a correction is a reversal that names its original. A balance is computed from dated
//! entries, the regulation and the day of the question, never stored as truth.

pub mod model;
