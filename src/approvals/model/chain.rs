//! The frozen chain of a request: which steps, by whom, in which order.

use std::fmt;

use chrono::NaiveDate;
use uuid::Uuid;

use super::deadline::{Deadline, OnDeadline};
use super::event::HeldSeat;
use crate::authz::Role;

/// A step's number: a stable name within its chain. The order of the steps is that of the chain, not of their numbers: a
/// step that a senior inserts gets the next free number, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub u16);

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a step asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// Agreement of a side (согласование).
    Endorse,
    /// Approval, with or without a numbered act (утверждение).
    Approve,
    /// Opinions of a council or an association (обсуждение); never holds the chain up (P1-28).
    Discuss,
    /// Consent of the learner himself or herself (P4-11).
    Consent,
    /// A note that one has read it (ознакомление).
    Acknowledge,
}

impl StepKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Endorse, Self::Approve, Self::Discuss, Self::Consent, Self::Acknowledge];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Endorse => "endorse",
            Self::Approve => "approve",
            Self::Discuss => "discuss",
            Self::Consent => "consent",
            Self::Acknowledge => "acknowledge",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// `true` where separation of duties applies: decisions of substance about somebody else's request.
    pub const fn is_of_substance(self) -> bool {
        matches!(self, Self::Endorse | Self::Approve)
    }
}

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Seat {
    /// Whoever holds the role at the step's organization.
    Role(Role),
    /// The person whom the request is about.
    Learner,
}

/// One frozen step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The number in the chain.
    pub position: Position,
    /// What is asked for.
    pub kind: StepKind,
    /// Who is asked.
    pub seat: Seat,
    /// The organization (or association) where the role is held; `None` for the learner's own steps.
    pub organization: Option<Uuid>,
    /// `true` when the chain waits for this step.
    pub blocking: bool,
    /// `true` when the decision needs the number and date of an act (P1-29).
    pub act_required: bool,
    /// `true` when the decision needs words, also when positive; a discussion always does.
    pub text_required: bool,
    /// `true` when the step may return the subject for rework (P0-42).
    pub may_return: bool,
    /// `true` when submitting takes the step if the submitter sits at it. Never for an approval.
    pub taken_by_submission: bool,
    /// The time given.
    pub deadline: Option<Deadline>,
    /// What happens then.
    pub on_deadline: OnDeadline,
    /// `true` when a body decides and the seat records it (P1-28).
    pub group: bool,
    /// `true` when the record names the protocol of the meeting.
    pub protocol_required: bool,
}

impl Step {
    /// Who is asked, where it is not the learner.
    pub fn held_seat(&self) -> Option<HeldSeat> {
        match self.seat {
            Seat::Role(role) => self.organization.map(|organization| HeldSeat { role, organization }),
            Seat::Learner => None,
        }
    }

    /// The last day for the step when it was opened on that day.
    pub fn due_on(&self, opened_on: NaiveDate) -> Option<NaiveDate> {
        self.deadline.map(|deadline| deadline.last_day(opened_on))
    }
}

/// Why a list of steps is not a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// No step holds the request up, so nobody would ever decide.
    #[error("the chain has no blocking step")]
    NothingBlocks,
    /// Two steps of one number.
    #[error("there are two steps {0}")]
    Twice(Position),
    /// A step is to stand before one that is not there.
    #[error("there is no step {0} to stand before")]
    Nowhere(Position),
    /// A discussion would hold the chain up (P1-28), or an approval would not.
    #[error("step {0} must not be blocking if it is a discussion, and must be if it is an approval")]
    Blocking(Position),
    /// Consent belongs to the learner (P4-11), a decision of substance to a role.
    #[error("step {0} is held by the wrong kind of seat")]
    Seat(Position),
    /// Only decisions of substance carry an act.
    #[error("step {0} cannot require an act")]
    Act(Position),
    /// Nobody approves by submitting.
    #[error("step {0} cannot be taken by submission")]
    Submission(Position),
}

/// A valid chain: at least one blocking step, every number once, seats that fit the kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    steps: Vec<Step>,
    both_sides: bool,
    inserted: Vec<Position>,
}

impl Chain {
    /// Checks the steps. With `both_sides` the learner and an organization must both have agreed (P0-6).
    ///
    /// # Errors
    /// The first rule of a chain that the list breaks.
    pub fn new(steps: Vec<Step>, both_sides: bool) -> Result<Self, ChainError> {
        let mut before: Vec<Position> = Vec::new();
        for step in &steps {
            if before.contains(&step.position) {
                return Err(ChainError::Twice(step.position));
            }
            before.push(step.position);
            check(step)?;
        }
        if !steps.iter().any(|step| step.blocking) {
            return Err(ChainError::NothingBlocks);
        }
        Ok(Self { steps, both_sides, inserted: Vec::new() })
    }

