//! Who may do what with campaigns.

use crate::authz::Reach::{Above, Below, Unit};
use crate::authz::Role::{
    DeputyDirector, Director, MinistryOfficer, MunicipalMethodist, MunicipalOfficer, ProgramCurator,
    QualityOfficer, RegionalCoordinator, RegionalOperator,
};
use crate::authz::groups::{EVERYBODY, MUNICIPAL, READERS, REGIONAL};
use crate::authz::{Cell, Rule, cell};
use crate::diagnostics::deficits::policy::READING;
use crate::directory::organizations::policy::GET_ORGANIZATION;

/// Who may of those whom the table names.
const ORGANIZERS: &str = "and only those whom the regulation of their organization names as organizers";

/// Who may of the school.
const AT_SCHOOL: &str = "of a school only those whom its regulation names as organizers at school";

/// A campaign is known where its owner serves, and above.
const SIGHT: &[Cell] = &[
    cell(EVERYBODY, Above),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(&[QualityOfficer], Below),
    cell(READERS, Below),
];

/// Whoever a regulation may name as organizer, for the organization that keeps the campaign: the curator of programs too
/// (P1 1.8).
const KEEPING: &[Cell] = &[cell(
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
    ],
    Unit,
)];

/// Those who see to it that people take part: the school for its own (P4-22), who diagnoses for those below.
const ORGANIZING: &[Cell] = &[
    cell(&[DeputyDirector, Director, ProgramCurator], Below),
    cell(&[MunicipalMethodist, RegionalOperator, RegionalCoordinator], Below),
];

/// Adding a campaign: a deputy for the school (P0-21), the operator (P2-17) and the coordinator for the region.
pub static CREATE_DIAGNOSTIC_CAMPAIGN: Rule =
    Rule::new("create_diagnostic_campaign", KEEPING).seen_by(&GET_ORGANIZATION).condition(ORGANIZERS);

/// Listing campaigns.
pub static LIST_DIAGNOSTIC_CAMPAIGNS: Rule = Rule::new("list_diagnostic_campaigns", SIGHT);

/// Reading a campaign.
pub static GET_DIAGNOSTIC_CAMPAIGN: Rule = Rule::new("get_diagnostic_campaign", SIGHT);

/// Changing a planned campaign.
pub static UPDATE_DIAGNOSTIC_CAMPAIGN: Rule =
    Rule::new("update_diagnostic_campaign", KEEPING).seen_by(&GET_DIAGNOSTIC_CAMPAIGN).condition(ORGANIZERS);

/// Starting a campaign.
pub static START_DIAGNOSTIC_CAMPAIGN: Rule =
    Rule::new("start_diagnostic_campaign", KEEPING).seen_by(&GET_DIAGNOSTIC_CAMPAIGN).condition(ORGANIZERS);

/// Closing a campaign.
pub static CLOSE_DIAGNOSTIC_CAMPAIGN: Rule =
    Rule::new("close_diagnostic_campaign", KEEPING).seen_by(&GET_DIAGNOSTIC_CAMPAIGN).condition(ORGANIZERS);

/// Cancelling a campaign.
pub static CANCEL_DIAGNOSTIC_CAMPAIGN: Rule =
    Rule::new("cancel_diagnostic_campaign", KEEPING).seen_by(&GET_DIAGNOSTIC_CAMPAIGN).condition(ORGANIZERS);

/// Enrolling people of a school.
pub static ENROLL_DIAGNOSTIC_PARTICIPANTS: Rule =
    Rule::new("enroll_diagnostic_participants", ORGANIZING).seen_by(&GET_ORGANIZATION).condition(AT_SCHOOL);

/// Listing who takes part, and who has not.
pub static LIST_DIAGNOSTIC_PARTICIPANTS: Rule = Rule::new("list_diagnostic_participants", READING);

/// Recording who came.
pub static RECORD_DIAGNOSTIC_ATTENDANCE: Rule =
    Rule::new("record_diagnostic_attendance", ORGANIZING).seen_by(&GET_ORGANIZATION).condition(AT_SCHOOL);

/// Counting who took part: for those who answer for a school or more.
pub static GET_DIAGNOSTIC_PARTICIPATION: Rule = Rule::new(
    "get_diagnostic_participation",
    &[
        cell(&[DeputyDirector, Director, ProgramCurator], Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
);

/// Reminding those who have not taken part.
pub static CREATE_DIAGNOSTIC_REMINDERS: Rule =
    Rule::new("create_diagnostic_reminders", ORGANIZING).seen_by(&GET_ORGANIZATION).condition(AT_SCHOOL);

/// Listing reminders: one's own, and those of one's people.
pub static LIST_DIAGNOSTIC_REMINDERS: Rule = Rule::new("list_diagnostic_reminders", READING);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_DIAGNOSTIC_CAMPAIGN,
    &LIST_DIAGNOSTIC_CAMPAIGNS,
    &GET_DIAGNOSTIC_CAMPAIGN,
    &UPDATE_DIAGNOSTIC_CAMPAIGN,
    &START_DIAGNOSTIC_CAMPAIGN,
    &CLOSE_DIAGNOSTIC_CAMPAIGN,
    &CANCEL_DIAGNOSTIC_CAMPAIGN,
    &ENROLL_DIAGNOSTIC_PARTICIPANTS,
    &LIST_DIAGNOSTIC_PARTICIPANTS,
    &RECORD_DIAGNOSTIC_ATTENDANCE,
    &GET_DIAGNOSTIC_PARTICIPATION,
    &CREATE_DIAGNOSTIC_REMINDERS,
    &LIST_DIAGNOSTIC_REMINDERS,
];
