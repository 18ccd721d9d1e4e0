//! Who may revise a route in force. The regulation names them: its drafters, and whoever enters changes.

use crate::authz::Reach::{Below, Own, Unit};
use crate::authz::Role::{
    DeputyDirector, Director, ProgramCurator, RegionalCoordinator, RegionalOperator, Teacher,
};
use crate::authz::{Rule, cell};
use crate::learning_routes::policy::{FORMS, GET_ROUTE, READS_WHAT_IS_ASKED, SEES};

const CHANGES: &str = "and only those who enter changes by the regulation, or its drafters and editors of the parts \
                       that change";

/// Listing the revisions of a route.
pub static LIST_ROUTE_REVISIONS: Rule = Rule::new("list_route_revisions", SEES).seen_by(&GET_ROUTE);
/// Reading one.
pub static GET_ROUTE_REVISION: Rule = Rule::new("get_route_revision", READS_WHAT_IS_ASKED)
    .seen_by(&GET_ROUTE)
    .condition("whoever its chain asks");
/// Asking what the regulation would say to it.
pub static CHECK_ROUTE_REVISION: Rule = Rule::new("check_route_revision", SEES).seen_by(&GET_ROUTE);
/// Drafting one.
pub static CREATE_ROUTE_REVISION: Rule =
    Rule::new("create_route_revision", FORMS).seen_by(&GET_ROUTE).condition(CHANGES);
/// Changing a draft.
pub static UPDATE_ROUTE_REVISION: Rule =
    Rule::new("update_route_revision", FORMS).seen_by(&GET_ROUTE).condition(CHANGES);
/// Handing it in.
pub static SUBMIT_ROUTE_REVISION: Rule =
    Rule::new("submit_route_revision", FORMS).seen_by(&GET_ROUTE).condition(CHANGES);
/// Giving it up.
pub static WITHDRAW_ROUTE_REVISION: Rule = Rule::new("withdraw_route_revision", FORMS)
    .seen_by(&GET_ROUTE)
    .condition("and only its author or those who enter changes; in review only whoever submitted it");
/// Recording that the route was looked through in this period (P3-41).
pub static UPDATE_ROUTE_PERIODICALLY: Rule = Rule::new(
    "update_route_periodically",
    &[
        cell(&[Teacher], Own),
        cell(&[DeputyDirector, Director, ProgramCurator], Unit),
        cell(&[RegionalCoordinator, RegionalOperator], Below),
    ],
)
.seen_by(&GET_ROUTE)
.condition("and only those whom the regulation names for the periodic update");

/// The policy table.
pub const RULES: &[&Rule] = &[
    &LIST_ROUTE_REVISIONS,
    &GET_ROUTE_REVISION,
    &CHECK_ROUTE_REVISION,
    &CREATE_ROUTE_REVISION,
    &UPDATE_ROUTE_REVISION,
    &SUBMIT_ROUTE_REVISION,
    &WITHDRAW_ROUTE_REVISION,
    &UPDATE_ROUTE_PERIODICALLY,
];
