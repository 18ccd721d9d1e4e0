//! Conditions of chain steps: a closed set, never a scripting language.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::macros::vocabulary;
use super::vocabulary::{ActivityKind, FundingSource};
use crate::values::Hours;

/// How deep conditions may be nested; the outermost is level 1.
pub const MAX_CONDITION_DEPTH: usize = 4;

vocabulary! {
    /// What a condition asks (вид условия).
    pub enum ChainConditionKind {
        /// The subject has at least `hours` academic hours.
        HoursAtLeast = "hours_at_least",
        /// One of the subject's activities is of one of `activity_kinds`.
        ActivityKindIn = "activity_kind_in",
        /// One of the subject's funding sources is among `funding_sources`.
        FundingSourceIn = "funding_source_in",
        /// All of `conditions` hold.
        All = "all",
        /// At least one of `conditions` holds.
        Any = "any",
        /// The one condition in `conditions` does not hold.
        Not = "not",
    }
}

/// When a step is taken (условие шага). Exactly the operand that its `kind` names is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChainCondition {
    /// What is asked.
    pub kind: ChainConditionKind,
    /// For `hours_at_least`: academic hours in steps of 0.5, more than zero.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// For `activity_kind_in`: the kinds.
    #[serde(default)]
    #[schema(max_items = 64)]
    pub activity_kinds: Vec<ActivityKind>,
    /// For `funding_source_in`: the sources.
    #[serde(default)]
    #[schema(max_items = 64)]
    pub funding_sources: Vec<FundingSource>,
    /// For `all`, `any` and `not`: the inner conditions, at most four levels deep.
    #[serde(default)]
    #[schema(max_items = 64, no_recursion)]
    pub conditions: Vec<ChainCondition>,
}

/// What a condition may look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainFacts {
    /// Academic hours of the whole subject.
    pub hours: Hours,
    /// Kinds of its activities.
    pub activity_kinds: Vec<ActivityKind>,
    /// Sources that pay for it.
    pub funding_sources: Vec<FundingSource>,
}

impl ChainCondition {
    /// Whether the condition holds for these facts.
    pub fn holds(&self, facts: &ChainFacts) -> bool {
        match self.kind {
            ChainConditionKind::HoursAtLeast => self.hours.is_some_and(|least| facts.hours >= least),
            ChainConditionKind::ActivityKindIn => {
                facts.activity_kinds.iter().any(|kind| self.activity_kinds.contains(kind))
            }
            ChainConditionKind::FundingSourceIn => {
                facts.funding_sources.iter().any(|source| self.funding_sources.contains(source))
            }
            ChainConditionKind::All => self.conditions.iter().all(|inner| inner.holds(facts)),
            ChainConditionKind::Any => self.conditions.iter().any(|inner| inner.holds(facts)),
            ChainConditionKind::Not => !self.conditions.iter().all(|inner| inner.holds(facts)),
        }
    }
}
