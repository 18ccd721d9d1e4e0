//! The OpenAPI document: what is committed, what is promised of it, and that what is served is what is documented.
//!
//! Everything here is driven by the document itself, so it holds for every operation that is added.
// Always on here: it tells clippy that helpers, too, may unwrap.
#![cfg(test)]

#[path = "../support/mod.rs"]
mod support;

mod compatibility;
mod completeness;
mod document;
mod drift;
mod operations;
mod schemas;
mod texts;
