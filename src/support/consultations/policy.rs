//! Who may do what with consultations.

use crate::authz::Reach::{Below, Own};
use crate::authz::Role::{
    Auditor, DeputyDirector, Director, MinistryOfficer, MunicipalMethodist, MunicipalOfficer,
    RegionalCoordinator, RegionalOperator, Teacher,
};
use crate::authz::{Cell, Rule, cell};

/// Those who consult and those above them; whoever was consulted reads his own.
const READING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(
        &[
            DeputyDirector,
            Director,
            MunicipalOfficer,
            MunicipalMethodist,
            MinistryOfficer,
            RegionalOperator,
            RegionalCoordinator,
            Auditor,
        ],
        Below,
    ),
];

/// Recording a consultation: the ministry (P4-18), the municipal centre (P3-31, P3-32), operator and coordinator.
pub static RECORD_CONSULTATION: Rule = Rule::new(
    "record_consultation",
    &[cell(
        &[MunicipalOfficer, MunicipalMethodist, MinistryOfficer, RegionalOperator, RegionalCoordinator],
        Below,
    )],
)
.seen_by(&GET_CONSULTATION);

/// Listing consultations.
pub static LIST_CONSULTATIONS: Rule = Rule::new("list_consultations", READING);

/// Reading a consultation.
pub static GET_CONSULTATION: Rule = Rule::new("get_consultation", READING);

/// The policy table.
pub const RULES: &[&Rule] = &[&RECORD_CONSULTATION, &LIST_CONSULTATIONS, &GET_CONSULTATION];
