//! Roles that stand together in the policy tables.

use super::Role;

/// Those who lead a school.
pub const SCHOOL_HEADS: &[Role] = &[Role::DeputyDirector, Role::Director];

/// Those who work with people of a school: heads, curators, secretaries.
pub const SCHOOL_STAFF: &[Role] =
    &[Role::DeputyDirector, Role::Director, Role::ProgramCurator, Role::CouncilSecretary];

/// Those who act for a municipality.
pub const MUNICIPAL: &[Role] = &[Role::MunicipalOfficer, Role::MunicipalMethodist];

/// Those who act for a region with people in view: ministry, operator, coordinator.
pub const REGIONAL: &[Role] = &[Role::MinistryOfficer, Role::RegionalOperator, Role::RegionalCoordinator];

/// Those who read a subtree and change nothing, and other systems.
pub const READERS: &[Role] = &[Role::Auditor, Role::Integration];

/// Everybody who has a place in a region.
pub const EVERYBODY: &[Role] = &[
    Role::Teacher,
    Role::AssociationHead,
    Role::DeputyDirector,
    Role::Director,
    Role::ProgramCurator,
    Role::RouteTutor,
    Role::CouncilSecretary,
    Role::MunicipalOfficer,
    Role::MunicipalMethodist,
    Role::MinistryOfficer,
    Role::RegionalOperator,
    Role::RegionalCoordinator,
    Role::QualityOfficer,
    Role::Reviewer,
    Role::ProviderOfficer,
    Role::OfferingLeader,
    Role::Auditor,
    Role::Integration,
];
