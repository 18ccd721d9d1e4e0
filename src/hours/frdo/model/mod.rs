//! How a document becomes a row of the federal register (B5): pure, from what is written to what the register takes.
//!
//! - [`Layout`] is the order of the columns, as data; the version of the template is a choice of whoever sends.
//! - [`Record`] is what is written about a document, field by field, as text.
//! - [`cells`] writes it as the register wants it and names every cell that it would reject.
//! - [`line()`] says what is to be sent after all that was sent before.

mod cell;
mod classifier;
mod facts;
mod field;
mod layout;
mod normal;
mod package;
mod step;

#[cfg(test)]
mod tests;

pub use cell::{Cell, CellProblem, cells};
pub use facts::{Facts, Holder};
pub use field::{Field, Record};
pub use layout::{Column, Layout};
pub use package::{Answer, FrdoPackage, FrdoPackageRow, PackageRefusal, PackageState, due_on};
pub use step::{Action, Line, Outcome, Paper, Sent, Standing, line, next_line};
