//! Who may do what with templates of routes.

use crate::authz::Reach::{Above, Unit};
use crate::authz::Role::{MinistryOfficer, RegionalCoordinator, RegionalOperator};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Cell, Rule, cell};

const READS: &[Cell] = &[cell(EVERYBODY, Above)];
const KEEPS: &[Cell] = &[cell(&[RegionalCoordinator, RegionalOperator, MinistryOfficer], Unit)];
const EDITORS: &str = "and only those whom the regulation of the organization names";

/// Writing a template.
pub static CREATE_ROUTE_TEMPLATE: Rule =
    Rule::new("create_route_template", KEEPS).seen_by(&GET_ROUTE_TEMPLATE).condition(EDITORS);
/// Listing templates.
pub static LIST_ROUTE_TEMPLATES: Rule =
    Rule::new("list_route_templates", READS).condition("drafts are known to their keeper alone");
/// Reading one.
pub static GET_ROUTE_TEMPLATE: Rule =
    Rule::new("get_route_template", READS).condition("drafts are known to their keeper alone");
/// Changing one.
pub static UPDATE_ROUTE_TEMPLATE: Rule =
    Rule::new("update_route_template", KEEPS).seen_by(&GET_ROUTE_TEMPLATE).condition(EDITORS);
/// Publishing one.
pub static PUBLISH_ROUTE_TEMPLATE: Rule =
    Rule::new("publish_route_template", KEEPS).seen_by(&GET_ROUTE_TEMPLATE).condition(EDITORS);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_ROUTE_TEMPLATE,
    &LIST_ROUTE_TEMPLATES,
    &GET_ROUTE_TEMPLATE,
    &UPDATE_ROUTE_TEMPLATE,
    &PUBLISH_ROUTE_TEMPLATE,
];
