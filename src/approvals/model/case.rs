//! A request with everything that belongs to it: its frozen steps and who decided what when.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::chain::{Chain, ChainError, Position, Step};
use super::deadline::OnDeadline;
use super::event::{ActorFacts, Event};
use super::frozen::{FrozenStep, Inserted, StepState};
use super::request::{Record, Request};
use super::seats::Seats;
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
    /// The substitution in force, when it was decided in the name of somebody else.
    pub substitution_id: Option<Uuid>,
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
    /// The substitution by which it acts for somebody else.
    pub substitution_id: Option<Uuid>,
    /// The moment.
    pub at: DateTime<Utc>,
}

/// A whole request.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is known of it.
    pub head: RequestHead,
    /// Every step, those too that were passed over or taken out again, in their order.
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
        // Read without a lock, the steps may be newer than the request: those are not of this version.
        let version = head.version;
        let (mut inserted, mut steps): (Vec<_>, Vec<_>) = steps
            .into_iter()
            .filter(|frozen| frozen.inserted.is_none_or(|inserted| inserted.version <= version))
            .partition(|frozen| frozen.inserted.is_some());
        let asked = steps.iter().filter(|frozen| !frozen.skipped).map(|frozen| frozen.step.clone());
        let mut chain = Chain::new(asked.collect(), both_sides)?;
        inserted.sort_by_key(|frozen| frozen.inserted.map(|inserted| inserted.version));
        for frozen in inserted {
            chain = put_in(chain, &mut steps, frozen)?;
        }
        for line in &lines {
            if let Event::Remove { step, .. } = &line.record.event {
                chain = chain.without(*step)?;
            }
        }
        let request = Request {
            submitter: head.submitter,
            learner: head.learner,
            learner_agreed,
            learner_left: false,
            state: head.state.clone(),
            history: lines.iter().map(|line| line.record.clone()).collect(),
        };
        Ok(Self { head, steps, chain, request, lines })
    }

    /// Takes a permitted event over: the next version of the request, decided by that account in that role.
    ///
    /// # Errors
    /// The event puts in a step that the chain cannot have, or takes out one that it must have.
    pub fn after(mut self, to: State, mut record: Record, by: DecidedBy) -> Result<Self, ChainError> {
        self.head.round = record.round.max(self.head.round);
        self.head.closed_at = to.is_final().then_some(by.at);
        self.head.version = self.head.version.saturating_add(1);
        self.head.state = to.clone();
        self.request.state = to;
        if let Event::Insert(insertion) = &mut record.event {
            insertion.step.inserted = Some(Inserted { before: insertion.before, version: self.head.version });
            self.chain = put_in(self.chain, &mut self.steps, (*insertion.step).clone())?;
        }
        if let Event::Remove { step, .. } = &record.event {
            self.chain = self.chain.without(*step)?;
        }
        self.request.history.push(record.clone());
        self.head.step_due_on = self.request.due_on(&self.chain);
        self.lines.push(Line {
            id: by.id,
            record,
            account_id: by.account_id,
            role: by.role,
            substitution_id: by.substitution_id,
            decided_at: by.at,
        });
        Ok(self)
    }

    /// Who put the step in, when it is no step of the regulation.
    pub fn inserted_by(&self, frozen: &FrozenStep) -> Option<Uuid> {
        frozen.inserted?;
        let put_in = |record: &&Record| {
            matches!(record.event, Event::Insert(_)) && record.step == Some(frozen.step.position)
        };
        self.request.history.iter().find(put_in)?.actor
    }

    /// The number that the next step gets that somebody puts in.
    pub fn next_number(&self) -> Position {
        let numbers = self.steps.iter().map(|frozen| frozen.step.position.0);
        Position(numbers.max().unwrap_or_default().saturating_add(1))
    }

    /// `true` when a seat of the chain is the caller's, in whosever name: the request is entrusted to him or her.
    pub fn seats(&self, seats: &Seats) -> bool {
        let sits = |facts: &ActorFacts| {
            self.chain.steps().iter().any(|step| facts.sits_at(step, self.request.learner))
        };
        seats.names().iter().any(sits)
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
        if self.chain.at(at).is_none() {
            return StepState::Removed;
        }
        let of_round = |record: &&Record| record.round == self.head.round && record.step == Some(at);
        let mut here = self.request.history.iter().filter(of_round);
        if here.clone().any(|record| matches!(record.event, Event::Decide(_)))
            || self.request.taken().contains(&at)
        {
            return StepState::Decided;
        }
        let escalates = self.chain.at_deadline(&frozen.step, self.request.taken()) == OnDeadline::Escalate;
        if escalates && here.any(|record| record.event == Event::Deadline) {
            return StepState::PassedOver;
        }
        let waits = self.waiting().iter().any(|step| step.position == at);
        if waits { StepState::Open } else { StepState::Pending }
    }
}

/// Puts a step into the chain and among the frozen steps, at the same place.
fn put_in(chain: Chain, steps: &mut Vec<FrozenStep>, frozen: FrozenStep) -> Result<Chain, ChainError> {
    let Some(Inserted { before, .. }) = frozen.inserted else {
        return Err(ChainError::Nowhere(frozen.step.position));
    };
    let place = steps.iter().position(|other| other.step.position == before);
    let place = place.ok_or(ChainError::Nowhere(before))?;
    let chain = chain.insert(before, frozen.step.clone())?;
    steps.insert(place, frozen);
    Ok(chain)
}
