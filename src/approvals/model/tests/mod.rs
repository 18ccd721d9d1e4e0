//! The rules of approvals, told as sentences.

mod chains;
mod properties;
mod rules;
mod support;
