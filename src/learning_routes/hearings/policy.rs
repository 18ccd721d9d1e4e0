//! Who may do what with hearings.

use crate::authz::Reach::Unit;
use crate::authz::Role::{CouncilSecretary, DeputyDirector, Director};
use crate::authz::{Rule, cell};
use crate::learning_routes::policy::{GET_ROUTE, READS};

/// Recording a hearing.
pub static RECORD_ROUTE_HEARING: Rule =
    Rule::new("record_route_hearing", &[cell(&[CouncilSecretary, DeputyDirector, Director], Unit)])
        .seen_by(&GET_ROUTE)
        .condition("never the learner");
/// Listing hearings.
pub static LIST_ROUTE_HEARINGS: Rule = Rule::new("list_route_hearings", READS);

/// The policy table.
pub const RULES: &[&Rule] = &[&RECORD_ROUTE_HEARING, &LIST_ROUTE_HEARINGS];
