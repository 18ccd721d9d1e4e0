//! Who may do what with announcements.

use crate::authz::Reach::{Above, Below, Unit};
use crate::authz::Role::{
    Auditor, DeputyDirector, Director, Integration, MinistryOfficer, MunicipalMethodist, MunicipalOfficer,
    ProgramCurator, QualityOfficer, RegionalCoordinator, RegionalOperator,
};
use crate::authz::groups::{EVERYBODY, SCHOOL_HEADS};
use crate::authz::{Cell, Rule, cell};

/// Those who inform: the region everybody, the municipality its schools (P3-12), the school its people (P0-34, P3-37).
const INFORMING: &[Cell] = &[cell(
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
)];

/// Whoever is informed, and whoever stands above those who are.
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

/// Publishing an announcement.
pub static CREATE_ANNOUNCEMENT: Rule = Rule::new("create_announcement", INFORMING).seen_by(&GET_ANNOUNCEMENT);

/// Listing announcements.
pub static LIST_ANNOUNCEMENTS: Rule = Rule::new("list_announcements", READING);

/// Reading an announcement.
pub static GET_ANNOUNCEMENT: Rule = Rule::new("get_announcement", READING);

/// Taking note of it oneself.
pub static ACKNOWLEDGE_ANNOUNCEMENT: Rule =
    Rule::new("acknowledge_announcement", READING).condition("for oneself only; services are no persons");

/// Taking note of it for one's school.
pub static ACKNOWLEDGE_ANNOUNCEMENT_FOR_SCHOOL: Rule =
    Rule::new("acknowledge_announcement_for_school", &[cell(SCHOOL_HEADS, Unit)])
        .condition("the target is the school");

/// Listing who has not acknowledged: of one's school, municipality or region.
pub static LIST_UNACKNOWLEDGED_PERSONS: Rule = Rule::new("list_unacknowledged_persons", SILENT);

/// Listing which schools have not acknowledged.
pub static LIST_UNACKNOWLEDGED_SCHOOLS: Rule = Rule::new("list_unacknowledged_schools", SILENT);

const SILENT: &[Cell] = &[cell(
    &[
        DeputyDirector,
        Director,
        ProgramCurator,
        MunicipalOfficer,
        MunicipalMethodist,
        MinistryOfficer,
        RegionalOperator,
        RegionalCoordinator,
        Auditor,
    ],
    Below,
)];

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_ANNOUNCEMENT,
    &LIST_ANNOUNCEMENTS,
    &GET_ANNOUNCEMENT,
    &ACKNOWLEDGE_ANNOUNCEMENT,
    &ACKNOWLEDGE_ANNOUNCEMENT_FOR_SCHOOL,
    &LIST_UNACKNOWLEDGED_PERSONS,
    &LIST_UNACKNOWLEDGED_SCHOOLS,
];
