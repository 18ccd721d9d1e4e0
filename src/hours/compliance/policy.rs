//! Who may ask for the compliance of a school.

use crate::authz::Reach::Below;
use crate::authz::Role::QualityOfficer;
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};

/// The compliance of one organization. Names are given only to whoever may read the balances of its people.
pub static GET_HOURS_COMPLIANCE: Rule = Rule::new(
    "get_hours_compliance",
    &[
        cell(SCHOOL_STAFF, Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(&[QualityOfficer], Below),
        cell(READERS, Below),
    ],
)
.seen_by(&crate::directory::organizations::policy::GET_ORGANIZATION);

/// The policy table.
pub const RULES: &[&Rule] = &[&GET_HOURS_COMPLIANCE];
