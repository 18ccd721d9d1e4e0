//! Who may do what with registry entries.

use crate::authz::Reach::{Above, Below};
use crate::authz::Role::{MinistryOfficer, RegionalOperator};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Role, Rule, cell};

/// Those who may keep a registry; the regulation says which of them does.
const KEEPERS: &[Role] = &[MinistryOfficer, RegionalOperator];

const KEEPER: &str = "the regulation of the region says who keeps the registry";

/// Entering an accepted program.
pub static CREATE_REGISTRY_ENTRY: Rule = Rule::new("create_registry_entry", &[cell(KEEPERS, Below)])
    .seen_by(&GET_REGISTRY_ENTRY)
    .condition(KEEPER);

/// Listing the registry of one's own region.
pub static LIST_REGISTRY_ENTRIES: Rule = Rule::new("list_registry_entries", &[cell(EVERYBODY, Above)]);

/// Reading an entry of one's own region.
pub static GET_REGISTRY_ENTRY: Rule = Rule::new("get_registry_entry", &[cell(EVERYBODY, Above)]);

/// Suspending, resuming or removing an entry.
pub static DECIDE_REGISTRY_ENTRY: Rule = Rule::new("decide_registry_entry", &[cell(KEEPERS, Below)])
    .seen_by(&GET_REGISTRY_ENTRY)
    .condition(KEEPER);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_REGISTRY_ENTRY, &LIST_REGISTRY_ENTRIES, &GET_REGISTRY_ENTRY, &DECIDE_REGISTRY_ENTRY];
