//! Diagnostic results (результаты диагностики): immutable, corrected by a new result that names the old one.

pub mod model;
pub mod service;
mod store;
