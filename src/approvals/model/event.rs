//! What can happen to a request, and who makes it happen.

use chrono::NaiveDate;
use uuid::Uuid;

use super::chain::{Position, Seat, Step, StepKind};
use super::frozen::FrozenStep;
use super::meeting::Meeting;
use crate::authz::Role;

/// The number and date of an administrative act (приказ).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The number as written.
    pub number: String,
    /// The date of the act.
    pub date: NaiveDate,
}

/// The positive decisions; each answers the step kind of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecisionKind {
    /// Agrees (согласовано).
    Endorse,
    /// Approves (утверждено).
    Approve,
    /// The learner consents.
    Consent,
    /// Has read it (ознакомлен).
    Acknowledge,
    /// Says what one thinks of it; the answer to a discussion.
    Opinion,
}

impl DecisionKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Endorse, Self::Approve, Self::Consent, Self::Acknowledge, Self::Opinion];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Endorse => "endorse",
            Self::Approve => "approve",
            Self::Consent => "consent",
            Self::Acknowledge => "acknowledge",
            Self::Opinion => "opinion",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The kind of step it answers.
    pub const fn answers(self) -> StepKind {
        match self {
            Self::Endorse => StepKind::Endorse,
            Self::Approve => StepKind::Approve,
            Self::Consent => StepKind::Consent,
            Self::Acknowledge => StepKind::Acknowledge,
            Self::Opinion => StepKind::Discuss,
        }
    }

    /// The decision that a step of that kind waits for.
    pub const fn for_step(kind: StepKind) -> Self {
        match kind {
            StepKind::Endorse => Self::Endorse,
            StepKind::Approve => Self::Approve,
            StepKind::Discuss => Self::Opinion,
            StepKind::Consent => Self::Consent,
            StepKind::Acknowledge => Self::Acknowledge,
        }
    }
}

/// A positive decision on a named step. Naming it keeps a late second decider from deciding the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The step that is decided.
    pub step: Position,
    /// What is decided.
    pub kind: DecisionKind,
    /// The act, where the step needs one (P1-29).
    pub act: Option<Act>,
    /// A remark; the opinion itself in a discussion.
    pub text: Option<String>,
    /// The meeting of the body that decided, where one does (P1-28).
    pub meeting: Option<Meeting>,
}

/// A step that somebody who is asked wants another to take first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    /// The own step, before which it is put.
    pub before: Position,
    /// The new step.
    pub step: Box<FrozenStep>,
    /// Why; never blank.
    pub reason: String,
}

/// What happens to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Handed in, or handed in again after rework.
    Submit {
        /// The version of the subject that is handed in; unknown of what was handed in before it was kept.
        subject_version: Option<i64>,
    },
    /// A positive decision.
    Decide(Decision),
    /// Sent back for rework by whoever is at the current step (P0-42).
    Return {
        /// What to rework; never blank.
        reason: String,
        /// By when; today or later.
        due_on: NaiveDate,
    },
    /// Refused by whoever is at the current step.
    Reject {
        /// Why; never blank.
        reason: String,
    },
    /// Taken back by the submitter, or for the submitter by somebody who answers for the organization.
    Withdraw {
        /// Why; always there when it is not the submitter.
        reason: Option<String>,
    },
    /// The deadline of the current step has passed; only the clock says so.
    Deadline,
    /// Somebody who is asked puts another step before the own one.
    Insert(Insertion),
    /// Somebody who decides later takes a step out again that had been put in.
    Remove {
        /// Which.
        step: Position,
        /// Why; never blank.
        reason: String,
    },
    /// The learner works at the organization no longer; only the clock says so.
    LearnerLeft,
    /// What the request is about has ended with the thing it belongs to; said by the resource that owns it, in the name
    /// of whoever ended that.
    SubjectEnded {
        /// Why; never blank.
        reason: String,
    },
}

impl Event {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Submit { .. } => "submit",
            Self::Decide(decision) => decision.kind.as_str(),
            Self::Return { .. } => "return",
            Self::Reject { .. } => "reject",
            Self::Withdraw { .. } => "withdraw",
            Self::Deadline => "deadline",
            Self::Insert(_) => "insert",
            Self::Remove { .. } => "remove",
            Self::LearnerLeft => "learner_left",
            Self::SubjectEnded { .. } => "subject_ended",
        }
    }

    /// `true` when a round begins with it.
    pub const fn is_submission(&self) -> bool {
        matches!(self, Self::Submit { .. })
    }
}

/// A role held at an organization on the day of the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HeldSeat {
    /// The role.
    pub role: Role,
    /// The organization (or association) where it is held.
    pub organization: Uuid,
}

/// What the rules need to know about the person who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorFacts {
    /// Who acts.
    pub person: Uuid,
    /// The absent person whose seat is taken by delegation or substitution.
    pub acting_for: Option<Uuid>,
    /// The seats held today; those of the absent person when somebody acts for him or her.
    pub seats: Vec<HeldSeat>,
}

impl ActorFacts {
    /// `true` when this person, or the one acted for, is `person`.
    pub fn stands_for(&self, person: Uuid) -> bool {
        self.person == person || self.acting_for == Some(person)
    }

    /// `true` when the step is this person's to take.
    pub fn sits_at(&self, step: &Step, learner: Option<Uuid>) -> bool {
        match step.seat {
            // A consent or a note of one's own cannot be given by somebody else.
            Seat::Learner => self.acting_for.is_none() && learner == Some(self.person),
            Seat::Role(role) => self
                .seats
                .iter()
                .any(|held| held.role == role && step.organization == Some(held.organization)),
        }
    }
}

/// Who makes an event happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A person.
    Person(ActorFacts),
    /// Somebody who answers for the organization, by the policy and not by a seat of the chain: frees a request for whoever
    /// submitted it, and does nothing else.
    Superior(ActorFacts),
    /// The sweep over deadlines.
    Clock,
}
