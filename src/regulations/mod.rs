//! Regulations as data (положения): no rule that differs between two regulations stands in code.
//!
//! A regulation is a dated, published document of a region, a municipality or a school. What it demands stands in
//! its [`profile`], a strict document that is parsed, validated as a whole and only then obeyed. Five real
//! regulations ship as [`presets`] and run unchanged, side by side.

mod cache;
pub mod model;
pub mod presets;
pub mod profile;
pub mod service;
mod store;
