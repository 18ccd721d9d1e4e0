//! Who may do what with support plans. Who their authors are the regulation says.

use crate::authz::Reach::{Below, Own, Unit};
use crate::authz::Role::{MunicipalMethodist, ProgramCurator, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_HEADS, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

/// Who is supported, the school, and those above.
const READING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(SCHOOL_STAFF, Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// Those whom a regulation may name as authors.
const AUTHORS: &[Cell] =
    &[cell(SCHOOL_HEADS, Unit), cell(&[ProgramCurator], Unit), cell(&[MunicipalMethodist], Below)];

/// Who may of those whom the table names.
const BOTH: &str =
    "an author whom the regulation names, for the school or for the service; nobody in his own plan";

/// Beginning a plan (P2-28).
pub static CREATE_SUPPORT_PLAN: Rule =
    Rule::new("create_support_plan", AUTHORS).seen_by(&GET_SUPPORT_PLAN).condition(BOTH);

/// Listing plans (P2-42).
pub static LIST_SUPPORT_PLANS: Rule = Rule::new("list_support_plans", READING);

/// Listing completed training without a plan (P2-28, P2-42).
pub static LIST_MISSING_SUPPORT_PLANS: Rule = Rule::new("list_missing_support_plans", READING);

/// Reading a plan.
pub static GET_SUPPORT_PLAN: Rule = Rule::new("get_support_plan", READING);

/// Writing a draft anew.
pub static UPDATE_SUPPORT_PLAN: Rule =
    Rule::new("update_support_plan", AUTHORS).seen_by(&GET_SUPPORT_PLAN).condition(BOTH);

/// Agreeing to a plan for one side.
pub static ENDORSE_SUPPORT_PLAN: Rule = Rule::new("endorse_support_plan", AUTHORS)
    .seen_by(&GET_SUPPORT_PLAN)
    .condition("for the side one speaks for by the regulation; nobody for both, nobody in his own plan");

/// Concluding the support.
pub static COMPLETE_SUPPORT_PLAN: Rule =
    Rule::new("complete_support_plan", AUTHORS).seen_by(&GET_SUPPORT_PLAN).condition(BOTH);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_SUPPORT_PLAN,
    &LIST_SUPPORT_PLANS,
    &LIST_MISSING_SUPPORT_PLANS,
    &GET_SUPPORT_PLAN,
    &UPDATE_SUPPORT_PLAN,
    &ENDORSE_SUPPORT_PLAN,
    &COMPLETE_SUPPORT_PLAN,
];
