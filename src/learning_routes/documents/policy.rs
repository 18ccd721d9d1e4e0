//! Who may have documents about a route: whoever may read the route; the dossier tells what diagnostics have found, so
//! it is for those alone who may read that.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{AssociationHead, DeputyDirector, Director, ProgramCurator, RouteTutor, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Rule, cell};
use crate::learning_routes::policy::{GET_ROUTE, SEES};

/// The plan with measures.
pub static GET_ROUTE_PLAN: Rule = Rule::new("get_route_plan", SEES).seen_by(&GET_ROUTE);
/// The card.
pub static GET_ROUTE_CARD: Rule = Rule::new("get_route_card", SEES).seen_by(&GET_ROUTE);
/// The dossier: all results and deficits of the learner stand in it, not only those that the route answers.
pub static GET_ROUTE_DOSSIER: Rule = Rule::new(
    "get_route_dossier",
    &[
        cell(&[Teacher], Own),
        cell(&[AssociationHead, RouteTutor], Assigned),
        cell(&[DeputyDirector, Director, ProgramCurator], Unit),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
)
.seen_by(&GET_ROUTE);

/// The policy table.
pub const RULES: &[&Rule] = &[&GET_ROUTE_PLAN, &GET_ROUTE_CARD, &GET_ROUTE_DOSSIER];
