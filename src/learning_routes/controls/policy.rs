//! Who may do what with control of routes. The regulation narrows these rights further: it names who records facts.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, ProgramCurator, RegionalCoordinator, RegionalOperator,
    RouteTutor, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};
use crate::learning_routes::policy::GET_ROUTE;

/// Whoever reads the route.
const SEES: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead, RouteTutor], Assigned),
    cell(SCHOOL_STAFF, Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// Who may ever control a route; a teacher only his or her own (P1-54).
const CONTROLS: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead, RouteTutor], Assigned),
    cell(&[DeputyDirector, Director, ProgramCurator], Unit),
    cell(&[RegionalCoordinator, RegionalOperator], Below),
];

const NAMED: &str = "and only those whom the regulation of the route names as subjects of control; final control never by the learner";

/// Listing the control plan of a route.
pub static LIST_ROUTE_CONTROLS: Rule = Rule::new("list_route_controls", SEES);
/// Reading an item of it.
pub static GET_ROUTE_CONTROL: Rule = Rule::new("get_route_control", SEES);
/// Planning control.
pub static PLAN_ROUTE_CONTROL: Rule =
    Rule::new("plan_route_control", CONTROLS).seen_by(&GET_ROUTE).condition(NAMED);
/// Changing what is planned.
pub static UPDATE_ROUTE_CONTROL: Rule =
    Rule::new("update_route_control", CONTROLS).seen_by(&GET_ROUTE).condition(NAMED);
/// Recording a fact (P1-54).
pub static RECORD_ROUTE_CONTROL: Rule =
    Rule::new("record_route_control", CONTROLS).seen_by(&GET_ROUTE).condition(NAMED);
/// Cancelling what is planned.
pub static CANCEL_ROUTE_CONTROL: Rule =
    Rule::new("cancel_route_control", CONTROLS).seen_by(&GET_ROUTE).condition(NAMED);
/// Copying findings to the needs of the learner (P1-58).
pub static RECORD_CONTROL_NEEDS: Rule = Rule::new("record_control_needs", CONTROLS)
    .seen_by(&GET_ROUTE)
    .condition("and only those whom the regulation of the route names as subjects of control");

/// The policy table.
pub const RULES: &[&Rule] = &[
    &LIST_ROUTE_CONTROLS,
    &GET_ROUTE_CONTROL,
    &PLAN_ROUTE_CONTROL,
    &UPDATE_ROUTE_CONTROL,
    &RECORD_ROUTE_CONTROL,
    &CANCEL_ROUTE_CONTROL,
    &RECORD_CONTROL_NEEDS,
];
