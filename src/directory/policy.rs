//! The policy tables of the directory, one for each of its resources.

use super::{
    associations, employments, organizations, person_matches, person_merges, persons, regions,
    role_assignments,
};
use crate::authz::Rule;

/// Every row of the directory's policy tables.
pub const RULES: &[&[&Rule]] = &[
    regions::policy::RULES,
    organizations::policy::RULES,
    persons::policy::RULES,
    person_matches::policy::RULES,
    person_merges::policy::RULES,
    employments::policy::RULES,
    associations::policy::RULES,
    role_assignments::policy::RULES,
];
