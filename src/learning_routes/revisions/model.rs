//! What a revision is, what may happen to it, and what it may not change. Pure.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::authz::Role;
use crate::error::{FieldProblem, Text};
use crate::learning_routes::model::{Rework, RouteContent};

/// A revision of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// What it is made for.
    pub cause: RevisionCause,
    /// The petition it answers (P0-25).
    pub petition_id: Option<Uuid>,
    /// Why the route changes.
    pub reason: String,
    /// What the route will say.
    pub content: RouteContent,
    /// Where it stands.
    pub state: RevisionState,
    /// Why and until when it is to be reworked; only in rework.
    pub rework: Option<Rework>,
    /// Who drafted it.
    pub author_id: Option<Uuid>,
    /// The role whose right was used.
    pub author_role: Role,
    /// Day the route took it over.
    pub applied_on: Option<NaiveDate>,
    /// Why it was rejected, or lapsed.
    pub close_reason: Option<String>,
    /// Row version.
    pub version: i64,
    /// When it was drafted.
    pub created_at: DateTime<Utc>,
}

/// What a revision is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RevisionCause {
    /// Something is to be put right.
    Correction,
    /// Somebody petitioned for it.
    Petition,
    /// Control found that the plan must change (P1-53).
    Control,
    /// The update of the period (P3-41).
    PeriodicUpdate,
}

impl RevisionCause {
    /// Every cause.
    pub const ALL: [Self; 4] = [Self::Correction, Self::Petition, Self::Control, Self::PeriodicUpdate];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Petition => "petition",
            Self::Control => "control",
            Self::PeriodicUpdate => "periodic_update",
        }
    }

    /// The cause of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == name)
    }
}

/// Where a revision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RevisionState {
    /// Being written.
    Draft,
    /// Passing its chain.
    InReview,
    /// Sent back.
    Rework,
    /// The route says it now.
    Applied,
    /// Refused.
    Rejected,
    /// Taken back.
    Withdrawn,
    /// Its route ended first.
    Lapsed,
}

impl RevisionState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::InReview,
        Self::Rework,
        Self::Applied,
        Self::Rejected,
        Self::Withdrawn,
        Self::Lapsed,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Rework => "rework",
            Self::Applied => "applied",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether nothing happens to it any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Applied | Self::Rejected | Self::Withdrawn | Self::Lapsed)
    }
}

/// What happens to a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RevisionEvent {
    /// Its content is changed.
    Edit,
    /// Handed in.
    Submit,
    /// Agreed: the route takes it over.
    Apply,
    /// Sent back for rework.
    Return,
    /// Refused.
    Reject,
    /// Its request lapsed or was taken back.
    Reopen,
    /// Given up.
    Withdraw,
    /// Its route ended.
    Lapse,
}

impl RevisionEvent {
    /// Every event.
    pub const ALL: [Self; 8] = [
        Self::Edit,
        Self::Submit,
        Self::Apply,
        Self::Return,
        Self::Reject,
        Self::Reopen,
        Self::Withdraw,
        Self::Lapse,
    ];
}

/// What becomes of a revision; none where that cannot happen to it.
pub const fn step(state: RevisionState, event: RevisionEvent) -> Option<RevisionState> {
    use RevisionState::{Applied, Draft, InReview, Lapsed, Rejected, Rework, Withdrawn};
    match (state, event) {
        (Draft | Rework, RevisionEvent::Edit) => Some(state),
        (Draft | Rework, RevisionEvent::Submit) => Some(InReview),
        (InReview, RevisionEvent::Apply) => Some(Applied),
        (InReview, RevisionEvent::Return) => Some(Rework),
        (InReview, RevisionEvent::Reject) => Some(Rejected),
        // A returned request may end as well: its rework was not done in time, or the learner has left.
        (InReview | Rework, RevisionEvent::Reopen) => Some(Draft),
        (Draft | InReview | Rework, RevisionEvent::Withdraw) => Some(Withdrawn),
        (Draft | InReview | Rework, RevisionEvent::Lapse) => Some(Lapsed),
        (Draft | Rework, _) | (InReview | Applied | Rejected | Withdrawn | Lapsed, _) => None,
    }
}

/// What a revision may not do to a route in force: change or drop what is done, end it in the past, change nothing. That
/// the route was looked through and stays as it is takes no revision.
pub fn check(now: &RouteContent, revised: &RouteContent, today: NaiveDate) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    for done in now.activities.iter().filter(|activity| activity.state.completed_on().is_some()) {
        let place = revised.activities.iter().position(|activity| activity.id == done.id);
        let kept = revised.activities.iter().find(|activity| activity.id == done.id);
        match (place, kept) {
            (Some(index), Some(kept)) if kept.data != done.data => problems.push(FieldProblem::new(
                format!("/content/activities/{index}"),
                "completed_activity_changed",
                Text::new("Завершённое мероприятие не меняется", "An activity that is done is not changed"),
            )),
            (Some(_), _) => {}
            (None, _) => problems.push(FieldProblem::new(
                "/content/activities",
                "completed_activity_removed",
                Text::owned(
                    format!("Завершённое мероприятие «{}» не исключается", done.data.title),
                    format!("The activity \"{}\" is done and cannot be taken out", done.data.title),
                ),
            )),
        }
    }
    if revised.ends_on < today && revised.ends_on != now.ends_on {
        problems.push(FieldProblem::new(
            "/content/ends_on",
            "term_shortened_past",
            Text::new("Срок уже прошёл", "The term would be over already"),
        ));
    }
    if now == revised {
        problems.push(FieldProblem::new(
            "/content",
            "nothing_changed",
            Text::new("Ничего не изменилось", "Nothing is changed"),
        ));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing happens to a revision that ended, and only one under review is taken over.
    #[test]
    fn what_ended_stays_so() {
        for state in RevisionState::ALL {
            for event in RevisionEvent::ALL {
                let next = step(state, event);
                if state.is_final() {
                    assert_eq!(next, None, "{state:?} {event:?}");
                }
                if next == Some(RevisionState::Applied) {
                    assert_eq!(state, RevisionState::InReview);
                }
            }
        }
    }

    #[test]
    fn names_lead_back() {
        for state in RevisionState::ALL {
            assert_eq!(RevisionState::parse(state.as_str()), Some(state));
        }
        for cause in RevisionCause::ALL {
            assert_eq!(RevisionCause::parse(cause.as_str()), Some(cause));
        }
    }
}
