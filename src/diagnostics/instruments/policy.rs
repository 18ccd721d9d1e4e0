//! Who may do what with instruments.

use crate::authz::Reach::{Above, Below, Unit};
use crate::authz::Role::{
    Auditor, DeputyDirector, Director, Integration, MinistryOfficer, MunicipalMethodist, MunicipalOfficer,
    QualityOfficer, RegionalCoordinator, RegionalOperator,
};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Cell, Rule, cell};

/// Whoever acts for the organization that keeps it: a school too (P4-21).
const KEEPERS: &[Cell] = &[cell(
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

const KEEPERS_ONLY: &str =
    "only roles that the regulation of the owner names as owners of instruments, when it names any";

/// What serves one's own place, and what is kept below it.
const READING: &[Cell] = &[
    cell(EVERYBODY, Above),
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

/// Adding an instrument.
pub static CREATE_INSTRUMENT: Rule = Rule::new("create_instrument", KEEPERS).condition(KEEPERS_ONLY);

/// Listing instruments.
pub static LIST_INSTRUMENTS: Rule = Rule::new("list_instruments", READING);

/// Reading an instrument.
pub static GET_INSTRUMENT: Rule = Rule::new("get_instrument", READING);

/// Changing a draft.
pub static UPDATE_INSTRUMENT: Rule = Rule::new("update_instrument", KEEPERS);

/// Publishing a draft.
pub static PUBLISH_INSTRUMENT: Rule = Rule::new("publish_instrument", KEEPERS);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_INSTRUMENT, &LIST_INSTRUMENTS, &GET_INSTRUMENT, &UPDATE_INSTRUMENT, &PUBLISH_INSTRUMENT];
