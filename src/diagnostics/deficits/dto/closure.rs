//! The share of deficits closed, as it travels.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::diagnostics::deficits::model::DeficitCounts;
use crate::diagnostics::deficits::store::Filter;

/// Of which organization the share is asked.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeficitClosureQuery {
    /// Only of people of this organization; the caller's whole scope when absent.
    pub organization_id: Option<Uuid>,
    /// Only of this person, for whoever may list the person's deficits.
    pub person_id: Option<Uuid>,
}

impl From<&DeficitClosureQuery> for Filter {
    fn from(query: &DeficitClosureQuery) -> Self {
        Self { person_id: query.person_id, organization_id: query.organization_id, ..Self::default() }
    }
}

/// The share of deficits that repeat diagnostics have closed (доля устранённых дефицитов, P4-12).
#[derive(Debug, Serialize, ToSchema)]
pub struct DeficitClosure {
    /// The organization counted; absent when it is the caller's whole scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// Whether fewer than five people stand behind the numbers, or behind those that they would betray: then there are
    /// none. Nothing is hidden from whoever may list the deficits themselves.
    pub hidden: bool,
    /// Deficits nothing answers yet.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<i64>,
    /// Deficits a route in force answers.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addressed: Option<i64>,
    /// Deficits closed by repeat diagnostics.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<i64>,
    /// All of them.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// Closed ones in per cent of all, rounded down; absent when there are none at all.
    #[schema(minimum = 0, maximum = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_percent: Option<i64>,
}

impl DeficitClosure {
    /// The counts of an organization or of the caller's scope; none when they are hidden.
    pub fn new(organization_id: Option<Uuid>, counts: Option<DeficitCounts>) -> Self {
        Self {
            organization_id,
            hidden: counts.is_none(),
            open: counts.map(|counts| counts.open),
            addressed: counts.map(|counts| counts.addressed),
            closed: counts.map(|counts| counts.closed),
            total: counts.map(DeficitCounts::total),
            closed_percent: counts.and_then(DeficitCounts::closed_percent),
        }
    }
}
