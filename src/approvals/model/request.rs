//! A request and its history. The state is a cache of the history: [`fold`] computes it again.

use chrono::NaiveDate;
use uuid::Uuid;

use super::chain::{Chain, Position};
use super::event::Event;
use super::state::State;
use super::step::next_state;

/// One line of a request's history; never changed, never removed (P0-43: earlier decisions are kept).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The round it happened in; 0 while a draft.
    pub round: u16,
    /// The step it happened at, if at one.
    pub step: Option<Position>,
    /// What happened.
    pub event: Event,
    /// Who did it; `None` for the clock.
    pub actor: Option<Uuid>,
    /// The absent person acted for.
    pub acting_for: Option<Uuid>,
    /// The region's date of it.
    pub on: NaiveDate,
    /// The steps that a submission took, because its actor sits at them; empty for every other event.
    pub taken: Vec<Position>,
}

impl Record {
    /// `true` when that person did it or it was done for that person.
    pub fn is_of(&self, person: Uuid) -> bool {
        self.actor == Some(person) || self.acting_for == Some(person)
    }
}

/// A request at the moment of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Who drafts and submits it.
    pub submitter: Uuid,
    /// The person it is about; `None` for plans, programs and orders.
    pub learner: Option<Uuid>,
    /// `true` when the learner's mark "agreed" stands on the subject (P4-11).
    pub learner_agreed: bool,
    /// Where it stands.
    pub state: State,
    /// What has happened so far, oldest first.
    pub history: Vec<Record>,
}

impl Request {
    /// A new draft.
    pub const fn draft(submitter: Uuid, learner: Option<Uuid>, learner_agreed: bool) -> Self {
        Self { submitter, learner, learner_agreed, state: State::Draft, history: Vec::new() }
    }

    /// `true` when the person submits it or it is about the person.
    pub fn is_own_of(&self, person: Uuid) -> bool {
        self.submitter == person || self.learner == Some(person)
    }

    /// The steps that the submission of this round took.
    pub fn taken(&self) -> &[Position] {
        last_taken(&self.history)
    }

    /// The day after which the step it waits at is late; `None` when it waits at none or has no deadline.
    pub fn due_on(&self, chain: &Chain) -> Option<NaiveDate> {
        step_due_on(&self.state, &self.history, chain)
    }
}

/// The last day of the step that `state` waits at, counted from the event that opened it.
pub fn step_due_on(state: &State, history: &[Record], chain: &Chain) -> Option<NaiveDate> {
    let State::InReview { step, .. } = state else { return None };
    let opened_by = history.iter().rev().find(|record| match &record.event {
        Event::Submit => true,
        Event::Decide(decision) => chain.at(decision.step).is_some_and(|step| step.blocking),
        Event::Return { .. } | Event::Reject { .. } | Event::Withdraw | Event::Deadline => false,
    })?;
    chain.at(*step)?.due_on(opened_by.on)
}

/// A history that no sequence of permitted events leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the history cannot follow the lines before it")]
pub struct FoldError {
    /// The offending line, from 0.
    pub line: usize,
}

/// The state that a history leads to. Who was allowed to act is not judged again.
///
/// # Errors
/// The first line that cannot follow.
pub fn fold(chain: &Chain, history: &[Record]) -> Result<State, FoldError> {
    history.iter().enumerate().try_fold(State::Draft, |state, (line, record)| {
        // A new round starts from the round that was returned, so rounds need no storing of their own.
        let taken = last_taken(history.get(..=line).unwrap_or_default());
        next_state(&state, chain, &record.event, taken).map_err(|_refusal| FoldError { line })
    })
}

fn last_taken(history: &[Record]) -> &[Position] {
    let submission = history.iter().rev().find(|record| record.event == Event::Submit);
    submission.map_or(&[], |record| &record.taken)
}
