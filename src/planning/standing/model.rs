//! Where something stands that was handed in for a decision: an application of a teacher, an offer to a school. Handing it
//! in begins its life; the chain of the regulation ends it. Pure.

use chrono::{DateTime, NaiveDate, Utc};

use crate::approvals::service::Submitted;
use crate::effects::ApprovalOutcome;

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StandingState {
    /// It passes its chain.
    InReview,
    /// Sent back to whoever handed it in.
    Rework,
    /// Allowed.
    Approved,
    /// Refused, with a reason.
    Rejected,
    /// Taken back, or its request ended undecided.
    Withdrawn,
}

impl StandingState {
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

/// What is to be reworked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rework {
    /// What.
    pub reason: String,
    /// Until when.
    pub due_on: NaiveDate,
}

/// Where it stands, and what was said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: StandingState,
    /// Only in rework.
    pub rework: Option<Rework>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// When it was allowed or refused.
    pub decided_at: Option<DateTime<Utc>>,
}

impl Standing {
    /// Being handed in for the first time: the chain has said nothing yet.
    pub const fn begun() -> Self {
        Self { state: StandingState::InReview, rework: None, reason: None, decided_at: None }
    }

    /// Handed in, for the first time or again: what was said before is over.
    pub fn handed_in(submitted: &Submitted, now: DateTime<Utc>) -> Self {
        let state = match submitted {
            Submitted::InReview { .. } => StandingState::InReview,
            // The submission took every step itself, or the regulation asks nobody.
            Submitted::Approved { .. } | Submitted::NoChainNeeded => StandingState::Approved,
        };
        let decided_at = (state == StandingState::Approved).then_some(now);
        Self { state, rework: None, reason: None, decided_at }
    }

    /// Whether it may be handed in again.
    pub fn comes_again(&self) -> bool {
        self.state == StandingState::Rework
    }

    /// Whether it may be taken back.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, StandingState::InReview | StandingState::Rework)
    }

    /// Where it stands after it was taken back.
    pub const fn withdrawn() -> Self {
        Self { state: StandingState::Withdrawn, rework: None, reason: None, decided_at: None }
    }

    /// Where it stands after its approval, or a round of it, has ended; none where that cannot be.
    pub fn after(&self, outcome: &ApprovalOutcome, now: DateTime<Utc>) -> Option<Self> {
        let reviewed = self.state == StandingState::InReview;
        match outcome {
            ApprovalOutcome::Approved { .. } => reviewed.then_some(Self {
                state: StandingState::Approved,
                rework: None,
                reason: None,
                decided_at: Some(now),
            }),
            ApprovalOutcome::Rejected { reason } => reviewed.then(|| Self {
                state: StandingState::Rejected,
                rework: None,
                reason: Some(reason.clone()),
                decided_at: Some(now),
            }),
            ApprovalOutcome::Returned { reason, due_on } => reviewed.then(|| Self {
                state: StandingState::Rework,
                rework: Some(Rework { reason: reason.clone(), due_on: *due_on }),
                reason: None,
                decided_at: None,
            }),
            ApprovalOutcome::Withdrawn | ApprovalOutcome::Lapsed => {
                self.is_open().then_some(Self::withdrawn())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(state: StandingState) -> Standing {
        Standing { state, rework: None, reason: None, decided_at: None }
    }

    /// What was decided or taken back stays so, whatever the chain says later.
    #[test]
    fn what_ended_stays_so() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let outcomes = [
            ApprovalOutcome::Approved { act: None },
            ApprovalOutcome::Rejected { reason: "нет замены".to_owned() },
            ApprovalOutcome::Returned { reason: "даты".to_owned(), due_on: now.date_naive() },
            ApprovalOutcome::Withdrawn,
            ApprovalOutcome::Lapsed,
        ];
        for state in [StandingState::Approved, StandingState::Rejected, StandingState::Withdrawn] {
            for outcome in &outcomes {
                assert_eq!(at(state).after(outcome, now), None, "{state:?} {}", outcome.as_str());
            }
        }
        let refused = at(StandingState::InReview).after(&outcomes[1], now).unwrap();
        assert_eq!((refused.state, refused.reason.as_deref()), (StandingState::Rejected, Some("нет замены")));
        assert!(at(StandingState::InReview).after(&outcomes[2], now).unwrap().comes_again());
    }

    #[test]
    fn names_lead_back() {
        for state in StandingState::ALL {
            assert_eq!(StandingState::parse(state.as_str()), Some(state));
        }
    }
}
