//! The policy tables of planning, one for each of its resources.

use super::{external_offers, funding_lines, own_expense_requests, plan_resources, plans};
use crate::authz::Rule;

/// Every row of the policy tables of planning.
pub const RULES: &[&[&Rule]] = &[
    own_expense_requests::policy::RULES,
    external_offers::policy::RULES,
    plans::policy::RULES,
    plan_resources::policy::RULES,
    funding_lines::policy::RULES,
];
