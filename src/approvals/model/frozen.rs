//! The steps of a request as they are frozen: from the regulation, or from whoever put one in later.

use uuid::Uuid;

use super::chain::{Position, Seat, Step};
use crate::authz::Role;

/// A step as it was frozen at submission, or as a senior put it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenStep {
    /// Stable name of the step in the regulation.
    pub key: String,
    /// What the rules need.
    pub step: Step,
    /// `true` when the step's organization is an association.
    pub in_association: bool,
    /// `true` when it was passed over because the seat was vacant.
    pub skipped: bool,
    /// Paragraph of the regulation.
    pub paragraph: Option<String>,
    /// The body that decides, where one does.
    pub council: Option<Council>,
    /// Where it was put in, when it is no step of the regulation.
    pub inserted: Option<Inserted>,
}

/// A body that decides together (P1-28): its seat records what it decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Council {
    /// Its name in Russian.
    pub ru: String,
    /// Its name in English.
    pub en: String,
}

/// Where and when a step was put into a running chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inserted {
    /// The step before which it stands.
    pub before: Position,
    /// The version of the request that putting it there led to.
    pub version: i64,
}

/// Where a frozen step stands in the current round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Its turn has not come.
    Pending,
    /// It waits for a decision.
    Open,
    /// It was decided in this round.
    Decided,
    /// It was passed over at submission.
    Skipped,
    /// Its deadline passed in this round, and the chain went on without it.
    PassedOver,
    /// It had been put in and was taken out again.
    Removed,
}

/// The seat of a step as it is stored: the organization, the association or the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SeatColumns {
    /// Where the role is held.
    pub organization_id: Option<Uuid>,
    /// The role.
    pub role: Option<Role>,
    /// The association whose head is asked.
    pub association_id: Option<Uuid>,
}

impl FrozenStep {
    /// The seat, taken apart.
    pub fn seat_columns(&self) -> SeatColumns {
        match self.step.seat {
            Seat::Learner => SeatColumns::default(),
            Seat::Role(role) => SeatColumns {
                organization_id: self.step.organization.filter(|_| !self.in_association),
                role: Some(role),
                association_id: self.step.organization.filter(|_| self.in_association),
            },
        }
    }
}
