//! Who may load files. Every row is checked again by the rule of what it does.

use crate::authz::Reach::Below;
use crate::authz::Role::{
    Auditor, DeputyDirector, Director, Integration, MinistryOfficer, MunicipalMethodist, MunicipalOfficer,
    ProgramCurator, ProviderOfficer, RegionalCoordinator, RegionalOperator,
};
use crate::authz::{Role, Rule, cell};

const LOADERS: &[Role] = &[
    DeputyDirector,
    Director,
    ProgramCurator,
    MunicipalOfficer,
    MunicipalMethodist,
    MinistryOfficer,
    RegionalOperator,
    RegionalCoordinator,
    ProviderOfficer,
    Integration,
];

/// Loading a file.
pub static CREATE_IMPORT: Rule = Rule::new("create_import", &[cell(LOADERS, Below)])
    .condition("and every row needs the right to do by hand what the row does");

/// Listing the runs of one's own unit.
pub static LIST_IMPORTS: Rule = Rule::new("list_imports", &[cell(LOADERS, Below), cell(&[Auditor], Below)]);

/// Reading one run.
pub static GET_IMPORT: Rule = Rule::new("get_import", &[cell(LOADERS, Below), cell(&[Auditor], Below)]);

/// Reading the receipts of a run.
pub static LIST_IMPORT_ROWS: Rule =
    Rule::new("list_import_rows", &[cell(LOADERS, Below), cell(&[Auditor], Below)]);

/// Watching a run.
pub static WATCH_IMPORT: Rule = Rule::new("watch_import", &[cell(LOADERS, Below), cell(&[Auditor], Below)]);

/// The receipts of a run as a file.
pub static GET_IMPORT_RECEIPT_FILE: Rule =
    Rule::new("get_import_receipt_file", &[cell(LOADERS, Below), cell(&[Auditor], Below)]);

/// Calling a run off.
pub static CANCEL_IMPORT: Rule = Rule::new("cancel_import", &[cell(LOADERS, Below)]).seen_by(&GET_IMPORT);

/// What becomes of a run beside the requests; the clock's, and no role's.
pub static WORK_IMPORTS: Rule = Rule::new("work_imports", &[]);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_IMPORT,
    &LIST_IMPORTS,
    &GET_IMPORT,
    &LIST_IMPORT_ROWS,
    &WATCH_IMPORT,
    &GET_IMPORT_RECEIPT_FILE,
    &CANCEL_IMPORT,
];
