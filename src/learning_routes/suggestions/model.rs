//! What a suggestion is, and how it lives.

use uuid::Uuid;

pub use super::vocabulary::{SuggestionDecision, SuggestionState};
use crate::authz::Role;
use crate::learning_routes::model::NewActivity;
use crate::regulations::profile::{RouteParticipation, RouteProfile};

/// A line suggested for a route.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// The id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// Who suggests it.
    pub author_id: Uuid,
    /// In which role.
    pub author_role: Role,
    /// The line.
    pub line: NewActivity,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: SuggestionState,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// Words of the decision.
    pub decision_note: Option<String>,
    /// The line it became.
    pub activity_id: Option<Uuid>,
    /// Row version.
    pub version: i64,
}

/// Who may suggest lines: the customers, teacher and head (P1-34), and whoever else forms routes by the regulation.
pub fn suggesters(rules: &RouteProfile) -> Vec<Role> {
    let mut roles = vec![Role::Teacher, Role::Director];
    let forms =
        rules.people.participants.iter().filter(|rule| rule.participation == RouteParticipation::Forms);
    roles.extend(forms.map(|rule| rule.role));
    roles
}
