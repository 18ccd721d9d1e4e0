//! The frozen chain of a request: which steps, by whom, in which order.

use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};
use uuid::Uuid;

use crate::authz::Role;
use crate::values::period::next_day;

/// A step's place in its chain. Places rise but may leave gaps, so that a senior can insert a step later.
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

/// What happens when a step's deadline has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnDeadline {
    /// The seat is reminded once.
    Remind,
    /// A superior may take the step as well.
    Escalate,
    /// The request ends.
    Lapse,
    /// Nothing: lateness is only shown.
    Nothing,
}

impl OnDeadline {
    /// Every behaviour.
    pub const ALL: [Self; 4] = [Self::Remind, Self::Escalate, Self::Lapse, Self::Nothing];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Remind => "remind",
            Self::Escalate => "escalate",
            Self::Lapse => "lapse",
            Self::Nothing => "nothing",
        }
    }

    /// The behaviour of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|behaviour| behaviour.as_str() == name)
    }
}

/// The time given to a step, from the day it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// How many days.
    pub days: u16,
    /// `true` when Saturdays and Sundays are not counted. Public holidays are not known here.
    pub working: bool,
}

impl Deadline {
    /// The last day for a step opened on that day.
    pub fn last_day(self, opened_on: NaiveDate) -> NaiveDate {
        let counts = |day: &NaiveDate| !self.working || !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let days = std::iter::successors(Some(next_day(opened_on)), |day| Some(next_day(*day)));
        let last = usize::from(self.days).checked_sub(1).and_then(|index| days.filter(counts).nth(index));
        last.unwrap_or(opened_on)
    }
}

/// One frozen step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The place in the chain.
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
}

impl Step {
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
    /// Positions do not rise.
    #[error("step {0} does not stand after the step before it")]
    Order(Position),
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

/// A valid chain: at least one blocking step, positions rising, seats that fit the kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    steps: Vec<Step>,
    both_sides: bool,
}

impl Chain {
    /// Checks the steps. With `both_sides` the learner and an organization must both have agreed (P0-6).
    ///
    /// # Errors
    /// The first rule of a chain that the list breaks.
    pub fn new(steps: Vec<Step>, both_sides: bool) -> Result<Self, ChainError> {
        let mut before = None;
        for step in &steps {
            let at = step.position;
            if before.is_some_and(|before| before >= at) {
                return Err(ChainError::Order(at));
            }
            before = Some(at);
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
            if !seat_fits {
                return Err(ChainError::Seat(at));
            }
            if step.act_required && !step.kind.is_of_substance() {
                return Err(ChainError::Act(at));
            }
            if step.taken_by_submission && step.kind == StepKind::Approve {
                return Err(ChainError::Submission(at));
            }
        }
        if !steps.iter().any(|step| step.blocking) {
            return Err(ChainError::NothingBlocks);
        }
        Ok(Self { steps, both_sides })
    }

    /// The steps in their order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// `true` when the learner and an organization must both have agreed (P0-6).
    pub const fn both_sides(&self) -> bool {
        self.both_sides
    }

    /// The step at that place.
    pub fn at(&self, position: Position) -> Option<&Step> {
        self.steps.iter().find(|step| step.position == position)
    }

    /// The steps that the request waits for, in their order.
    pub fn blocking(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.blocking)
    }
}
