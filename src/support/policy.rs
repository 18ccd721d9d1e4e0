//! The policy tables of support, one for each of its resources.

use super::{
    consultations, delayed_outcome_campaigns, delayed_outcomes, products, quality_surveys,
    support_activities, support_plans, support_proposals,
};
use crate::authz::Rule;

/// Every row of the policy tables of support.
pub const RULES: &[&[&Rule]] = &[
    consultations::policy::RULES,
    products::policy::RULES,
    support_plans::policy::RULES,
    support_proposals::policy::RULES,
    support_activities::policy::RULES,
    delayed_outcomes::policy::RULES,
    delayed_outcome_campaigns::policy::RULES,
    quality_surveys::policy::RULES,
];
