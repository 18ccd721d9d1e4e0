//! Use cases of learning routes.

mod effects;

pub use effects::{complete_activity_by_credential, on_approval};
