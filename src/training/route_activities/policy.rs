//! Who may see activities of routes across people.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{AssociationHead, MunicipalMethodist, ProviderOfficer, RouteTutor, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};

/// Listing activities: one's own, of one's people, those addressed to one's organization.
pub static LIST_ROUTE_ACTIVITIES: Rule = Rule::new(
    "list_route_activities",
    &[
        cell(&[Teacher], Own),
        cell(&[AssociationHead, RouteTutor], Assigned),
        cell(SCHOOL_STAFF, Unit),
        cell(&[ProviderOfficer, MunicipalMethodist], Unit),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
)
.condition("activities of approved routes; a provider sees those addressed to it");

/// The policy table.
pub const RULES: &[&Rule] = &[&LIST_ROUTE_ACTIVITIES];
