//! Who may read measures: numbers only, of one's own place and of what lies below it (P2-11, P2-41).

use crate::authz::Reach::{Above, Below};
use crate::authz::Role::{DeputyDirector, Director, ProgramCurator, QualityOfficer};
use crate::authz::groups::{EVERYBODY, MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Cell, Rule, cell};

/// Each role at its own level and below.
const READING: &[Cell] = &[
    cell(&[DeputyDirector, Director, ProgramCurator], Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[QualityOfficer], Below),
    cell(READERS, Below),
];

/// Reading what measures mean is for everybody.
pub static LIST_MEASURE_DEFINITIONS: Rule = Rule::new("list_measure_definitions", &[cell(EVERYBODY, Above)]);

/// Reading measures of units, side by side.
pub static LIST_MEASURES: Rule = Rule::new("list_measures", READING);

/// Reading how a measure went.
pub static GET_MEASURE_SERIES: Rule = Rule::new("get_measure_series", READING);

/// The policy table.
pub const RULES: &[&Rule] = &[&LIST_MEASURE_DEFINITIONS, &LIST_MEASURES, &GET_MEASURE_SERIES];
