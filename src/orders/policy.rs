//! The policy tables of orders, one for each of its resources.

use super::{participants, training_orders};
use crate::authz::Rule;

/// Every row of the policy tables of orders.
pub const RULES: &[&[&Rule]] = &[training_orders::policy::RULES, participants::policy::RULES];
