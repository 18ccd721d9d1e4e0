//! Who may do what with comments on routes.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{AssociationHead, ProviderOfficer, RouteTutor, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};
use crate::learning_routes::policy::GET_ROUTE;

const PROVIDERS: &str = "a provider about lines addressed to it, while the route is formed under a regulation that lets \
                         providers comment; members of associations while the route is open for discussion";

/// Writing a comment.
pub static CREATE_ROUTE_COMMENT: Rule = Rule::new(
    "create_route_comment",
    &[
        cell(&[Teacher], Own),
        cell(&[Teacher, AssociationHead, RouteTutor], Assigned),
        cell(SCHOOL_STAFF, Unit),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(&[ProviderOfficer], Unit),
    ],
)
.seen_by(&GET_ROUTE)
.condition(PROVIDERS);

/// Listing them.
pub static LIST_ROUTE_COMMENTS: Rule = Rule::new(
    "list_route_comments",
    &[
        cell(&[Teacher], Own),
        cell(&[Teacher, AssociationHead, RouteTutor], Assigned),
        cell(SCHOOL_STAFF, Unit),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
        cell(&[ProviderOfficer], Unit),
    ],
)
.condition(PROVIDERS);

/// The policy table.
pub const RULES: &[&Rule] = &[&CREATE_ROUTE_COMMENT, &LIST_ROUTE_COMMENTS];
