//! The rules of approvals, told as sentences.

mod properties;
mod rules;
mod support;
