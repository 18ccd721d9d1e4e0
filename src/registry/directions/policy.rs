//! Who may do what with priority directions.

use crate::authz::Reach::{Above, Below};
use crate::authz::Role::{
    Auditor, Integration, MinistryOfficer, QualityOfficer, RegionalCoordinator, RegionalOperator,
};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Role, Rule, cell};

/// Those who may propose; the regulation says which of them does.
const PROPOSING: &[Role] = &[RegionalOperator, RegionalCoordinator, MinistryOfficer];

const DRAFTED_BY: &str = "the regulation of the region says who proposes";

/// Seeing a list that is only proposed: those who work on it and those who look over their shoulder.
pub static SEE_PROPOSED: Rule = Rule::new(
    "get_direction_list",
    &[cell(PROPOSING, Below), cell(&[QualityOfficer, Auditor, Integration], Below)],
);

/// Proposing a list.
pub static CREATE_DIRECTION_LIST: Rule = Rule::new("create_direction_list", &[cell(PROPOSING, Below)])
    .seen_by(&GET_DIRECTION_LIST)
    .condition(DRAFTED_BY);

/// Proposing a list made from the report of diagnostics (P2-18).
pub static DRAFT_DIRECTION_LIST: Rule = Rule::new("draft_direction_list", &[cell(PROPOSING, Below)])
    .seen_by(&GET_DIRECTION_LIST)
    .condition(DRAFTED_BY);

/// Listing lists: approved ones are for everybody.
pub static LIST_DIRECTION_LISTS: Rule = Rule::new("list_direction_lists", &[cell(EVERYBODY, Above)])
    .condition("proposed lists for those who work on them");

/// Reading a list.
pub static GET_DIRECTION_LIST: Rule = Rule::new("get_direction_list", &[cell(EVERYBODY, Above)])
    .condition("proposed lists for those who work on them");

/// Changing what is proposed.
pub static UPDATE_DIRECTION_LIST: Rule = Rule::new("update_direction_list", &[cell(PROPOSING, Below)])
    .seen_by(&GET_DIRECTION_LIST)
    .condition(DRAFTED_BY);

/// Approving a list: whoever approves by the chain of the regulation (P2-19).
pub static APPROVE_DIRECTION_LIST: Rule = Rule::new("approve_direction_list", &[cell(PROPOSING, Below)])
    .seen_by(&GET_DIRECTION_LIST)
    .condition("the regulation of the region says who approves; the ministry where it names nobody");

/// Listing approved directions.
pub static LIST_PRIORITY_DIRECTIONS: Rule = Rule::new("list_priority_directions", &[cell(EVERYBODY, Above)]);

/// Reading a direction.
pub static GET_PRIORITY_DIRECTION: Rule = Rule::new("get_priority_direction", &[cell(EVERYBODY, Above)])
    .condition("directions of proposed lists for those who work on them");

/// Saying which programs serve a direction (P2-21).
pub static SET_DIRECTION_PROGRAMS: Rule =
    Rule::new("set_direction_programs", &[cell(&[RegionalOperator, MinistryOfficer], Below)])
        .seen_by(&GET_PRIORITY_DIRECTION);

/// Listing programs that serve no direction (P2-21).
pub static LIST_PROGRAMS_WITHOUT_DIRECTION: Rule = Rule::new(
    "list_programs_without_direction",
    &[cell(PROPOSING, Below), cell(&[QualityOfficer, Auditor, Integration], Below)],
);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_DIRECTION_LIST,
    &DRAFT_DIRECTION_LIST,
    &LIST_DIRECTION_LISTS,
    &GET_DIRECTION_LIST,
    &UPDATE_DIRECTION_LIST,
    &APPROVE_DIRECTION_LIST,
    &LIST_PRIORITY_DIRECTIONS,
    &GET_PRIORITY_DIRECTION,
    &SET_DIRECTION_PROGRAMS,
    &LIST_PROGRAMS_WITHOUT_DIRECTION,
];
