//! The policy tables of diagnostics, one for each of its resources.

use super::{analytics, campaigns, deficits, frameworks, instruments, results};
use crate::authz::Rule;

/// Every row of the policy tables of diagnostics.
pub const RULES: &[&[&Rule]] = &[
    frameworks::policy::RULES,
    instruments::policy::RULES,
    campaigns::policy::RULES,
    results::policy::RULES,
    deficits::policy::RULES,
    analytics::policy::RULES,
];
