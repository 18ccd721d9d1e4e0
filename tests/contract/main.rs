//! The OpenAPI document: what is committed, what is promised of it, and that what is served is what is documented.
//!
//! Everything here is driven by the document itself, so it holds for every operation that is added.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod compatibility;
#[cfg(test)]
mod completeness;
#[cfg(test)]
mod document;
#[cfg(test)]
mod drift;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod texts;
