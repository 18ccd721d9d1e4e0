//! What a card of a route is, what may happen to it, and when it is drawn up anew. Pure.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::approvals::model::Act;
use crate::authz::Role;
use crate::learning_routes::model::{Rework, RouteContent};

/// A card of a route as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteCard {
    /// The id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// Number within the route, from 1.
    pub number: i32,
    /// Number of the version of the route that it was drawn up from.
    pub route_version: i32,
    /// Where it stands.
    pub state: RouteCardState,
    /// What the route said when it was handed in last.
    pub content: RouteContent,
    /// Why and until when it is to be reworked; only in rework.
    pub rework: Option<Rework>,
    /// Who handed it in.
    pub author_id: Option<Uuid>,
    /// The role whose right was used.
    pub author_role: Role,
    /// Day it was handed in last.
    pub submitted_on: NaiveDate,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// The act that approves it.
    pub act: Option<Act>,
    /// Why it was rejected, or ended with its route.
    pub close_reason: Option<String>,
    /// Row version.
    pub version: i64,
    /// When it was handed in first.
    pub created_at: DateTime<Utc>,
}

impl RouteCard {
    /// Whether the route says something else than the card, or was looked through since: an approved card is to be approved
    /// anew, and one under review is about what was (P3-22, P3-41).
    pub fn is_outdated(&self, route_version: i32) -> bool {
        let stands = matches!(
            self.state,
            RouteCardState::InReview | RouteCardState::Rework | RouteCardState::Approved
        );
        stands && self.route_version < route_version
    }
}

/// What documents about a route say of a card that was approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovedCard {
    /// The card.
    pub id: Uuid,
    /// Number within the route, from 1.
    pub number: i32,
    /// Day it was handed in last.
    pub submitted_on: NaiveDate,
    /// The act that approves it.
    pub act: Option<Act>,
    /// The route says something else since.
    pub outdated: bool,
}

/// Where a card stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RouteCardState {
    /// Passing its chain.
    InReview,
    /// Sent back.
    Rework,
    /// Approved.
    Approved,
    /// Refused.
    Rejected,
    /// Taken back.
    Withdrawn,
}

impl RouteCardState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::InReview, Self::Rework, Self::Approved, Self::Rejected, Self::Withdrawn];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InReview => "in_review",
            Self::Rework => "rework",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// What happens to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RouteCardEvent {
    /// Handed in again after rework.
    Submit,
    /// Approved.
    Approve,
    /// Sent back for rework.
    Return,
    /// Refused.
    Reject,
    /// Given up, or its request has ended.
    Withdraw,
}

impl RouteCardEvent {
    /// Every event.
    pub const ALL: [Self; 5] = [Self::Submit, Self::Approve, Self::Return, Self::Reject, Self::Withdraw];
}

/// What becomes of a card; none where that cannot happen to it.
pub const fn step(state: RouteCardState, event: RouteCardEvent) -> Option<RouteCardState> {
    use RouteCardState::{Approved, InReview, Rejected, Rework, Withdrawn};
    match (state, event) {
        (Rework, RouteCardEvent::Submit) => Some(InReview),
        (InReview, RouteCardEvent::Approve) => Some(Approved),
        (InReview, RouteCardEvent::Return) => Some(Rework),
        (InReview, RouteCardEvent::Reject) => Some(Rejected),
        (InReview | Rework, RouteCardEvent::Withdraw) => Some(Withdrawn),
        (InReview | Rework | Approved | Rejected | Withdrawn, _) => None,
    }
}

/// Which card is handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextCard {
    /// The one that was returned.
    Again,
    /// A new one of that number.
    New(i32),
}

/// Why no card can be handed in now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCard {
    /// One is in review.
    InReview,
    /// One is approved and says what the route says.
    UpToDate,
}

/// Which card is handed in when the newest one is this and the route stands at that version.
pub fn next(newest: Option<&RouteCard>, route_version: i32) -> Result<NextCard, NoCard> {
    let Some(card) = newest else { return Ok(NextCard::New(1)) };
    match card.state {
        RouteCardState::InReview => Err(NoCard::InReview),
        RouteCardState::Approved if !card.is_outdated(route_version) => Err(NoCard::UpToDate),
        RouteCardState::Rework => Ok(NextCard::Again),
        RouteCardState::Approved | RouteCardState::Rejected | RouteCardState::Withdrawn => {
            Ok(NextCard::New(card.number + 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing happens to a card that ended, and only one under review is approved.
    #[test]
    fn what_ended_stays_so() {
        for state in RouteCardState::ALL {
            for event in RouteCardEvent::ALL {
                let next = step(state, event);
                if !matches!(state, RouteCardState::InReview | RouteCardState::Rework) {
                    assert_eq!(next, None, "{state:?} {event:?}");
                }
                if next == Some(RouteCardState::Approved) {
                    assert_eq!(state, RouteCardState::InReview);
                }
            }
        }
    }

    #[test]
    fn names_lead_back() {
        for state in RouteCardState::ALL {
            assert_eq!(RouteCardState::parse(state.as_str()), Some(state));
        }
    }
}
