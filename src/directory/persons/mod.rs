//! People of a region: their names, their work, and what rights and rules need to know of them.

pub mod model;
pub mod service;
mod store;
