//! Who may do what with scans.

use crate::authz::Reach::{Below, Own, Unit};
use crate::authz::Role::{ProviderOfficer, Teacher};
use crate::authz::groups::{MUNICIPAL, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};
use crate::hours::credentials::policy::{GET_CREDENTIAL, ISSUERS};

const BRINGING: &[Cell] = &[cell(&[Teacher], Own), cell(ISSUERS, Unit)];

/// Bringing the scan of a paper, or another one in its place (P3-47).
pub static SET_CREDENTIAL_FILE: Rule = Rule::new("set_credential_file", BRINGING)
    .seen_by(&GET_CREDENTIAL)
    .condition("whoever brought the paper, until it is settled");

/// Taking a scan away.
pub static REMOVE_CREDENTIAL_FILE: Rule = Rule::new("remove_credential_file", BRINGING)
    .seen_by(&GET_CREDENTIAL)
    .condition("whoever brought the paper, until it is settled");

/// Reading a scan: fewer than see the paper, a scan says more than its record.
pub static GET_CREDENTIAL_FILE: Rule = Rule::new(
    "get_credential_file",
    &[
        cell(&[Teacher], Own),
        cell(SCHOOL_STAFF, Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(&[ProviderOfficer], Unit),
    ],
)
.seen_by(&GET_CREDENTIAL);

/// The policy table.
pub const RULES: &[&Rule] = &[&SET_CREDENTIAL_FILE, &REMOVE_CREDENTIAL_FILE, &GET_CREDENTIAL_FILE];
