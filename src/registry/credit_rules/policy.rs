//! Who may do what with credit rules.

use crate::authz::Reach::{Above, Unit};
use crate::authz::Role::{MunicipalMethodist, ProviderOfficer, RegionalCoordinator, RegionalOperator};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Role, Rule, cell};

/// Those who may own rules, each for its own programs; the regulation says which of them do.
pub const OWNERS: &[Role] = &[ProviderOfficer, RegionalCoordinator, RegionalOperator, MunicipalMethodist];

const OWNED_BY: &str = "the regulation of the region says who owns rules";

/// Setting a rule (P4-31, P4-34).
pub static CREATE_CREDIT_RULE: Rule =
    Rule::new("create_credit_rule", &[cell(OWNERS, Unit)]).seen_by(&GET_CREDIT_RULE).condition(OWNED_BY);

/// Listing rules: everybody may know what is credited.
pub static LIST_CREDIT_RULES: Rule = Rule::new("list_credit_rules", &[cell(EVERYBODY, Above)]);

/// Reading a rule.
pub static GET_CREDIT_RULE: Rule = Rule::new("get_credit_rule", &[cell(EVERYBODY, Above)]);

/// Giving a rule its last day.
pub static END_CREDIT_RULE: Rule =
    Rule::new("end_credit_rule", &[cell(OWNERS, Unit)]).seen_by(&GET_CREDIT_RULE);

/// The policy table.
pub const RULES: &[&Rule] = &[&CREATE_CREDIT_RULE, &LIST_CREDIT_RULES, &GET_CREDIT_RULE, &END_CREDIT_RULE];
