//! The policy tables of support, one for each of its resources.

use super::{consultations, delayed_outcomes, products};
use crate::authz::Rule;

/// Every row of the policy tables of support.
pub const RULES: &[&[&Rule]] =
    &[consultations::policy::RULES, products::policy::RULES, delayed_outcomes::policy::RULES];
