//! Who may do what with the resources of plans.

use crate::authz::Reach::{Below, Unit};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};
use crate::planning::plans::policy::{GET_PLAN, PLANNERS};

const READING: &[Cell] =
    &[cell(SCHOOL_STAFF, Unit), cell(MUNICIPAL, Below), cell(REGIONAL, Below), cell(READERS, Below)];

const COMPOSERS: &str = "whom the regulation of the school lets compose plans of the kind";

/// Recording a resource.
pub static ADD_PLAN_RESOURCE: Rule =
    Rule::new("add_plan_resource", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN).condition(COMPOSERS);

/// Listing resources.
pub static LIST_PLAN_RESOURCES: Rule = Rule::new("list_plan_resources", READING).seen_by(&GET_PLAN);

/// Reading a resource.
pub static GET_PLAN_RESOURCE: Rule = Rule::new("get_plan_resource", READING).seen_by(&GET_PLAN);

/// Estimating a resource anew.
pub static UPDATE_PLAN_RESOURCE: Rule =
    Rule::new("update_plan_resource", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN).condition(COMPOSERS);

/// Reading all resources side by side.
pub static GET_PLAN_RESOURCE_REPORT: Rule = Rule::new("get_plan_resource_report", READING).seen_by(&GET_PLAN);

/// Giving a part of a resource to a route.
pub static ASSIGN_PLAN_RESOURCE: Rule =
    Rule::new("assign_plan_resource", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN).condition(COMPOSERS);

/// Listing what goes to routes.
pub static LIST_RESOURCE_ALLOCATIONS: Rule =
    Rule::new("list_resource_allocations", READING).seen_by(&GET_PLAN);

/// Recording that it was provided.
pub static CONFIRM_RESOURCE_PROVISION: Rule =
    Rule::new("confirm_resource_provision", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN).condition(COMPOSERS);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &ADD_PLAN_RESOURCE,
    &LIST_PLAN_RESOURCES,
    &GET_PLAN_RESOURCE,
    &UPDATE_PLAN_RESOURCE,
    &GET_PLAN_RESOURCE_REPORT,
    &ASSIGN_PLAN_RESOURCE,
    &LIST_RESOURCE_ALLOCATIONS,
    &CONFIRM_RESOURCE_PROVISION,
];
