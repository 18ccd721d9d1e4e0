//! Who may do what with regions.

use crate::authz::Reach::{Above, Anywhere};
use crate::authz::Role::PlatformAdmin;
use crate::authz::groups::EVERYBODY;
use crate::authz::{Rule, cell};

/// Adding a tenant.
pub static CREATE_REGION: Rule = Rule::new("create_region", &[cell(&[PlatformAdmin], Anywhere)]);

/// Listing tenants.
pub static LIST_REGIONS: Rule =
    Rule::new("list_regions", &[cell(EVERYBODY, Above), cell(&[PlatformAdmin], Anywhere)]);

/// The policy table.
pub const RULES: &[&Rule] = &[&CREATE_REGION, &LIST_REGIONS];
