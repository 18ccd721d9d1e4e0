//! Who issues the papers of a whole offering.

use crate::authz::Reach::Unit;
use crate::authz::{Rule, cell};
use crate::hours::credentials::policy::ISSUERS;

/// Issuing the papers of an offering of one's organization (P3-26, P3-35).
pub static ISSUE_OFFERING_CREDENTIALS: Rule = Rule::new("issue_offering_credentials", &[cell(ISSUERS, Unit)])
    .condition("whom the regulation lets issue the document on completion; nobody issues one to himself");

/// The policy table.
pub const RULES: &[&Rule] = &[&ISSUE_OFFERING_CREDENTIALS];
