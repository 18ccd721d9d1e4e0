//! Programs made of modules (дополнительные профессиональные программы): written by a provider, submitted,
//! accepted by the keeper of the registry.
//!
//! Invariants: only an accepted program is visible to the whole region; only a draft or a returned program
//! changes, and only by its provider (P4-28); nobody decides on a program he submitted himself.

pub mod model;
pub mod service;
mod store;