    /// The chain with one more step, put before another.
    ///
    /// # Errors
    /// There is no such other step, the number is taken, or the step is none that a chain may have.
    pub fn insert(mut self, before: Position, step: Step) -> Result<Self, ChainError> {
        if self.at(step.position).is_some() {
            return Err(ChainError::Twice(step.position));
        }
        check(&step)?;
        let place = self.place(before).ok_or(ChainError::Nowhere(before))?;
        self.inserted.push(step.position);
        self.steps.insert(place, step);
        Ok(self)
    }

    /// The chain without a step that somebody had put in.
    ///
    /// # Errors
    /// The step is the regulation's, or there is none of that number.
    pub fn without(mut self, position: Position) -> Result<Self, ChainError> {
        let place = self.place(position).filter(|_| self.was_put_in(position));
        let place = place.ok_or(ChainError::Nowhere(position))?;
        self.steps.remove(place);
        self.inserted.retain(|at| *at != position);
        Ok(self)
    }

    /// `true` when somebody has put the step in: the regulation knows nothing of it.
    pub fn was_put_in(&self, position: Position) -> bool {
        self.inserted.contains(&position)
    }

    /// The chain as it was handed in, before anybody put a step in.
    #[must_use]
    pub fn original(&self) -> Self {
        let handed_in = |step: &&Step| !self.inserted.contains(&step.position);
        Self {
            steps: self.steps.iter().filter(handed_in).cloned().collect(),
            both_sides: self.both_sides,
            inserted: Vec::new(),
        }
    }

    /// The steps in their order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// `true` when the learner and an organization must both have agreed (P0-6).
    pub const fn both_sides(&self) -> bool {
        self.both_sides
    }

    /// The step of that number.
    pub fn at(&self, position: Position) -> Option<&Step> {
        self.steps.iter().find(|step| step.position == position)
    }

    /// Where the step of that number stands, from 0.
    pub fn place(&self, position: Position) -> Option<usize> {
        self.steps.iter().position(|step| step.position == position)
    }

    /// `true` when the one step stands before the other.
    pub fn stands_before(&self, one: Position, other: Position) -> bool {
        self.place(one) < self.place(other)
    }

    /// The steps that the request waits for, in their order.
    pub fn blocking(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.blocking)
    }

    /// The steps that come after one; all of them after none.
    pub fn after(&self, position: Option<Position>) -> impl Iterator<Item = &Step> {
        let passed = position.and_then(|at| self.place(at)).map_or(0, |place| place.saturating_add(1));
        self.steps.iter().skip(passed)
    }

    /// What the deadline of a step leads to, when the submission took those steps. Nobody's approval and nobody's consent
    /// is passed over, and no step after which nobody would decide any more: of these the seat is reminded.
    pub fn at_deadline(&self, step: &Step, taken: &[Position]) -> OnDeadline {
        let may_be_passed = matches!(step.kind, StepKind::Endorse | StepKind::Acknowledge);
        let decides =
            |later: &Step| later.blocking && later.kind.is_of_substance() && !taken.contains(&later.position);
        match step.on_deadline {
            OnDeadline::Escalate if !(may_be_passed && self.after(Some(step.position)).any(decides)) => {
                OnDeadline::Remind
            }
            behaviour => behaviour,
        }
    }
}

fn check(step: &Step) -> Result<(), ChainError> {
    let at = step.position;
    let (blocking_fits, seat_fits) = match step.kind {
        StepKind::Approve => (step.blocking, step.seat != Seat::Learner),
        StepKind::Endorse => (true, step.seat != Seat::Learner),
        StepKind::Consent => (true, step.seat == Seat::Learner),
        StepKind::Discuss => (!step.blocking, true),
        StepKind::Acknowledge => (true, true),
    };
    if !blocking_fits {
        return Err(ChainError::Blocking(at));
    }
    if !seat_fits || (step.group && step.seat == Seat::Learner) {
        return Err(ChainError::Seat(at));
    }
    if step.act_required && !step.kind.is_of_substance() {
        return Err(ChainError::Act(at));
    }
    if step.taken_by_submission && step.kind == StepKind::Approve {
        return Err(ChainError::Submission(at));
    }
    Ok(())
}
