//! Who may read who takes part: numbers of one's own place and of what lies below it.

use crate::authz::Reach::Below;
use crate::authz::Role::{DeputyDirector, Director, ProgramCurator, QualityOfficer};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Rule, cell};

/// Reading the report of participation.
pub static LIST_PARTICIPATION: Rule = Rule::new(
    "list_participation",
    &[
        cell(&[DeputyDirector, Director, ProgramCurator], Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(&[QualityOfficer], Below),
        cell(READERS, Below),
    ],
);

/// The policy table.
pub const RULES: &[&Rule] = &[&LIST_PARTICIPATION];
