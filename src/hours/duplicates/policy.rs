//! Who issues duplicates: the issuer of the paper; whoever sees the whole of a paper sees its duplicates.

use crate::authz::Reach::Unit;
use crate::authz::{Rule, cell};
use crate::hours::credential_files::policy::SEEING;
use crate::hours::credentials::policy::{GET_CREDENTIAL, ISSUERS};

/// Issuing a duplicate of a paper of one's organization.
pub static ISSUE_DUPLICATE: Rule = Rule::new("issue_duplicate", &[cell(ISSUERS, Unit)])
    .seen_by(&GET_CREDENTIAL)
    .condition("of a confirmed paper of one's organization, never to oneself");

/// Listing the duplicates of a paper.
pub static LIST_DUPLICATES: Rule = Rule::new("list_duplicates", SEEING).seen_by(&GET_CREDENTIAL);

/// The policy table.
pub const RULES: &[&Rule] = &[&ISSUE_DUPLICATE, &LIST_DUPLICATES];
