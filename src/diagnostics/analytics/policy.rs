//! Who may read the report: numbers only, each role at its own level and below (P2-18).

use crate::authz::Reach::Below;
use crate::authz::Role::{DeputyDirector, Director, ProgramCurator, QualityOfficer};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Rule, cell};
use crate::directory::organizations::policy::GET_ORGANIZATION;

/// Reading the report of a school, a municipality or the region; the ministry reads that of the whole region (P2-11).
pub static GET_DIAGNOSTIC_REPORT: Rule = Rule::new(
    "get_diagnostic_report",
    &[
        cell(&[DeputyDirector, Director, ProgramCurator], Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(&[QualityOfficer], Below),
        cell(READERS, Below),
    ],
)
.seen_by(&GET_ORGANIZATION);

/// The policy table.
pub const RULES: &[&Rule] = &[&GET_DIAGNOSTIC_REPORT];
