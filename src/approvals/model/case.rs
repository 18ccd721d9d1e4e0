//! A request with everything that belongs to it: its frozen steps and who decided what when.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::chain::{Chain, ChainError, Position, Seat, Step};
use super::event::{ActorFacts, Event};
use super::request::{Record, Request};
use super::state::State;
use crate::authz::Role;
use crate::regulations::profile::ApprovalSubjectKind;

/// What is known of a request beside its life.
#[derive(Debug, Clone)]
pub struct RequestHead {
    /// The request.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the organization, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The organization the subject belongs to.
    pub organization_id: Uuid,
    /// The person it is about.
    pub learner: Option<Uuid>,
    /// What is to be approved.
    pub subject_kind: ApprovalSubjectKind,
    /// Which one.
    pub subject_id: Uuid,
    /// Its title.
    pub title: String,
    /// The regulation of the case.
    pub regulation_id: Uuid,
    /// Where it stands.
    pub state: State,
    /// How often it has been submitted, from 1.
    pub round: u16,
    /// Last day of the open step.
    pub step_due_on: Option<NaiveDate>,
    /// The submitter; for a service its account.
    pub submitter: Uuid,
    /// The submitter, when a person.
    pub submitted_by_person_id: Option<Uuid>,
    /// When it was first submitted.
    pub submitted_at: DateTime<Utc>,
    /// When it came to its end.
    pub closed_at: Option<DateTime<Utc>>,
    /// The version; the number of its decisions.
    pub version: i64,
}

impl RequestHead {
    /// The last day of the open step or of the rework.
    pub const fn due_on(&self) -> Option<NaiveDate> {
        match &self.state {
            State::InReview { .. } => self.step_due_on,
            State::Returned { due_on, .. } => Some(*due_on),
            State::Draft | State::Approved | State::Rejected | State::Withdrawn | State::Lapsed => None,
        }
    }

    /// `true` when that day has passed (P0-42).
    pub fn overdue(&self, today: NaiveDate) -> bool {
        self.due_on().is_some_and(|due_on| due_on < today)
    }

    /// The step it waits at.
    pub const fn open_step(&self) -> Option<Position> {
        match &self.state {
            State::InReview { step, .. } => Some(*step),
            State::Draft
            | State::Returned { .. }
            | State::Approved
            | State::Rejected
            | State::Withdrawn
            | State::Lapsed => None,
        }
    }
}

/// A step of the regulation as it was frozen at submission.
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
}

/// A line of history with what a reader of it wants to know.
#[derive(Debug, Clone)]
pub struct Line {
    /// The decision.
    pub id: Uuid,
    /// What the rules need.
    pub record: Record,
    /// The account that decided.
    pub account_id: Option<Uuid>,
    /// The role it decided in.
    pub role: Option<Role>,
    /// When.
    pub decided_at: DateTime<Utc>,
}

/// Who caused an event, for the line of history.
#[derive(Debug, Clone, Copy)]
pub struct DecidedBy {
    /// The id of the line.
    pub id: Uuid,
    /// The account; `None` for the clock.
    pub account_id: Option<Uuid>,
    /// The role it acts in.
    pub role: Option<Role>,
    /// The moment.
    pub at: DateTime<Utc>,
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
}

/// A whole request.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is known of it.
    pub head: RequestHead,
    /// Every step, the passed over ones too, in their order.
    pub steps: Vec<FrozenStep>,
    /// The steps that are asked.
    pub chain: Chain,
    /// The request as the rules see it.
    pub request: Request,
    /// Its history, oldest first.
    pub lines: Vec<Line>,
}

impl Case {
    /// Puts a request together from what is stored of it.
    ///
    /// # Errors
    /// The steps are no chain.
    pub fn new(
        head: RequestHead,
        steps: Vec<FrozenStep>,
        lines: Vec<Line>,
        learner_agreed: bool,
        both_sides: bool,
    ) -> Result<Self, ChainError> {
        let asked = steps.iter().filter(|frozen| !frozen.skipped).map(|frozen| frozen.step.clone());
        let chain = Chain::new(asked.collect(), both_sides)?;
        let request = Request {
            submitter: head.submitter,
            learner: head.learner,
            learner_agreed,
            state: head.state.clone(),
            history: lines.iter().map(|line| line.record.clone()).collect(),
        };
        Ok(Self { head, steps, chain, request, lines })
    }

    /// Takes a permitted event over: the next version of the request, decided by that account in that role.
    #[must_use]
    pub fn after(mut self, to: State, record: Record, by: DecidedBy) -> Self {
        self.head.round = record.round.max(self.head.round);
        self.head.closed_at = to.is_final().then_some(by.at);
        self.head.version = self.head.version.saturating_add(1);
        self.head.state = to.clone();
        self.request.state = to;
        self.request.history.push(record.clone());
        self.head.step_due_on = self.request.due_on(&self.chain);
        self.lines.push(Line {
            id: by.id,
            record,
            account_id: by.account_id,
            role: by.role,
            decided_at: by.at,
        });
        self
    }

    /// `true` when a seat of the chain is the caller's: the request is entrusted to him or her.
    pub fn seats(&self, facts: &ActorFacts) -> bool {
        self.chain.steps().iter().any(|step| facts.sits_at(step, self.request.learner))
    }

    /// The frozen step at that place.
    pub fn frozen(&self, position: Position) -> Option<&FrozenStep> {
        self.steps.iter().find(|frozen| frozen.step.position == position)
    }

    /// Steps that wait for somebody now: the one the chain stands at, and every one that never holds it up.
    pub fn waiting(&self) -> Vec<&Step> {
        let Some(open) = self.head.open_step() else { return Vec::new() };
        let waits = |step: &&Step| {
            step.position == open || (!step.blocking && !self.request.taken().contains(&step.position))
        };
        self.chain.steps().iter().filter(waits).collect()
    }

    /// Where a step stands in the current round.
    pub fn step_state(&self, frozen: &FrozenStep) -> StepState {
        let at = frozen.step.position;
        if frozen.skipped {
            return StepState::Skipped;
        }
        let decided = self.request.history.iter().any(|record| {
            record.round == self.head.round
                && record.step == Some(at)
                && matches!(record.event, Event::Decide(_))
        });
        if decided || self.request.taken().contains(&at) {
            return StepState::Decided;
        }
        let waits = self.waiting().iter().any(|step| step.position == at);
        if waits { StepState::Open } else { StepState::Pending }
    }
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
