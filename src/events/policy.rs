//! The policy tables of what other systems follow, one for each resource.

use super::{changes, webhooks};
use crate::authz::Rule;

/// Every row of the policy tables.
pub const RULES: &[&[&Rule]] = &[changes::policy::RULES, webhooks::policy::RULES];
