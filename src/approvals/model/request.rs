//! A request and its history. The state is a cache of the history: [`fold`] computes it again.

use chrono::NaiveDate;
use uuid::Uuid;

use super::chain::{Chain, Position};
use super::deadline::OnDeadline;
use super::event::{Event, Insertion};
use super::refusal::Refusal;
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
    /// `true` when the learner works at the organization of the subject no longer.
    pub learner_left: bool,
    /// Where it stands.
    pub state: State,
    /// What has happened so far, oldest first.
    pub history: Vec<Record>,
}

impl Request {
    /// A new draft.
    pub fn draft(submitter: Uuid, learner: Option<Uuid>, learner_agreed: bool) -> Self {
        let (learner_left, state) = (false, State::Draft);
        Self { submitter, learner, learner_agreed, learner_left, state, history: Vec::new() }
    }

    /// `true` when the person submits it or it is about the person.
    pub fn is_own_of(&self, person: Uuid) -> bool {
        self.submitter == person || self.learner == Some(person)
    }

    /// The day on which this round was handed in.
    pub fn handed_in_on(&self) -> Option<NaiveDate> {
        last_submission(&self.history).map(|record| record.on)
    }

    /// The steps that the submission of this round took.
    pub fn taken(&self) -> &[Position] {
        last_taken(&self.history)
    }

    /// The day after which the step it waits at is late; `None` when it waits at none or has no deadline.
    pub fn due_on(&self, chain: &Chain) -> Option<NaiveDate> {
        let State::InReview { step, .. } = &self.state else { return None };
        chain.at(*step)?.due_on(opened_on(chain, &self.history)?)
    }

    /// `true` when the deadline of the open step is still to have its effect.
    pub fn deadline_open(&self, chain: &Chain) -> bool {
        let State::InReview { step, round } = &self.state else { return false };
        let acts = chain.at(*step).is_some_and(|step| {
            step.deadline.is_some() && chain.at_deadline(step, self.taken()) != OnDeadline::Nothing
        });
        acts && !self.deadline_recorded(*step, *round)
    }

    /// Whether the deadline of that step has had its effect in that round.
    pub fn deadline_recorded(&self, position: Position, round: u16) -> bool {
        self.history.iter().any(|record| {
            record.event == Event::Deadline && record.round == round && record.step == Some(position)
        })
    }
}

/// The day on which the step that the request waits at was opened.
fn opened_on(chain: &Chain, history: &[Record]) -> Option<NaiveDate> {
    let (mut state, mut opened) = (State::Draft, None);
    for (done, after) in replay(chain, history) {
        let after = after.ok()?;
        // A new round opens its first step anew, also when the round before waited there.
        if after != state && matches!(after, State::InReview { .. }) {
            opened = Some(done.on);
        }
        state = after;
    }
    opened
}

/// A history that no sequence of permitted events leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the history cannot follow the lines before it")]
pub struct FoldError {
    /// The offending line, from 0.
    pub line: usize,
}

/// The state that a history leads to. Who was allowed to act is not judged again. The chain is that of now: the history
/// says when which of its steps was put in, so earlier rounds are replayed as they were.
///
/// # Errors
/// The first line that cannot follow.
pub fn fold(chain: &Chain, history: &[Record]) -> Result<State, FoldError> {
    let states = replay(chain, history).map(|(_, state)| state);
    states.enumerate().try_fold(State::Draft, |_, (line, state)| state.map_err(|_refusal| FoldError { line }))
}

/// Every line of a history with the state after it; nothing after the first that cannot follow.
fn replay<'a>(
    chain: &Chain,
    history: &'a [Record],
) -> impl Iterator<Item = (&'a Record, Result<State, Refusal>)> {
    let (mut chain, mut state, mut broken) = (chain.original(), State::Draft, false);
    history.iter().enumerate().map_while(move |(line, record)| {
        if broken {
            return None;
        }
        // A new round starts from the round that was returned, so rounds need no storing of their own.
        let taken = last_taken(history.get(..=line).unwrap_or_default());
        let next = next_state(&state, &chain, &record.event, taken).and_then(|next| {
            if let Event::Insert(Insertion { before, step, .. }) = &record.event {
                let longer = chain.clone().insert(*before, step.step.clone());
                chain = longer.map_err(|_broken| Refusal::UnknownStep)?;
            }
            if let Event::Remove { step, .. } = &record.event {
                chain = chain.clone().without(*step).map_err(|_broken| Refusal::StepOfRegulation)?;
            }
            Ok(next)
        });
        broken = next.is_err();
        if let Ok(next) = &next {
            state = next.clone();
        }
        Some((record, next))
    })
}

fn last_taken(history: &[Record]) -> &[Position] {
    last_submission(history).map_or(&[], |record| &record.taken)
}

fn last_submission(history: &[Record]) -> Option<&Record> {
    history.iter().rev().find(|record| record.event.is_submission())
}
