//! Who may have the card of a route approved. The regulation names them: its drafters, and whoever updates the route.

use crate::authz::Rule;
use crate::learning_routes::policy::{FORMS, GET_ROUTE, READS_WHAT_IS_ASKED, SEES};

/// Handing the card of a route in.
pub static SUBMIT_ROUTE_CARD: Rule = Rule::new("submit_route_card", FORMS)
    .seen_by(&GET_ROUTE)
    .condition("and only the drafters of the regulation, and those whom it names for the periodic update");
/// Listing the cards that were handed in.
pub static LIST_ROUTE_CARDS: Rule = Rule::new("list_route_cards", SEES).seen_by(&GET_ROUTE);
/// Reading one.
pub static GET_SUBMITTED_ROUTE_CARD: Rule = Rule::new("get_submitted_route_card", READS_WHAT_IS_ASKED)
    .seen_by(&GET_ROUTE)
    .condition("whoever its chain asks");
/// Taking one back.
pub static WITHDRAW_ROUTE_CARD: Rule =
    Rule::new("withdraw_route_card", FORMS).seen_by(&GET_ROUTE).condition("and only whoever handed it in");

/// The policy table.
pub const RULES: &[&Rule] =
    &[&SUBMIT_ROUTE_CARD, &LIST_ROUTE_CARDS, &GET_SUBMITTED_ROUTE_CARD, &WITHDRAW_ROUTE_CARD];
