//! Who sends documents to the federal register.

use crate::authz::Reach::{Below, Unit};
use crate::authz::groups::REGIONAL;
use crate::authz::{Rule, cell};
use crate::hours::credentials::policy::ISSUERS;

/// Seeing what the register would take of one's organization's documents.
pub static PREVIEW_FRDO_EXPORT: Rule = Rule::new("preview_frdo_export", &[cell(ISSUERS, Unit)]);

/// Forming a package of one's organization.
pub static CREATE_FRDO_PACKAGE: Rule = Rule::new("create_frdo_package", &[cell(ISSUERS, Unit)]);

/// Listing packages: those who govern see that they were sent, not what is in them.
pub static LIST_FRDO_PACKAGES: Rule =
    Rule::new("list_frdo_packages", &[cell(ISSUERS, Unit), cell(REGIONAL, Below)]);

/// Reading one.
pub static GET_FRDO_PACKAGE: Rule =
    Rule::new("get_frdo_package", &[cell(ISSUERS, Unit), cell(REGIONAL, Below)]);

/// Reading its rows.
pub static LIST_FRDO_PACKAGE_ROWS: Rule =
    Rule::new("list_frdo_package_rows", &[cell(ISSUERS, Unit)]).seen_by(&GET_FRDO_PACKAGE);

/// Reading it as a workbook.
pub static GET_FRDO_PACKAGE_FILE: Rule =
    Rule::new("get_frdo_package_file", &[cell(ISSUERS, Unit)]).seen_by(&GET_FRDO_PACKAGE);

/// Recording what the register answered.
pub static ANSWER_FRDO_PACKAGE: Rule =
    Rule::new("answer_frdo_package", &[cell(ISSUERS, Unit)]).seen_by(&GET_FRDO_PACKAGE);

/// Taking a package back that the register has not answered.
pub static WITHDRAW_FRDO_PACKAGE: Rule =
    Rule::new("withdraw_frdo_package", &[cell(ISSUERS, Unit)]).seen_by(&GET_FRDO_PACKAGE);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &PREVIEW_FRDO_EXPORT,
    &CREATE_FRDO_PACKAGE,
    &LIST_FRDO_PACKAGES,
    &GET_FRDO_PACKAGE,
    &LIST_FRDO_PACKAGE_ROWS,
    &GET_FRDO_PACKAGE_FILE,
    &ANSWER_FRDO_PACKAGE,
    &WITHDRAW_FRDO_PACKAGE,
];
