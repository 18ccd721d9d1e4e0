//! Who may ask what is due: whoever may read the balances of everybody there.

use crate::authz::Reach::Below;
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};

/// What is due at an organization.
pub static LIST_HOURS_DUE: Rule = Rule::new(
    "list_hours_due",
    &[cell(SCHOOL_STAFF, Below), cell(MUNICIPAL, Below), cell(REGIONAL, Below), cell(READERS, Below)],
)
.seen_by(&crate::directory::organizations::policy::GET_ORGANIZATION);

/// The policy table.
pub const RULES: &[&Rule] = &[&LIST_HOURS_DUE];
