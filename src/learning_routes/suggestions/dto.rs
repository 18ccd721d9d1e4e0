//! What travels about suggestions.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Suggestion, SuggestionDecision, SuggestionState};
use super::service::Offered;
use crate::authz::Role;
use crate::http::page_view;
use crate::learning_routes::dto::RouteActivityBody;

/// A line to be suggested.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteSuggestionCreate {
    /// The line.
    #[validate(nested)]
    pub activity: RouteActivityBody,
    /// Why (обоснование).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Школе нужен педагог, владеющий методикой")]
    pub reason: String,
}

/// A decision on a suggestion.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteSuggestionDecision {
    /// What is decided.
    pub decision: SuggestionDecision,
    /// Words; needed to decline.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub note: Option<String>,
}

/// A line suggested for a route (предложение).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteSuggestion)]
pub struct RouteSuggestionView {
    /// The suggestion's id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// Who suggests it.
    pub author_id: Uuid,
    /// In which role.
    pub author_role: Role,
    /// The line.
    pub activity: RouteActivityBody,
    /// Why.
    #[schema(max_length = 4000)]
    pub reason: String,
    /// Where it stands.
    pub state: SuggestionState,
    /// Who accepted or declined it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Uuid>,
    /// Words of the decision.
    #[schema(max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_note: Option<String>,
    /// The line it became.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<Uuid>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<Offered> for RouteSuggestionView {
    fn from(offered: Offered) -> Self {
        let suggestion: Suggestion = offered.suggestion;
        Self {
            id: suggestion.id,
            route_id: suggestion.route_id,
            author_id: suggestion.author_id,
            author_role: suggestion.author_role,
            activity: suggestion.line.into(),
            reason: suggestion.reason,
            state: suggestion.state,
            decided_by: suggestion.decided_by,
            decision_note: suggestion.decision_note,
            activity_id: suggestion.activity_id,
            allowed_actions: offered.allowed_actions,
        }
    }
}

page_view! {
    /// One page of suggestions, oldest first.
    RouteSuggestionPage of RouteSuggestionView
}

/// Which suggestions to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RouteSuggestionQuery {
    /// Only in this state.
    pub state: Option<SuggestionState>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}
