//! Who may act: roles, reaches, the policy tables' types, and the one function that decides.

mod role;

pub use role::{Level, Role};
