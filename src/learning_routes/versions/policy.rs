//! Who may read the versions of a route: whoever may read the route.

use crate::authz::Rule;
use crate::learning_routes::policy::{GET_ROUTE, SEES};

/// Listing them.
pub static LIST_ROUTE_VERSIONS: Rule = Rule::new("list_route_versions", SEES).seen_by(&GET_ROUTE);
/// Reading one.
pub static GET_ROUTE_VERSION: Rule = Rule::new("get_route_version", SEES).seen_by(&GET_ROUTE);
/// Comparing two.
pub static GET_ROUTE_DIFF: Rule = Rule::new("get_route_diff", SEES).seen_by(&GET_ROUTE);

/// The policy table.
pub const RULES: &[&Rule] = &[&LIST_ROUTE_VERSIONS, &GET_ROUTE_VERSION, &GET_ROUTE_DIFF];
