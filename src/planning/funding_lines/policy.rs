//! Who may do what with the funding of plans.

use crate::authz::Reach::{Below, Unit};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};
use crate::planning::plans::policy::{GET_PLAN, PLANNERS};

const READING: &[Cell] =
    &[cell(SCHOOL_STAFF, Unit), cell(MUNICIPAL, Below), cell(REGIONAL, Below), cell(READERS, Below)];

const COMPOSERS: &str = "whom the regulation of the school lets compose plans of the kind";

/// Recording what pays.
pub static ADD_FUNDING_LINE: Rule =
    Rule::new("add_funding_line", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN).condition(COMPOSERS);

/// Listing what pays.
pub static LIST_FUNDING_LINES: Rule = Rule::new("list_funding_lines", READING).seen_by(&GET_PLAN);

/// Taking a line out.
pub static REMOVE_FUNDING_LINE: Rule =
    Rule::new("remove_funding_line", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN).condition(COMPOSERS);

/// Reading the sums.
pub static GET_PLAN_FUNDING: Rule = Rule::new("get_plan_funding", READING).seen_by(&GET_PLAN);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&ADD_FUNDING_LINE, &LIST_FUNDING_LINES, &REMOVE_FUNDING_LINE, &GET_PLAN_FUNDING];
