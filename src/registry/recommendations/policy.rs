//! Who may do what with recommendations.

use crate::authz::Reach::{Assigned, Below, Own};
use crate::authz::Role::{
    AssociationHead, Auditor, DeputyDirector, Director, Integration, MinistryOfficer, MunicipalMethodist,
    MunicipalOfficer, ProgramCurator, RegionalCoordinator, RegionalOperator, RouteTutor, Teacher,
};
use crate::authz::{Cell, Rule, cell};

/// Those who work with the person.
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
            Integration,
        ],
        Below,
    ),
];

/// Those who may recommend; the regulation says which of them do.
const RECOMMENDING: &[Cell] = &[
    cell(&[AssociationHead], Assigned),
    cell(
        &[
            DeputyDirector,
            Director,
            ProgramCurator,
            MunicipalOfficer,
            MunicipalMethodist,
            MinistryOfficer,
            RegionalOperator,
            RegionalCoordinator,
        ],
        Below,
    ),
];

const WITHDRAWN_BY: &str =
    "at the level of the author or above; the regulation it was given under says who recommends";

const RECOMMENDED_BY: &str = "the regulation of the person's school says who recommends";

/// Recommending to a person.
pub static CREATE_RECOMMENDATION: Rule =
    Rule::new("create_recommendation", RECOMMENDING).seen_by(&GET_RECOMMENDATION).condition(RECOMMENDED_BY);

/// Listing recommendations.
pub static LIST_RECOMMENDATIONS: Rule = Rule::new("list_recommendations", READING);

/// Reading a recommendation.
pub static GET_RECOMMENDATION: Rule = Rule::new("get_recommendation", READING);

/// Taking a recommendation back: those who may recommend.
pub static WITHDRAW_RECOMMENDATION: Rule =
    Rule::new("withdraw_recommendation", RECOMMENDING).seen_by(&GET_RECOMMENDATION).condition(WITHDRAWN_BY);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_RECOMMENDATION, &LIST_RECOMMENDATIONS, &GET_RECOMMENDATION, &WITHDRAW_RECOMMENDATION];
