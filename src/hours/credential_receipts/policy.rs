//! Who may receive papers.

use crate::authz::Reach::Below;
use crate::authz::groups::{MUNICIPAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};
use crate::hours::credentials::policy::GET_CREDENTIAL;

/// Receiving a paper that a person hands in (P3-47).
pub static RECEIVE_CREDENTIAL: Rule =
    Rule::new("receive_credential", &[cell(SCHOOL_STAFF, Below), cell(MUNICIPAL, Below)])
        .seen_by(&GET_CREDENTIAL)
        .condition("whom the regulation of the person's school names, never the person");

/// The policy table.
pub const RULES: &[&Rule] = &[&RECEIVE_CREDENTIAL];
