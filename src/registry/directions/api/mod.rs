//! Endpoints of priority directions.

pub mod links;
pub mod lists;
