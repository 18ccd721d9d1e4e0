//! The policy tables of training, one for each of its resources, and the roles they share.

use super::{applications, contracts, enrollments, offerings, route_activities};
use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, MunicipalMethodist, MunicipalOfficer, OfferingLeader,
    ProviderOfficer, RegionalCoordinator, RegionalOperator, RouteTutor, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Role, Rule, cell};

/// Those who hold offerings, each for his own organization (P3-26, P3-30, P2-9).
pub(super) const ORGANISERS: &[Role] =
    &[ProviderOfficer, RegionalCoordinator, RegionalOperator, MunicipalMethodist, Director, DeputyDirector];

/// Who sees people in training: themselves, their schools and those above, and the organiser.
pub(super) const SEES_PEOPLE: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead, RouteTutor, OfferingLeader], Assigned),
    cell(SCHOOL_STAFF, Unit),
    cell(&[ProviderOfficer, MunicipalMethodist, MunicipalOfficer], Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// Every row of the policy tables of training.
pub const RULES: &[&[&Rule]] = &[
    offerings::policy::RULES,
    applications::policy::RULES,
    enrollments::policy::RULES,
    contracts::policy::RULES,
    route_activities::policy::RULES,
];
