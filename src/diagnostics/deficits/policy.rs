//! Who may do what with deficits.

use crate::authz::Reach::{Assigned, Below, Own};
use crate::authz::Role::{
    AssociationHead, Auditor, CouncilSecretary, DeputyDirector, Director, Integration, MinistryOfficer,
    MunicipalMethodist, MunicipalOfficer, ProgramCurator, QualityOfficer, RegionalCoordinator,
    RegionalOperator, RouteTutor, Teacher,
};
use crate::authz::{Cell, Rule, cell};

/// Those who work with the deficits of people: they are personal data, the rest of the school does not see them.
pub(in crate::diagnostics) const READING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead], Assigned),
    cell(
        &[
            DeputyDirector,
            Director,
            ProgramCurator,
            RouteTutor,
            CouncilSecretary,
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

/// Listing deficits.
pub static LIST_DEFICITS: Rule = Rule::new("list_deficits", READING);

/// Reading one deficit.
pub static GET_DEFICIT: Rule = Rule::new("get_deficit", READING);

/// Listing the deficits of a person.
pub static LIST_PERSON_DEFICITS: Rule = Rule::new("list_person_deficits", READING);

/// Reporting a difficulty without a test: the teacher himself, the head of his association, those who work with him.
pub static REPORT_DEFICIT: Rule = Rule::new(
    "report_deficit",
    &[
        cell(&[Teacher], Own),
        cell(&[AssociationHead], Assigned),
        cell(&[DeputyDirector, Director, ProgramCurator, RouteTutor], Below),
    ],
)
.seen_by(&GET_DEFICIT);

/// The share of deficits closed: numbers only, for those who answer for a school or more.
pub static GET_DEFICIT_CLOSURE: Rule = Rule::new(
    "get_deficit_closure",
    &[cell(
        &[
            DeputyDirector,
            Director,
            ProgramCurator,
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
    )],
);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&LIST_DEFICITS, &GET_DEFICIT, &LIST_PERSON_DEFICITS, &REPORT_DEFICIT, &GET_DEFICIT_CLOSURE];
