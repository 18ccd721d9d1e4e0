//! Documents about a route (документы): the plan with its measures, the card, the dossier. Assembled from what is
//! recorded, never typed anew; as data and, on the same address, as PDF to be printed.

pub mod api;
mod assemble;
pub mod dto;
mod model;
pub mod policy;
mod print;
pub mod service;
mod stamp;
mod store;
pub(crate) mod words;

pub use api::configure;
pub(crate) use assemble::day;
