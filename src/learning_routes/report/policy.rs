//! Who may read the report of routes: numbers, each role at its own level and below.

use crate::authz::Reach::Below;
use crate::authz::Role::{DeputyDirector, Director, ProgramCurator};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Rule, cell};
use crate::directory::organizations::policy::GET_ORGANIZATION;

/// Reading the report of a school, a municipality or the region.
pub static GET_ROUTE_REPORT: Rule = Rule::new(
    "get_route_report",
    &[
        cell(&[DeputyDirector, Director, ProgramCurator], Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
)
.seen_by(&GET_ORGANIZATION);

/// The policy table.
pub const RULES: &[&Rule] = &[&GET_ROUTE_REPORT];
