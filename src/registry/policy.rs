//! The policy tables of the registry, one for each of its resources.

use super::{entries, programs, publications, review_sheets, reviews};
use crate::authz::Rule;

/// Every row of the registry's policy tables.
pub const RULES: &[&[&Rule]] = &[
    programs::policy::RULES,
    entries::policy::RULES,
    publications::policy::RULES,
    review_sheets::policy::RULES,
    reviews::policy::RULES,
];
