//! Who may do what with the state assignment.

use crate::authz::Reach::{Below, Unit};
use crate::authz::Role::{Auditor, Integration, MinistryOfficer, RegionalOperator};
use crate::authz::{Cell, Rule, cell};

/// The ministry that sets it, the operator that fulfils it, auditors.
const READING: &[Cell] =
    &[cell(&[MinistryOfficer, Auditor, Integration], Below), cell(&[RegionalOperator], Unit)];

/// Setting a line: the ministry alone (P2-20).
pub static CREATE_STATE_ASSIGNMENT: Rule =
    Rule::new("create_state_assignment", &[cell(&[MinistryOfficer], Below)]).seen_by(&GET_STATE_ASSIGNMENT);

/// Listing lines.
pub static LIST_STATE_ASSIGNMENTS: Rule = Rule::new("list_state_assignments", READING);

/// Reading a line with what is used.
pub static GET_STATE_ASSIGNMENT: Rule = Rule::new("get_state_assignment", READING);

/// Changing what is planned.
pub static UPDATE_STATE_ASSIGNMENT: Rule =
    Rule::new("update_state_assignment", &[cell(&[MinistryOfficer], Below)]).seen_by(&GET_STATE_ASSIGNMENT);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_STATE_ASSIGNMENT, &LIST_STATE_ASSIGNMENTS, &GET_STATE_ASSIGNMENT, &UPDATE_STATE_ASSIGNMENT];
