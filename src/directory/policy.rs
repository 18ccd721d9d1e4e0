//! The policy tables of the directory, one for each of its resources.

use super::{organizations, regions};
use crate::authz::Rule;

/// Every row of the directory's policy tables.
pub const RULES: &[&[&Rule]] = &[regions::policy::RULES, organizations::policy::RULES];
