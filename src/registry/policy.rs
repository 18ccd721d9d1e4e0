//! The policy tables of the registry, one for each of its resources.

use super::{
    announcements, credit_rules, directions, entries, programs, provider_founders, provider_licences,
    publications, recommendations, review_sheets, reviews, state_assignments,
};
use crate::authz::Rule;

/// Every row of the registry's policy tables.
pub const RULES: &[&[&Rule]] = &[
    programs::policy::RULES,
    entries::policy::RULES,
    publications::policy::RULES,
    directions::policy::RULES,
    state_assignments::policy::RULES,
    announcements::policy::RULES,
    provider_licences::policy::RULES,
    provider_founders::policy::RULES,
    recommendations::policy::RULES,
    credit_rules::policy::RULES,
    review_sheets::policy::RULES,
    reviews::policy::RULES,
];
