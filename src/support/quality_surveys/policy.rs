//! Who may do what with surveys of the quality of training. Who holds them the regulation says.

use crate::authz::Reach::{Below, Unit};
use crate::authz::Role::{
    MunicipalMethodist, ProviderOfficer, QualityOfficer, RegionalCoordinator, RegionalOperator,
};
use crate::authz::groups::{READERS, REGIONAL};
use crate::authz::{Cell, Rule, cell};

/// The organiser, and those above.
const READING: &[Cell] = &[
    cell(&[ProviderOfficer, MunicipalMethodist], Unit),
    cell(REGIONAL, Below),
    cell(&[QualityOfficer], Below),
    cell(READERS, Below),
];

/// Recording a survey (P2-32): the operator of any offering of the region, the organiser of its own.
pub static RECORD_QUALITY_SURVEY: Rule = Rule::new(
    "record_quality_survey",
    &[
        cell(&[ProviderOfficer, MunicipalMethodist], Unit),
        cell(&[RegionalOperator, RegionalCoordinator], Below),
    ],
)
.seen_by(&GET_QUALITY_SURVEY)
.condition("whom the regulation names as holding the monitoring of the quality of programs");

/// Listing surveys.
pub static LIST_QUALITY_SURVEYS: Rule = Rule::new("list_quality_surveys", READING);

/// Reading a survey.
pub static GET_QUALITY_SURVEY: Rule = Rule::new("get_quality_survey", READING);

/// The policy table.
pub const RULES: &[&Rule] = &[&RECORD_QUALITY_SURVEY, &LIST_QUALITY_SURVEYS, &GET_QUALITY_SURVEY];
