//! Small exact values that every resource shares. Each parses strictly and is always valid once made.

mod document_kind;
mod education_level;
mod hours;
mod mirror;
mod program_kind;

pub use document_kind::DocumentKind;
pub use education_level::EducationLevel;
pub use hours::{Hours, HoursError};
pub(crate) use mirror::mirror;
pub use program_kind::ProgramKind;
