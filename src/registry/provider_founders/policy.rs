//! Who may do what with founders of providers.

use crate::authz::Reach::{Above, Below};
use crate::authz::Role::{MinistryOfficer, RegionalOperator};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Role, Rule, cell};

/// Those who know the registers: the ministry, the operator that places programs.
const KEEPING: &[Role] = &[MinistryOfficer, RegionalOperator];

const OF_OTHERS: &str = "never of an organization at which the caller holds a role";

/// Recording a founder.
pub static RECORD_PROVIDER_FOUNDER: Rule = Rule::new("record_provider_founder", &[cell(KEEPING, Below)])
    .seen_by(&GET_PROVIDER_FOUNDER)
    .condition(OF_OTHERS);

/// Listing founders: they are public.
pub static LIST_PROVIDER_FOUNDERS: Rule = Rule::new("list_provider_founders", &[cell(EVERYBODY, Above)]);

/// Reading a founder.
pub static GET_PROVIDER_FOUNDER: Rule = Rule::new("get_provider_founder", &[cell(EVERYBODY, Above)]);

/// Giving a founder its last day.
pub static END_PROVIDER_FOUNDER: Rule = Rule::new("end_provider_founder", &[cell(KEEPING, Below)])
    .seen_by(&GET_PROVIDER_FOUNDER)
    .condition(OF_OTHERS);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&RECORD_PROVIDER_FOUNDER, &LIST_PROVIDER_FOUNDERS, &GET_PROVIDER_FOUNDER, &END_PROVIDER_FOUNDER];
