//! Approvals (согласования и утверждения): requests that pass a chain of steps, are returned for rework with a
//! reason and a date, and end approved, rejected, withdrawn or lapsed.
//!
//! The chain comes from the regulation, is resolved at submission and frozen; decisions are only ever added.

pub mod model;
pub mod service;
