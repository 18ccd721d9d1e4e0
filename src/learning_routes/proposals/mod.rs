//! Proposals (предложение маршрута): a draft computed from the open deficits of a person and their weight, the programs
//! and modules on offer with their dates, the hours that the norm will lack, budget and wishes.
//!
//! The choice is exact: a problem of whole numbers, solved criterion by criterion, each answer counted anew without the
//! solver. The same question has the same answer. Nothing is stored: a proposal becomes a route by starting one and
//! replacing its contents.

pub mod api;
mod bound;
mod content;
mod dominance;
pub mod dto;
mod explain;
mod gather;
mod linear;
pub mod model;
pub mod policy;
mod promising;
pub mod service;
pub mod solve;
mod table;
pub mod verify;

#[cfg(test)]
mod tests;

pub use api::configure;
pub use gather::Wishes;
