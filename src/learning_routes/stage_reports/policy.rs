//! Who may do what with reports by stages.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, ProgramCurator, RegionalCoordinator, RegionalOperator,
    RouteTutor, Teacher,
};
use crate::authz::{Cell, Rule, cell};
use crate::learning_routes::policy::{DISCUSSED, GET_ROUTE, READS};

/// Those who follow the fulfilment of a route, and its tutor.
const ACCEPTS: &[Cell] = &[
    cell(&[AssociationHead, RouteTutor], Assigned),
    cell(&[DeputyDirector, Director, ProgramCurator], Unit),
    cell(&[RegionalCoordinator, RegionalOperator], Below),
];

/// Reading a report: whoever reads the route, for its results are discussed too (P0-4).
pub static GET_STAGE_REPORT: Rule = Rule::new("get_stage_report", READS).condition(DISCUSSED);
/// Handing a report in: the learner (P1-9).
pub static SUBMIT_STAGE_REPORT: Rule =
    Rule::new("submit_stage_report", &[cell(&[Teacher], Own)]).seen_by(&GET_ROUTE);
/// Handing it in again.
pub static RESUBMIT_STAGE_REPORT: Rule =
    Rule::new("resubmit_stage_report", &[cell(&[Teacher], Own)]).seen_by(&GET_ROUTE);
/// Accepting a report.
pub static ACCEPT_STAGE_REPORT: Rule =
    Rule::new("accept_stage_report", ACCEPTS).seen_by(&GET_ROUTE).condition("never the learner");
/// Sending a report back.
pub static RETURN_STAGE_REPORT: Rule =
    Rule::new("return_stage_report", ACCEPTS).seen_by(&GET_ROUTE).condition("never the learner");

/// The policy table.
pub const RULES: &[&Rule] = &[
    &GET_STAGE_REPORT,
    &SUBMIT_STAGE_REPORT,
    &RESUBMIT_STAGE_REPORT,
    &ACCEPT_STAGE_REPORT,
    &RETURN_STAGE_REPORT,
];
