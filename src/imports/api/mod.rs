//! Endpoints of bulk loading.

pub mod loading;
pub mod runs;
pub mod telling;
