//! Who may do what with proposals of support. Who proposes the regulation says.

use crate::authz::Reach::{Below, Unit};
use crate::authz::Role::MunicipalMethodist;
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_HEADS, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

/// The service and those above it.
const READING: &[Cell] =
    &[cell(SCHOOL_STAFF, Unit), cell(MUNICIPAL, Below), cell(REGIONAL, Below), cell(READERS, Below)];

/// Proposing support to a service (P2-31).
pub static CREATE_SUPPORT_PROPOSAL: Rule = Rule::new("create_support_proposal", &[cell(REGIONAL, Below)])
    .seen_by(&GET_SUPPORT_PROPOSAL)
    .condition("the regulation of the service says who proposes");

/// Listing proposals.
pub static LIST_SUPPORT_PROPOSALS: Rule = Rule::new("list_support_proposals", READING);

/// Reading a proposal.
pub static GET_SUPPORT_PROPOSAL: Rule = Rule::new("get_support_proposal", READING);

/// Taking a proposal into plans, or refusing it: the service it is addressed to.
pub static DECIDE_SUPPORT_PROPOSAL: Rule =
    Rule::new("decide_support_proposal", &[cell(SCHOOL_HEADS, Unit), cell(&[MunicipalMethodist], Unit)])
        .seen_by(&GET_SUPPORT_PROPOSAL);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_SUPPORT_PROPOSAL, &LIST_SUPPORT_PROPOSALS, &GET_SUPPORT_PROPOSAL, &DECIDE_SUPPORT_PROPOSAL];
