//! What measures are and how they are summed. Pure.

mod definitions;
mod sums;

pub use definitions::{Definition, Measure, Unit};
pub use sums::{Fact, Line, Numbers, lines};
