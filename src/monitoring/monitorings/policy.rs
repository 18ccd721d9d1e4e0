//! Who may do what with monitorings. Who holds which the regulation says.

use crate::authz::Reach::{Above, Below, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, MinistryOfficer, MunicipalMethodist, MunicipalOfficer,
    ProgramCurator, ProviderOfficer, QualityOfficer, RegionalCoordinator, RegionalOperator,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Cell, Role, Rule, cell};

/// Those who may hold a monitoring for their organization.
pub const HOLDING: &[Role] = &[
    DeputyDirector,
    Director,
    MunicipalOfficer,
    MunicipalMethodist,
    MinistryOfficer,
    RegionalOperator,
    RegionalCoordinator,
    QualityOfficer,
    ProviderOfficer,
];

/// Whoever works with it, in it and above it; teachers know it by what follows from it.
const READING: &[Cell] = &[
    cell(
        &[
            AssociationHead,
            DeputyDirector,
            Director,
            ProgramCurator,
            ProviderOfficer,
            MunicipalOfficer,
            MunicipalMethodist,
        ],
        Above,
    ),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[QualityOfficer], Below),
    cell(READERS, Below),
];

/// Who may of those whom the table names.
const HOLDERS: &str = "and only those whom the regulation names as holders of such a monitoring";

/// Beginning the monitoring of a year.
pub static CREATE_MONITORING: Rule =
    Rule::new("create_monitoring", &[cell(HOLDING, Unit)]).seen_by(&GET_MONITORING).condition(HOLDERS);

/// Listing monitorings.
pub static LIST_MONITORINGS: Rule = Rule::new("list_monitorings", READING);

/// Reading a monitoring with its findings.
pub static GET_MONITORING: Rule = Rule::new("get_monitoring", READING);

/// Recording what it found.
pub static RECORD_MONITORING_FINDING: Rule =
    Rule::new("record_monitoring_finding", &[cell(HOLDING, Unit)]).seen_by(&GET_MONITORING);

/// Closing it with a conclusion.
pub static CLOSE_MONITORING: Rule =
    Rule::new("close_monitoring", &[cell(HOLDING, Unit)]).seen_by(&GET_MONITORING);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_MONITORING, &LIST_MONITORINGS, &GET_MONITORING, &RECORD_MONITORING_FINDING, &CLOSE_MONITORING];
