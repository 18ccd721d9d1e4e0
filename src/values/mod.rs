//! Small exact values that every resource shares. Each parses strictly and is always valid once made.

mod code_error;
mod day;
mod document_kind;
mod education_level;
mod hours;
mod inn;
mod mirror;
mod ogrn;
mod oktmo;
pub mod period;
mod person_name;
mod program_kind;
mod snils;
pub mod text;

pub use code_error::CodeError;
pub use day::{DayError, day, in_range as is_day_in_range, parse as parse_day};
pub use document_kind::DocumentKind;
pub use education_level::EducationLevel;
pub use hours::{Hours, HoursError};
pub use inn::Inn;
pub(crate) use mirror::mirror;
pub use ogrn::Ogrn;
pub use oktmo::Oktmo;
pub use person_name::{NameError, NamePart, PersonName};
pub use program_kind::ProgramKind;
pub use snils::Snils;
