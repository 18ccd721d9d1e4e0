//! Who may petition for a change of a route, and who decides on that. The regulation names both.

use crate::authz::Rule;
use crate::learning_routes::policy::{FORMS, GET_ROUTE, SEES};

/// Listing the petitions of a route.
pub static LIST_ROUTE_PETITIONS: Rule = Rule::new("list_route_petitions", SEES).seen_by(&GET_ROUTE);
/// Reading one.
pub static GET_ROUTE_PETITION: Rule = Rule::new("get_route_petition", SEES).seen_by(&GET_ROUTE);
/// Asking for a change.
pub static CREATE_ROUTE_PETITION: Rule = Rule::new("create_route_petition", FORMS)
    .seen_by(&GET_ROUTE)
    .condition("and only those whom the regulation names as petitioners (P0-25)");
/// Refusing it.
pub static DECLINE_ROUTE_PETITION: Rule = Rule::new("decline_route_petition", FORMS)
    .seen_by(&GET_ROUTE)
    .condition("and only those who enter changes by the regulation, never the author");
/// Taking it back.
pub static WITHDRAW_ROUTE_PETITION: Rule =
    Rule::new("withdraw_route_petition", FORMS).seen_by(&GET_ROUTE).condition("and only its author");

/// The policy table.
pub const RULES: &[&Rule] = &[
    &LIST_ROUTE_PETITIONS,
    &GET_ROUTE_PETITION,
    &CREATE_ROUTE_PETITION,
    &DECLINE_ROUTE_PETITION,
    &WITHDRAW_ROUTE_PETITION,
];
