//! Endpoints of accounts, sessions and keys.

pub mod accounts;
pub mod actions;
pub mod keys;
pub mod me;
pub mod sessions;
