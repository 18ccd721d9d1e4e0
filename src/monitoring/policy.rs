//! The policy tables of monitoring, one for each of its resources.

use super::{
    cycles, decisions, measures, monitorings, participation, stage_submissions, submissions, yearly_reports,
};
use crate::authz::Rule;

/// Every row of the policy tables of monitoring.
pub const RULES: &[&[&Rule]] = &[
    cycles::policy::RULES,
    stage_submissions::policy::RULES,
    monitorings::policy::RULES,
    submissions::policy::RULES,
    decisions::policy::RULES,
    participation::policy::RULES,
    measures::policy::RULES,
    yearly_reports::policy::RULES,
];
