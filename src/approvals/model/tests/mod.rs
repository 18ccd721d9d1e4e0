//! The rules of approvals, told as sentences.

mod bodies;
mod chains;
mod insertions;
mod properties;
mod rules;
mod support;
