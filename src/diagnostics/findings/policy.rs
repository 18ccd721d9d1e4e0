//! Who may do what with findings.

use crate::authz::Reach::{Above, Below};
use crate::authz::Role::{
    AssociationHead, Auditor, CouncilSecretary, DeputyDirector, Director, Integration, MinistryOfficer,
    MunicipalMethodist, MunicipalOfficer, ProgramCurator, QualityOfficer, RegionalCoordinator,
    RegionalOperator, RouteTutor, Teacher,
};
use crate::authz::{Cell, Rule, cell};

/// A school reads what is about it and its territory, a municipality all of its own, the region everything.
const READING: &[Cell] = &[
    cell(
        &[
            Teacher,
            AssociationHead,
            DeputyDirector,
            Director,
            ProgramCurator,
            RouteTutor,
            CouncilSecretary,
            MunicipalOfficer,
            MunicipalMethodist,
        ],
        Above,
    ),
    cell(
        &[
            MunicipalOfficer,
            MunicipalMethodist,
            MinistryOfficer,
            RegionalOperator,
            RegionalCoordinator,
            QualityOfficer,
            Auditor,
            Integration,
        ],
        Below,
    ),
];

/// Who may of those whom the table names.
const SUPPLIERS: &str =
    "and only where the regulation of their organization names them as suppliers of findings, or nobody";

/// Recording a finding: the quality centre alone (P2-14).
pub static CREATE_OUTCOME_FINDING: Rule =
    Rule::new("create_outcome_finding", &[cell(&[QualityOfficer], Below)])
        .seen_by(&GET_OUTCOME_FINDING)
        .condition(SUPPLIERS);

/// Listing findings.
pub static LIST_OUTCOME_FINDINGS: Rule = Rule::new("list_outcome_findings", READING);

/// Reading a finding.
pub static GET_OUTCOME_FINDING: Rule = Rule::new("get_outcome_finding", READING);

/// Mending a finding.
pub static UPDATE_OUTCOME_FINDING: Rule =
    Rule::new("update_outcome_finding", &[cell(&[QualityOfficer], Below)])
        .seen_by(&GET_OUTCOME_FINDING)
        .condition(SUPPLIERS);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_OUTCOME_FINDING, &LIST_OUTCOME_FINDINGS, &GET_OUTCOME_FINDING, &UPDATE_OUTCOME_FINDING];
