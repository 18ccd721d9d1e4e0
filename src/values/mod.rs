//! Small exact values that every resource shares. Each parses strictly and is always valid once made.

mod hours;
mod mirror;

pub use hours::{Hours, HoursError};
pub(crate) use mirror::mirror;
