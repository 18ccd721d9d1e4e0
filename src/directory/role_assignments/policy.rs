//! Who may give which role, and who sees who holds one.

use crate::authz::Reach::{Anywhere, Below, Own};
use crate::authz::Role::{
    self, Auditor, DeputyDirector, Director, Integration, MinistryOfficer, MunicipalOfficer, PlatformAdmin,
    ProviderOfficer,
};
use crate::authz::groups::{EVERYBODY, MUNICIPAL, REGIONAL};
use crate::authz::{Cell, Rule, cell};

const GIVERS: &[Cell] = &[
    cell(&[Director, ProviderOfficer, MunicipalOfficer, MinistryOfficer], Below),
    cell(&[PlatformAdmin], Anywhere),
];

const READ: &[Cell] = &[
    cell(EVERYBODY, Own),
    cell(&[DeputyDirector, Director, ProviderOfficer], Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[Auditor, Integration], Below),
    cell(&[PlatformAdmin], Anywhere),
];

const CREATE: &str = "create_role_assignment";
const END: &str = "end_role_assignment";

/// Giving a role.
pub static CREATE_ROLE_ASSIGNMENT: Rule = Rule::new(CREATE, GIVERS)
    .seen_by(&GET_ROLE_ASSIGNMENT)
    .condition(
        "a director gives the roles of the school, a municipal officer those of directors and of the municipality, \
         a ministry officer those of directors, municipalities, providers and of the region, a provider officer \
         `offering_leader`, an administrator of the platform all",
    );

/// Listing role assignments.
pub static LIST_ROLE_ASSIGNMENTS: Rule = Rule::new("list_role_assignments", READ);

/// Reading a role assignment.
pub static GET_ROLE_ASSIGNMENT: Rule = Rule::new("get_role_assignment", READ);

/// Ending a role assignment: whoever may give the role.
pub static END_ROLE_ASSIGNMENT: Rule =
    Rule::new(END, GIVERS).seen_by(&GET_ROLE_ASSIGNMENT).condition("whoever may give the role may end it");

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_ROLE_ASSIGNMENT, &LIST_ROLE_ASSIGNMENTS, &GET_ROLE_ASSIGNMENT, &END_ROLE_ASSIGNMENT];

const SCHOOL_GIVERS: &[Cell] = &[cell(&[Director], Below), cell(&[PlatformAdmin], Anywhere)];
const MUNICIPAL_GIVERS: &[Cell] =
    &[cell(&[MunicipalOfficer, MinistryOfficer], Below), cell(&[PlatformAdmin], Anywhere)];
const REGION_GIVERS: &[Cell] = &[cell(&[MinistryOfficer], Below), cell(&[PlatformAdmin], Anywhere)];
const LEADER_GIVERS: &[Cell] = &[cell(&[ProviderOfficer], Below), cell(&[PlatformAdmin], Anywhere)];
const PLATFORM_GIVERS: &[Cell] = &[cell(&[PlatformAdmin], Anywhere)];

static GIVE: [Rule; 5] = rows(CREATE);
static TAKE: [Rule; 5] = rows(END);

const fn rows(operation: &'static str) -> [Rule; 5] {
    [
        Rule::new(operation, SCHOOL_GIVERS),
        Rule::new(operation, MUNICIPAL_GIVERS),
        Rule::new(operation, REGION_GIVERS),
        Rule::new(operation, LEADER_GIVERS),
        Rule::new(operation, PLATFORM_GIVERS),
    ]
}

/// The row of [`CREATE_ROLE_ASSIGNMENT`] for one role.
pub fn giving(role: Role) -> &'static Rule {
    row(&GIVE, role)
}

/// The row of [`END_ROLE_ASSIGNMENT`] for one role.
pub fn taking(role: Role) -> &'static Rule {
    row(&TAKE, role)
}

const fn row(rows: &'static [Rule; 5], role: Role) -> &'static Rule {
    let [school, municipal, region, leader, platform] = rows;
    match role {
        Role::AssociationHead
        | Role::DeputyDirector
        | Role::ProgramCurator
        | Role::RouteTutor
        | Role::CouncilSecretary => school,
        Role::Director | Role::MunicipalOfficer | Role::MunicipalMethodist => municipal,
        Role::MinistryOfficer
        | Role::RegionalOperator
        | Role::RegionalCoordinator
        | Role::QualityOfficer
        | Role::Reviewer
        | Role::ProviderOfficer => region,
        Role::OfferingLeader => leader,
        Role::Teacher | Role::Auditor | Role::Integration | Role::PlatformAdmin => platform,
    }
}
