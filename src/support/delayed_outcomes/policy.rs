//! Who may do what with delayed outcomes. Who records them the regulation says.

use crate::authz::Reach::{Below, Own, Unit};
use crate::authz::Role::Teacher;
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_HEADS, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

/// The learner, the school, and those above.
const READING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(SCHOOL_STAFF, Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// Recording a delayed outcome (P2-38).
pub static RECORD_DELAYED_OUTCOME: Rule = Rule::new(
    "record_delayed_outcome",
    &[cell(SCHOOL_HEADS, Unit), cell(MUNICIPAL, Below), cell(REGIONAL, Below)],
)
.seen_by(&GET_DELAYED_OUTCOME)
.condition("the regulation says who records; nobody records his own");

/// Listing delayed outcomes.
pub static LIST_DELAYED_OUTCOMES: Rule = Rule::new("list_delayed_outcomes", READING);

/// Reading a delayed outcome.
pub static GET_DELAYED_OUTCOME: Rule = Rule::new("get_delayed_outcome", READING);

/// Listing completed training whose outcome is still to be recorded (P2-38, P2-43).
pub static LIST_DUE_OUTCOMES: Rule = Rule::new("list_due_outcomes", READING);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&RECORD_DELAYED_OUTCOME, &LIST_DELAYED_OUTCOMES, &GET_DELAYED_OUTCOME, &LIST_DUE_OUTCOMES];
