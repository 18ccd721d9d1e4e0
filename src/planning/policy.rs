//! The policy tables of planning, one for each of its resources.

use super::{external_offers, own_expense_requests, plans};
use crate::authz::Rule;

/// Every row of the policy tables of planning.
pub const RULES: &[&[&Rule]] =
    &[own_expense_requests::policy::RULES, external_offers::policy::RULES, plans::policy::RULES];
