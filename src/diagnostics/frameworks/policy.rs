//! Who may do what with frameworks.

use crate::authz::Reach::{Above, Unit};
use crate::authz::Role::{
    DeputyDirector, Director, MinistryOfficer, MunicipalMethodist, MunicipalOfficer, QualityOfficer,
    RegionalCoordinator, RegionalOperator,
};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Cell, Rule, cell};
use crate::directory::organizations::policy::GET_ORGANIZATION;

/// Whoever acts for the organization that keeps a framework or an instrument: a school too (P4-21).
pub(in crate::diagnostics) const KEEPERS: &[Cell] = &[cell(
    &[
        DeputyDirector,
        Director,
        MunicipalOfficer,
        MunicipalMethodist,
        MinistryOfficer,
        RegionalOperator,
        RegionalCoordinator,
        QualityOfficer,
    ],
    Unit,
)];

pub(in crate::diagnostics) const DRAFTS: &str = "drafts: only whoever may change them";

/// Adding a framework.
pub static CREATE_FRAMEWORK: Rule = Rule::new("create_framework", KEEPERS).seen_by(&GET_ORGANIZATION);

/// Listing frameworks: a framework is reference data of the whole region.
pub static LIST_FRAMEWORKS: Rule = Rule::new("list_frameworks", &[cell(EVERYBODY, Above)]).condition(DRAFTS);

/// Reading a framework.
pub static GET_FRAMEWORK: Rule = Rule::new("get_framework", &[cell(EVERYBODY, Above)]).condition(DRAFTS);

/// Changing a draft.
pub static UPDATE_FRAMEWORK: Rule = Rule::new("update_framework", KEEPERS).seen_by(&GET_FRAMEWORK);

/// Publishing a draft.
pub static PUBLISH_FRAMEWORK: Rule = Rule::new("publish_framework", KEEPERS).seen_by(&GET_FRAMEWORK);

/// Loading a framework from a CASE package.
pub static IMPORT_FRAMEWORK: Rule = Rule::new("import_framework", KEEPERS).seen_by(&GET_ORGANIZATION);

/// Reading a framework as a CASE package.
pub static GET_FRAMEWORK_CASE_PACKAGE: Rule =
    Rule::new("get_framework_case_package", &[cell(EVERYBODY, Above)]).condition(DRAFTS);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_FRAMEWORK,
    &LIST_FRAMEWORKS,
    &GET_FRAMEWORK,
    &UPDATE_FRAMEWORK,
    &PUBLISH_FRAMEWORK,
    &IMPORT_FRAMEWORK,
    &GET_FRAMEWORK_CASE_PACKAGE,
];
