//! The policy tables of diagnostics, one for each of its resources.

use super::{
    analytics, campaigns, deficits, findings, frameworks, instruments, need_campaigns, needs, results,
};
use crate::authz::Rule;

/// Every row of the policy tables of diagnostics.
pub const RULES: &[&[&Rule]] = &[
    frameworks::policy::RULES,
    instruments::policy::RULES,
    campaigns::policy::RULES,
    results::policy::RULES,
    deficits::policy::RULES,
    findings::policy::RULES,
    need_campaigns::policy::RULES,
    needs::policy::RULES,
    analytics::policy::RULES,
];
