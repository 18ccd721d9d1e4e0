//! Small exact values that every resource shares. Each parses strictly and is always valid once made.

mod hours;

pub use hours::{Hours, HoursError};
