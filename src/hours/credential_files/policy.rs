//! Who may do what with scans.

use crate::authz::Reach::{Below, Own, Unit};
use crate::authz::Role::{ProviderOfficer, Teacher};
use crate::authz::groups::{MUNICIPAL, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};
use crate::hours::credentials::policy::{GET_CREDENTIAL, ISSUERS};

const BRINGING: &[Cell] = &[cell(&[Teacher], Own), cell(ISSUERS, Unit)];

/// Who sees the whole of a paper: fewer than see its record, which says less.
pub const SEEING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(SCHOOL_STAFF, Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[ProviderOfficer], Unit),
];

/// Bringing the scan of a paper, or another one in its place (P3-47).
pub static SET_CREDENTIAL_FILE: Rule = Rule::new("set_credential_file", BRINGING)
    .seen_by(&GET_CREDENTIAL)
    .condition("whoever brought the paper, until it is settled");

/// Taking a scan away.
pub static REMOVE_CREDENTIAL_FILE: Rule = Rule::new("remove_credential_file", BRINGING)
    .seen_by(&GET_CREDENTIAL)
    .condition("whoever brought the paper, until it is settled");

/// Reading a scan.
pub static GET_CREDENTIAL_FILE: Rule = Rule::new("get_credential_file", SEEING).seen_by(&GET_CREDENTIAL);

/// The policy table.
pub const RULES: &[&Rule] = &[&SET_CREDENTIAL_FILE, &REMOVE_CREDENTIAL_FILE, &GET_CREDENTIAL_FILE];
