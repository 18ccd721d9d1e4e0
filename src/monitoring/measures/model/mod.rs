//! What measures are and how they are summed. Pure.

mod definitions;
mod sums;
mod words;

pub use definitions::{Definition, Measure, Unit};
pub use sums::{Fact, Line, Numbers, lines};
pub use words::key_title;
