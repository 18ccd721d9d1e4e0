//! Who follows changes.

use crate::authz::Reach::Below;
use crate::authz::Role::{Auditor, Integration, MinistryOfficer, MunicipalOfficer};
use crate::authz::{Rule, cell};

/// Following what happens in one's region, municipality or organization.
pub static LIST_CHANGES: Rule =
    Rule::new("list_changes", &[cell(&[Integration, Auditor, MinistryOfficer, MunicipalOfficer], Below)]);

/// The policy table.
pub const RULES: &[&Rule] = &[&LIST_CHANGES];
