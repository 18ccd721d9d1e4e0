//! Who may do what with campaigns that follow delayed outcomes.

use crate::authz::Reach::{Above, Below, Unit};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

/// The municipality, its schools, and those above.
const READING: &[Cell] =
    &[cell(SCHOOL_STAFF, Above), cell(MUNICIPAL, Below), cell(REGIONAL, Below), cell(READERS, Below)];

/// Opening a campaign (P2-43).
pub static OPEN_DELAYED_OUTCOME_CAMPAIGN: Rule =
    Rule::new("open_delayed_outcome_campaign", &[cell(MUNICIPAL, Unit)])
        .seen_by(&GET_DELAYED_OUTCOME_CAMPAIGN)
        .condition("whom the regulation names as recording delayed outcomes");

/// Listing campaigns.
pub static LIST_DELAYED_OUTCOME_CAMPAIGNS: Rule = Rule::new("list_delayed_outcome_campaigns", READING);

/// Reading a campaign with its coverage.
pub static GET_DELAYED_OUTCOME_CAMPAIGN: Rule = Rule::new("get_delayed_outcome_campaign", READING);

/// Closing a campaign.
pub static CLOSE_DELAYED_OUTCOME_CAMPAIGN: Rule =
    Rule::new("close_delayed_outcome_campaign", &[cell(MUNICIPAL, Unit)])
        .seen_by(&GET_DELAYED_OUTCOME_CAMPAIGN);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &OPEN_DELAYED_OUTCOME_CAMPAIGN,
    &LIST_DELAYED_OUTCOME_CAMPAIGNS,
    &GET_DELAYED_OUTCOME_CAMPAIGN,
    &CLOSE_DELAYED_OUTCOME_CAMPAIGN,
];
