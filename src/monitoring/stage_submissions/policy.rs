//! Who may do what with submissions. Who takes part in a stage the regulation says.

use crate::authz::Reach::{Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, MinistryOfficer, MunicipalMethodist, MunicipalOfficer, ProgramCurator, ProviderOfficer,
    QualityOfficer, RegionalCoordinator, RegionalOperator, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_HEADS, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

/// One's own, of one's organization, of one's territory.
const READING: &[Cell] = &[
    cell(&[Teacher, AssociationHead], Own),
    cell(SCHOOL_STAFF, Below),
    cell(&[ProviderOfficer], Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[QualityOfficer], Below),
    cell(READERS, Below),
];

/// Submitting into an open stage, for the organization where one holds the role.
pub static CREATE_STAGE_SUBMISSION: Rule = Rule::new(
    "create_stage_submission",
    &[
        cell(&[Teacher, AssociationHead, ProgramCurator], Unit),
        cell(SCHOOL_HEADS, Unit),
        cell(&[MunicipalOfficer, MunicipalMethodist], Unit),
        cell(&[MinistryOfficer, RegionalOperator, RegionalCoordinator, QualityOfficer], Unit),
        cell(&[ProviderOfficer], Unit),
    ],
)
.condition("and only those whom the regulation names as participants of the stage, where it names any");

/// Listing submissions.
pub static LIST_STAGE_SUBMISSIONS: Rule = Rule::new("list_stage_submissions", READING);

/// Reading a submission.
pub static GET_STAGE_SUBMISSION: Rule = Rule::new("get_stage_submission", READING);

/// The policy table.
pub const RULES: &[&Rule] = &[&CREATE_STAGE_SUBMISSION, &LIST_STAGE_SUBMISSIONS, &GET_STAGE_SUBMISSION];
