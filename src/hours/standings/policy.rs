//! Who may ask for the people behind the numbers: whoever may read the balances of everybody there.

use crate::authz::Reach::Below;
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};

/// The standings of an organization's people.
pub static LIST_HOURS_STANDINGS: Rule = Rule::new(
    "list_hours_standings",
    &[cell(SCHOOL_STAFF, Below), cell(MUNICIPAL, Below), cell(REGIONAL, Below), cell(READERS, Below)],
)
.seen_by(&crate::directory::organizations::policy::GET_ORGANIZATION);

/// The policy table.
pub const RULES: &[&Rule] = &[&LIST_HOURS_STANDINGS];
