//! Who may do what with licences of providers.

use crate::authz::Reach::{Above, Below};
use crate::authz::Role::{MinistryOfficer, RegionalOperator};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Role, Rule, cell};

/// Those who know the state register: the ministry, the operator that places programs.
const KEEPING: &[Role] = &[MinistryOfficer, RegionalOperator];

const OF_OTHERS: &str = "never of an organization at which the caller holds a role";

/// Recording a licence.
pub static RECORD_PROVIDER_LICENCE: Rule = Rule::new("record_provider_licence", &[cell(KEEPING, Below)])
    .seen_by(&GET_PROVIDER_LICENCE)
    .condition(OF_OTHERS);

/// Listing licences: the state register is public.
pub static LIST_PROVIDER_LICENCES: Rule = Rule::new("list_provider_licences", &[cell(EVERYBODY, Above)]);

/// Reading a licence.
pub static GET_PROVIDER_LICENCE: Rule = Rule::new("get_provider_licence", &[cell(EVERYBODY, Above)]);

/// Giving a licence its last day.
pub static END_PROVIDER_LICENCE: Rule = Rule::new("end_provider_licence", &[cell(KEEPING, Below)])
    .seen_by(&GET_PROVIDER_LICENCE)
    .condition(OF_OTHERS);

/// Recording that a licence is suspended.
pub static RECORD_LICENCE_SUSPENSION: Rule = Rule::new("record_licence_suspension", &[cell(KEEPING, Below)])
    .seen_by(&GET_PROVIDER_LICENCE)
    .condition(OF_OTHERS);

/// Recording that it is resumed.
pub static END_LICENCE_SUSPENSION: Rule = Rule::new("end_licence_suspension", &[cell(KEEPING, Below)])
    .seen_by(&GET_PROVIDER_LICENCE)
    .condition(OF_OTHERS);

/// Asking whether a provider may train teachers on a day.
pub static GET_PROVIDER_ELIGIBILITY: Rule = Rule::new("get_provider_eligibility", &[cell(EVERYBODY, Above)]);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &RECORD_PROVIDER_LICENCE,
    &LIST_PROVIDER_LICENCES,
    &GET_PROVIDER_LICENCE,
    &END_PROVIDER_LICENCE,
    &RECORD_LICENCE_SUSPENSION,
    &END_LICENCE_SUSPENSION,
    &GET_PROVIDER_ELIGIBILITY,
];
