//! Who may ask what becomes of the hours of an organization.

use crate::authz::Reach::Below;
use crate::authz::Role::QualityOfficer;
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};

/// The forecast of one organization: counts alone, for whoever may ask for its compliance.
pub static GET_HOURS_FORECAST: Rule = Rule::new(
    "get_hours_forecast",
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
pub const RULES: &[&Rule] = &[&GET_HOURS_FORECAST];
