//! Who may do what with suggestions.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, ProgramCurator, RegionalCoordinator, RegionalOperator, Teacher,
};
use crate::authz::{Cell, Rule, cell};
use crate::learning_routes::policy::{GET_ROUTE, READS};

const FORMS: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead], Assigned),
    cell(&[DeputyDirector, Director, ProgramCurator], Unit),
    cell(&[RegionalCoordinator, RegionalOperator], Below),
];

/// Suggesting a line.
pub static CREATE_ROUTE_SUGGESTION: Rule = Rule::new("create_route_suggestion", FORMS)
    .seen_by(&GET_ROUTE)
    .condition("the learner, the head of the school, and whom else the regulation lets form routes");
/// Listing suggestions.
pub static LIST_ROUTE_SUGGESTIONS: Rule = Rule::new("list_route_suggestions", READS);
/// Reading one.
pub static GET_ROUTE_SUGGESTION: Rule = Rule::new("get_route_suggestion", READS);
/// Deciding on one.
pub static DECIDE_ROUTE_SUGGESTION: Rule = Rule::new("decide_route_suggestion", FORMS)
    .seen_by(&GET_ROUTE_SUGGESTION)
    .condition("only editors of the part of the route, else drafters, and never its author");
/// Taking one's own back.
pub static WITHDRAW_ROUTE_SUGGESTION: Rule =
    Rule::new("withdraw_route_suggestion", FORMS).seen_by(&GET_ROUTE_SUGGESTION).condition("only its author");

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_ROUTE_SUGGESTION,
    &LIST_ROUTE_SUGGESTIONS,
    &GET_ROUTE_SUGGESTION,
    &DECIDE_ROUTE_SUGGESTION,
    &WITHDRAW_ROUTE_SUGGESTION,
];
