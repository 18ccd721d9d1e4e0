//! Who may do what with submissions into monitorings. Who submits the regulation says.

use crate::authz::Reach::{Below, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, MunicipalMethodist, MunicipalOfficer, ProgramCurator,
    ProviderOfficer, QualityOfficer, RegionalOperator, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Role, Rule, cell};

/// Those who may submit for their organization.
pub const SUBMITTING: &[Role] = &[
    Teacher,
    AssociationHead,
    DeputyDirector,
    Director,
    ProgramCurator,
    MunicipalOfficer,
    MunicipalMethodist,
    RegionalOperator,
    ProviderOfficer,
];

/// Of one's organization, of one's territory.
const READING: &[Cell] = &[
    cell(SCHOOL_STAFF, Below),
    cell(&[ProviderOfficer], Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[QualityOfficer], Below),
    cell(READERS, Below),
];

/// Who may of those whom the table names.
const SUBMITTERS: &str = "and only those whom the regulation names as submitting into the monitoring";

/// Submitting for one's organization.
pub static CREATE_MONITORING_SUBMISSION: Rule =
    Rule::new("create_monitoring_submission", &[cell(SUBMITTING, Unit)]).condition(SUBMITTERS);

/// Listing submissions.
pub static LIST_MONITORING_SUBMISSIONS: Rule = Rule::new("list_monitoring_submissions", READING);

/// Reading a submission.
pub static GET_MONITORING_SUBMISSION: Rule = Rule::new("get_monitoring_submission", READING);

/// Writing a submission anew.
pub static UPDATE_MONITORING_SUBMISSION: Rule =
    Rule::new("update_monitoring_submission", &[cell(SUBMITTING, Unit)])
        .seen_by(&GET_MONITORING_SUBMISSION)
        .condition(SUBMITTERS);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_MONITORING_SUBMISSION,
    &LIST_MONITORING_SUBMISSIONS,
    &GET_MONITORING_SUBMISSION,
    &UPDATE_MONITORING_SUBMISSION,
];
