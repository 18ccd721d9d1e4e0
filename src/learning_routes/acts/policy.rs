//! Who may do what with administrative acts.

use crate::authz::Reach::{Below, Unit};
use crate::authz::Role::{DeputyDirector, Director, ProgramCurator};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

const READS: &[Cell] =
    &[cell(SCHOOL_STAFF, Unit), cell(MUNICIPAL, Below), cell(REGIONAL, Below), cell(READERS, Below)];

/// Recording an act: whoever leads the school or its programs.
pub static RECORD_ADMINISTRATIVE_ACT: Rule =
    Rule::new("record_administrative_act", &[cell(&[Director, DeputyDirector, ProgramCurator], Unit)])
        .seen_by(&GET_ADMINISTRATIVE_ACT);
/// Listing acts.
pub static LIST_ADMINISTRATIVE_ACTS: Rule = Rule::new("list_administrative_acts", READS);
/// Reading one.
pub static GET_ADMINISTRATIVE_ACT: Rule = Rule::new("get_administrative_act", READS);

/// The policy table.
pub const RULES: &[&Rule] = &[&RECORD_ADMINISTRATIVE_ACT, &LIST_ADMINISTRATIVE_ACTS, &GET_ADMINISTRATIVE_ACT];
