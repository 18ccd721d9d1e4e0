//! Rost (рост, "growth"): personalised professional development of teachers as a JSON REST API.

pub mod approvals;
pub mod authz;
pub mod cluster;
pub mod hours;
pub mod regulations;
pub mod values;
