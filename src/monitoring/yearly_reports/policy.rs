//! Who may have yearly reports: whoever reads the measures they are made of (P2-40, P2-41).

use crate::authz::Reach::Below;
use crate::authz::Role::{DeputyDirector, Director, ProgramCurator, QualityOfficer};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Rule, cell};

/// Reading the report of a year.
pub static GET_YEARLY_REPORT: Rule = Rule::new(
    "get_yearly_report",
    &[
        cell(&[DeputyDirector, Director, ProgramCurator], Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(&[QualityOfficer], Below),
        cell(READERS, Below),
    ],
);

/// The policy table.
pub const RULES: &[&Rule] = &[&GET_YEARLY_REPORT];
