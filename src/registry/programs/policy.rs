//! Who may do what with programs.

use crate::authz::Reach::{Above, Below, Unit};
use crate::authz::Role::{
    MinistryOfficer, MunicipalMethodist, ProviderOfficer, RegionalCoordinator, RegionalOperator, Reviewer,
};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Role, Rule, cell};

/// Those who write programs, each for his own organization (P4-28, P4-33, P3-26).
const AUTHORS: &[Role] = &[ProviderOfficer, RegionalCoordinator, RegionalOperator, MunicipalMethodist];

/// Those who may keep a registry; the regulation says which of them does (P4-29).
const KEEPERS: &[Role] = &[MinistryOfficer, RegionalOperator];

/// Writing a program: for one's own organization.
pub static CREATE_PROGRAM: Rule = Rule::new("create_program", &[cell(AUTHORS, Unit)]).seen_by(&LIST_PROGRAMS);

/// Listing programs: accepted ones of one's own region, beside them whatever one works on.
pub static LIST_PROGRAMS: Rule = Rule::new("list_programs", &[cell(EVERYBODY, Above)])
    .condition("accepted programs are for the whole region, the others for their provider, once submitted for the keepers too");

/// Counting what a search finds, over the same programs.
pub static LIST_PROGRAM_FACETS: Rule = Rule::new("list_program_facets", &[cell(EVERYBODY, Above)])
    .condition("the programs that the same search lists");

/// Reading a program that is accepted (P0-27).
pub static GET_PROGRAM: Rule = Rule::new("get_program", &[cell(EVERYBODY, Above)])
    .condition("accepted programs are for the whole region, the others for their provider, once submitted for the keepers too");

/// Changing a draft, or what was returned; of an accepted program this makes the next version.
pub static UPDATE_PROGRAM: Rule = Rule::new("update_program", &[cell(AUTHORS, Unit)])
    .seen_by(&GET_PROGRAM)
    .condition("drafts and returned programs in place, accepted ones by a next version");

/// Submitting a draft, or what was returned and mended.
pub static SUBMIT_PROGRAM: Rule = Rule::new("submit_program", &[cell(AUTHORS, Unit)])
    .seen_by(&GET_PROGRAM)
    .condition("the regulation of the provider says who submits");

/// Accepting, returning or rejecting a submitted program.
pub static DECIDE_PROGRAM: Rule =
    Rule::new("decide_program", &[cell(KEEPERS, Below)]).seen_by(&GET_PROGRAM).condition(
        "the regulation of the region says who keeps the registry; nobody decides on his own submission",
    );

/// Sight of a program its provider has not submitted yet.
pub static SEE_DRAFT: Rule = Rule::new("get_program", &[cell(AUTHORS, Unit)]);

/// Sight of a program that was submitted and is not accepted.
pub static SEE_SUBMITTED: Rule = Rule::new("get_program", &[cell(AUTHORS, Unit), cell(KEEPERS, Below)]);

/// Sight of a program or version that is being reviewed.
pub static SEE_REVIEWED: Rule = Rule::new("get_program", &[cell(&[Reviewer], Below)]);

/// Listing the versions of a program.
pub static LIST_PROGRAM_VERSIONS: Rule = Rule::new("list_program_versions", &[cell(EVERYBODY, Above)])
    .condition("whoever may read the program; a version on its way is for those who write, review or decide");

/// Reading a version of a program.
pub static GET_PROGRAM_VERSION: Rule = Rule::new("get_program_version", &[cell(EVERYBODY, Above)])
    .condition("whoever may read the program; a version on its way is for those who write, review or decide");

/// Comparing two versions of a program.
pub static COMPARE_PROGRAM_VERSIONS: Rule = Rule::new("compare_program_versions", &[cell(EVERYBODY, Above)])
    .condition("whoever may read the program; a version on its way is for those who write, review or decide");

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_PROGRAM,
    &LIST_PROGRAMS,
    &LIST_PROGRAM_FACETS,
    &GET_PROGRAM,
    &UPDATE_PROGRAM,
    &SUBMIT_PROGRAM,
    &DECIDE_PROGRAM,
    &LIST_PROGRAM_VERSIONS,
    &GET_PROGRAM_VERSION,
    &COMPARE_PROGRAM_VERSIONS,
];
