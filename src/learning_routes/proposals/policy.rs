//! Who may have a route proposed.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, ProgramCurator, RegionalCoordinator, RegionalOperator, Teacher,
};
use crate::authz::{Rule, cell};
use crate::learning_routes::policy::GET_ROUTE;

/// Whoever may start a route may have one proposed.
pub static PROPOSE_ROUTE: Rule = Rule::new(
    "propose_route",
    &[
        cell(&[Teacher], Own),
        cell(&[AssociationHead], Assigned),
        cell(&[DeputyDirector, Director, ProgramCurator], Unit),
        cell(&[RegionalCoordinator, RegionalOperator], Below),
    ],
)
.seen_by(&GET_ROUTE)
.condition("and only those whom the regulation of the school names as initiators or drafters (P0-8)");

/// Every row.
pub const RULES: &[&Rule] = &[&PROPOSE_ROUTE];
