//! Who may do what with records of support.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, MinistryOfficer, MunicipalMethodist, ProgramCurator,
    RegionalCoordinator, RegionalOperator, RouteTutor, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Rule, cell};
use crate::learning_routes::policy::{GET_ROUTE, READS};

/// Recording support.
pub static RECORD_ROUTE_SUPPORT: Rule = Rule::new(
    "record_route_support",
    &[
        cell(&[Teacher, AssociationHead, RouteTutor], Assigned),
        cell(&[DeputyDirector, Director, ProgramCurator], Unit),
        cell(&[MunicipalMethodist, MinistryOfficer, RegionalOperator, RegionalCoordinator], Below),
    ],
)
.seen_by(&GET_ROUTE)
.condition("the tutor of the route, its curator, and whom the regulation of the route lets support; never the learner");
/// Listing what was done for a route.
pub static LIST_ROUTE_SUPPORT: Rule = Rule::new("list_route_support", READS);
/// Listing what was done for all routes.
pub static LIST_SUPPORT_RECORDS: Rule = Rule::new(
    "list_support_records",
    &[
        cell(&[Teacher], Own),
        cell(&[AssociationHead, RouteTutor], Assigned),
        cell(SCHOOL_STAFF, Unit),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
)
.condition("whoever helped sees what he or she recorded");
/// Counting it for an organization.
pub static GET_SUPPORT_REPORT: Rule = Rule::new(
    "get_support_report",
    &[cell(SCHOOL_STAFF, Unit), cell(MUNICIPAL, Below), cell(REGIONAL, Below), cell(READERS, Below)],
);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&RECORD_ROUTE_SUPPORT, &LIST_ROUTE_SUPPORT, &LIST_SUPPORT_RECORDS, &GET_SUPPORT_REPORT];
