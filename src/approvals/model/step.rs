//! The transition function: total, pure, without a wildcard arm.
#![deny(clippy::wildcard_enum_match_arm)]

use chrono::NaiveDate;

use super::chain::{Chain, Position, Step};
use super::deadline::OnDeadline;
use super::event::{Actor, Decision, Event, Insertion};
use super::guards;
use super::refusal::Refusal;
use super::request::{Record, Request};
use super::state::State;
use super::transition::{Effect, Lapse, Transition};

/// Judges one event: may this actor cause it today, and what does it lead to?
///
/// # Errors
/// The reason the event does not happen; nothing has changed then.
pub fn step(
    request: &Request,
    chain: &Chain,
    event: Event,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Transition, Refusal> {
    let submitting = event.is_submission();
    let taken = if submitting { guards::taken_by_submission(request, chain, actor) } else { Vec::new() };
    let known = if submitting { taken.as_slice() } else { request.taken() };
    let to = next_state(&request.state, chain, &event, known)?;
    guards::check(request, chain, &event, actor, today)?;
    let effects = effects(request, &to, chain, &event, known, today);
    let (round, at) = place(&request.state, &to, &event);
    let (person, acting_for) = match actor {
        Actor::Person(facts) | Actor::Superior(facts) => (Some(facts.person), facts.acting_for),
        Actor::Clock => (None, None),
    };
    let record = Record { round, step: at, event, actor: person, acting_for, on: today, taken };
    Ok(Transition { to, effects, record })
}

/// The table of states and events, without regard to who acts. `taken` are the steps that the submission of the
/// round took.
pub(super) fn next_state(
    state: &State,
    chain: &Chain,
    event: &Event,
    taken: &[Position],
) -> Result<State, Refusal> {
    match state {
        State::Draft => match event {
            Event::Submit { .. } => Ok(wait_after(chain, None, 1, taken)),
            Event::Withdraw { .. } => Ok(State::Withdrawn),
            Event::Decide(_)
            | Event::Return { .. }
            | Event::Reject { .. }
            | Event::Deadline
            | Event::Insert(_)
            | Event::Remove { .. }
            | Event::LearnerLeft
            | Event::SubjectEnded { .. } => Err(Refusal::NotInReview),
        },
        State::InReview { step, round } => match event {
            Event::Submit { .. } => Err(Refusal::AlreadySubmitted),
            Event::Decide(decision) => decide(chain, *step, *round, decision, taken),
            Event::Return { reason, due_on } => {
                Ok(State::Returned { round: *round, reason: reason.clone(), due_on: *due_on })
            }
            Event::Reject { .. } => Ok(State::Rejected),
            Event::Withdraw { .. } => Ok(State::Withdrawn),
            Event::Deadline => {
                let late = chain.at(*step).ok_or(Refusal::UnknownStep)?;
                match chain.at_deadline(late, taken) {
                    OnDeadline::Lapse => Ok(State::Lapsed),
                    OnDeadline::Remind => Ok(state.clone()),
                    OnDeadline::Escalate => Ok(wait_after(chain, Some(*step), *round, taken)),
                    OnDeadline::Nothing => Err(Refusal::NothingAtDeadline),
                }
            }
            Event::Insert(Insertion { before, step: new, .. }) => {
                let asked_now = new.step.blocking && before == step;
                let step = if asked_now { new.step.position } else { *step };
                Ok(State::InReview { step, round: *round })
            }
            Event::Remove { step: gone, .. } if chain.at(*gone).is_none() => Err(Refusal::UnknownStep),
            Event::Remove { step: gone, .. } if !chain.was_put_in(*gone) => Err(Refusal::StepOfRegulation),
            Event::Remove { step: gone, .. } if gone == step => {
                Ok(wait_after(chain, Some(*step), *round, taken))
            }
            Event::Remove { .. } => Ok(state.clone()),
            Event::LearnerLeft | Event::SubjectEnded { .. } => Ok(State::Lapsed),
        },
        State::Returned { round, .. } => match event {
            // Rework passes every step again, the deputy's too (P0-43).
            Event::Submit { .. } => Ok(wait_after(chain, None, round.saturating_add(1), taken)),
            Event::Withdraw { .. } => Ok(State::Withdrawn),
            Event::LearnerLeft | Event::SubjectEnded { .. } => Ok(State::Lapsed),
            Event::Decide(_)
            | Event::Return { .. }
            | Event::Reject { .. }
            | Event::Deadline
            | Event::Insert(_)
            | Event::Remove { .. } => Err(Refusal::NotInReview),
        },
        State::Approved | State::Rejected | State::Withdrawn | State::Lapsed => Err(Refusal::AlreadyFinal),
    }
}

/// The next blocking step that the submission did not take; approval when there is none.
fn wait_after(chain: &Chain, position: Option<Position>, round: u16, taken: &[Position]) -> State {
    let next = chain.after(position).find(|step| step.blocking && !taken.contains(&step.position));
    next.map_or(State::Approved, |next| State::InReview { step: next.position, round })
}

fn decide(
    chain: &Chain,
    current: Position,
    round: u16,
    decision: &Decision,
    taken: &[Position],
) -> Result<State, Refusal> {
    let step = chain.at(decision.step).ok_or(Refusal::UnknownStep)?;
    if decision.kind.answers() != step.kind {
        return Err(Refusal::WrongDecision(step.kind));
    }
    if !step.blocking && !taken.contains(&step.position) {
        // Opinions come at any time during the review and never move it (P1-28).
        return Ok(State::InReview { step: current, round });
    }
    if chain.stands_before(step.position, current) || taken.contains(&step.position) {
        return Err(Refusal::StepAlreadyDecided);
    }
    if step.position != current {
        return Err(Refusal::StepNotOpen);
    }
    Ok(wait_after(chain, Some(current), round, taken))
}

fn effects(
    request: &Request,
    to: &State,
    chain: &Chain,
    event: &Event,
    taken: &[Position],
    today: NaiveDate,
) -> Vec<Effect> {
    let from = &request.state;
    let mut effects = Vec::new();
    if let Some(late) = current_step(from).filter(|_| *event == Event::Deadline) {
        effects.extend(at_deadline(chain, late, taken));
    }
    effects.extend(match to {
        State::InReview { step, round } => (from != to).then(|| Effect::StepOpened {
            step: *step,
            round: *round,
            due_on: opened(chain, event, *step).and_then(|step| step.due_on(today)),
        }),
        State::Returned { reason, due_on, .. } => {
            Some(Effect::SubjectReturned { reason: reason.clone(), due_on: *due_on })
        }
        State::Approved => {
            Some(Effect::SubjectApproved { act: act_of(event).or_else(|| act_of_round(request)) })
        }
        State::Rejected => Some(Effect::SubjectRejected { reason: reason_of(event) }),
        State::Withdrawn => Some(Effect::SubjectWithdrawn),
        State::Lapsed => match (event, current_step(from)) {
            (Event::Deadline, Some(step)) => Some(Effect::Lapsed { why: Lapse::Deadline(step) }),
            (Event::SubjectEnded { .. }, _) => Some(Effect::Lapsed { why: Lapse::SubjectEnded }),
            _ => Some(Effect::Lapsed { why: Lapse::LearnerLeft }),
        },
        State::Draft => None,
    });
    effects
}

/// The step that has opened, which may be the one that has just been put in.
fn opened<'a>(chain: &'a Chain, event: &'a Event, position: Position) -> Option<&'a Step> {
    let new = match event {
        Event::Insert(insertion) => Some(&insertion.step.step),
        Event::Submit { .. }
        | Event::Decide(_)
        | Event::Return { .. }
        | Event::Reject { .. }
        | Event::Withdraw { .. }
        | Event::Deadline
        | Event::Remove { .. }
        | Event::LearnerLeft
        | Event::SubjectEnded { .. } => None,
    };
    new.filter(|step| step.position == position).or_else(|| chain.at(position))
}

fn at_deadline(chain: &Chain, late: Position, taken: &[Position]) -> Option<Effect> {
    match chain.at_deadline(chain.at(late)?, taken) {
        OnDeadline::Remind => Some(Effect::Reminded { step: late }),
        OnDeadline::Escalate => Some(Effect::PassedOver { step: late }),
        OnDeadline::Lapse | OnDeadline::Nothing => None,
    }
}

fn act_of(event: &Event) -> Option<super::event::Act> {
    match event {
        Event::Decide(decision) => decision.act.clone(),
        Event::Submit { .. }
        | Event::Return { .. }
        | Event::Reject { .. }
        | Event::Withdraw { .. }
        | Event::Deadline
        | Event::Insert(_)
        | Event::Remove { .. }
        | Event::LearnerLeft
        | Event::SubjectEnded { .. } => None,
    }
}

/// The newest act of the round: a step after the one that approved by an order need not name it again (P1-29).
fn act_of_round(request: &Request) -> Option<super::event::Act> {
    let State::InReview { round, .. } = &request.state else { return None };
    let of_round = request.history.iter().rev().filter(|record| record.round == *round);
    of_round.into_iter().find_map(|record| act_of(&record.event))
}

fn reason_of(event: &Event) -> String {
    match event {
        Event::Return { reason, .. } | Event::Reject { reason } | Event::SubjectEnded { reason } => {
            reason.clone()
        }
        Event::Submit { .. }
        | Event::Decide(_)
        | Event::Withdraw { .. }
        | Event::Deadline
        | Event::Insert(_)
        | Event::Remove { .. }
        | Event::LearnerLeft => String::new(),
    }
}

const fn current_step(state: &State) -> Option<Position> {
    match state {
        State::InReview { step, .. } => Some(*step),
        State::Draft
        | State::Returned { .. }
        | State::Approved
        | State::Rejected
        | State::Withdrawn
        | State::Lapsed => None,
    }
}

/// The round and step that the line of history belongs to: a submission opens the round it is counted in.
fn place(from: &State, to: &State, event: &Event) -> (u16, Option<Position>) {
    let round_of = |state: &State| match state {
        State::InReview { round, .. } | State::Returned { round, .. } => *round,
        State::Draft | State::Approved | State::Rejected | State::Withdrawn | State::Lapsed => 0,
    };
    match event {
        Event::Submit { .. } => (round_of(to), None),
        Event::Decide(decision) => (round_of(from), Some(decision.step)),
        Event::Insert(insertion) => (round_of(from), Some(insertion.step.step.position)),
        Event::Remove { step, .. } => (round_of(from), Some(*step)),
        Event::Return { .. } | Event::Reject { .. } | Event::Deadline => (round_of(from), current_step(from)),
        Event::Withdraw { .. } | Event::LearnerLeft | Event::SubjectEnded { .. } => (round_of(from), None),
    }
}
