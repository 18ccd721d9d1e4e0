//! Who may do what with campaigns.

use crate::authz::Reach::{Above, Below};
use crate::authz::Role::{
    Auditor, Integration, MinistryOfficer, MunicipalMethodist, MunicipalOfficer, QualityOfficer,
    RegionalCoordinator, RegionalOperator,
};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Cell, Role, Rule, cell};

/// Those who ask: the operator and the coordinator the region (P2-16), the municipality its own schools (P3-2).
const ASKING: &[Role] =
    &[RegionalOperator, RegionalCoordinator, MinistryOfficer, MunicipalOfficer, MunicipalMethodist];

/// Whoever is asked, and whoever stands above those who are.
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

/// Who may of those whom the table names.
const COLLECTORS: &str =
    "and only those whom the regulation of their organization names as collectors of needs";

/// Opening a campaign.
pub static CREATE_NEED_CAMPAIGN: Rule = Rule::new("create_need_campaign", &[cell(ASKING, Below)])
    .seen_by(&GET_NEED_CAMPAIGN)
    .condition(COLLECTORS);

/// Listing campaigns.
pub static LIST_NEED_CAMPAIGNS: Rule = Rule::new("list_need_campaigns", READING);

/// Reading a campaign.
pub static GET_NEED_CAMPAIGN: Rule = Rule::new("get_need_campaign", READING);

/// Moving the dates of a campaign.
pub static UPDATE_NEED_CAMPAIGN: Rule = Rule::new("update_need_campaign", &[cell(ASKING, Below)])
    .seen_by(&GET_NEED_CAMPAIGN)
    .condition(COLLECTORS);

/// Seeing which municipalities answered: numbers of one's own territory.
pub static GET_NEED_RESPONSE_RATE: Rule = Rule::new(
    "get_need_response_rate",
    &[
        cell(ASKING, Below),
        cell(&[MunicipalOfficer, MunicipalMethodist], Above),
        cell(&[QualityOfficer, Auditor, Integration], Below),
    ],
)
.seen_by(&GET_NEED_CAMPAIGN);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_NEED_CAMPAIGN,
    &LIST_NEED_CAMPAIGNS,
    &GET_NEED_CAMPAIGN,
    &UPDATE_NEED_CAMPAIGN,
    &GET_NEED_RESPONSE_RATE,
];
