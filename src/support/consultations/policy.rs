//! Who may do what with consultations.

use crate::authz::Reach::{Assigned, Below, Own};
use crate::authz::Role::{
    AssociationHead, Auditor, DeputyDirector, Director, MinistryOfficer, MunicipalMethodist,
    MunicipalOfficer, ProgramCurator, RegionalCoordinator, RegionalOperator, RouteTutor, Teacher,
};
use crate::authz::{Cell, Rule, cell};

/// Those who consult and those above them; whoever was consulted reads his own.
const READING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead], Assigned),
    cell(
        &[
            DeputyDirector,
            Director,
            ProgramCurator,
            RouteTutor,
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

/// Those who may consult; the regulation says which of them do.
const CONSULTING: &[Cell] = &[
    cell(&[AssociationHead], Assigned),
    cell(
        &[
            DeputyDirector,
            Director,
            ProgramCurator,
            RouteTutor,
            MunicipalOfficer,
            MunicipalMethodist,
            MinistryOfficer,
            RegionalOperator,
            RegionalCoordinator,
        ],
        Below,
    ),
];

/// Recording a consultation: the ministry and the coordinator (P4-18), the municipal centre (P3-31, P3-32), and whom else
/// a regulation names: tutor and curator (P1), head of an association and operator (P2).
pub static RECORD_CONSULTATION: Rule = Rule::new("record_consultation", CONSULTING)
    .seen_by(&GET_CONSULTATION)
    .condition("the regulation that binds whoever is consulted says who gives methodical support");

/// Listing consultations.
pub static LIST_CONSULTATIONS: Rule = Rule::new("list_consultations", READING);

/// Reading a consultation.
pub static GET_CONSULTATION: Rule = Rule::new("get_consultation", READING);

/// The policy table.
pub const RULES: &[&Rule] = &[&RECORD_CONSULTATION, &LIST_CONSULTATIONS, &GET_CONSULTATION];
