//! Who may have documents about a route: whoever may read the route.

use crate::authz::Rule;
use crate::learning_routes::policy::{GET_ROUTE, SEES};

/// The plan with measures.
pub static GET_ROUTE_PLAN: Rule = Rule::new("get_route_plan", SEES).seen_by(&GET_ROUTE);
/// The card.
pub static GET_ROUTE_CARD: Rule = Rule::new("get_route_card", SEES).seen_by(&GET_ROUTE);
/// The dossier.
pub static GET_ROUTE_DOSSIER: Rule = Rule::new("get_route_dossier", SEES).seen_by(&GET_ROUTE);

/// The policy table.
pub const RULES: &[&Rule] = &[&GET_ROUTE_PLAN, &GET_ROUTE_CARD, &GET_ROUTE_DOSSIER];
