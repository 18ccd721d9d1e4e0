//! Who gives papers their codes; checking one needs no token.

use crate::authz::Reach::{Own, Unit};
use crate::authz::Role::Teacher;
use crate::authz::{Rule, cell};
use crate::hours::credentials::policy::{GET_CREDENTIAL, ISSUERS};

/// Giving a paper the code by which it is checked.
pub static CREATE_CREDENTIAL_CODE: Rule =
    Rule::new("create_credential_code", &[cell(&[Teacher], Own), cell(ISSUERS, Unit)])
        .seen_by(&GET_CREDENTIAL)
        .condition("a paper whose issuer the system knows");

/// The policy table.
pub const RULES: &[&Rule] = &[&CREATE_CREDENTIAL_CODE];

/// Operations that need no token: an employer who is shown a paper has none.
pub const PUBLIC: [&str; 1] = ["verify_credential"];
