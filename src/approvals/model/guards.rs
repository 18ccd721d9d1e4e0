//! Who may cause an event, and what the event must carry. The state has been judged before.
#![deny(clippy::wildcard_enum_match_arm)]

use chrono::NaiveDate;

use super::chain::{Chain, OnDeadline, Position, Seat, Step, StepKind};
use super::event::{Act, Actor, ActorFacts, Decision, Event};
use super::refusal::Refusal;
use super::request::Request;
use super::state::State;
use crate::values::text::is_blank;

pub(super) fn check(
    request: &Request,
    chain: &Chain,
    event: &Event,
    actor: &Actor,
    today: NaiveDate,
) -> Result<(), Refusal> {
    match (event, actor) {
        (Event::Deadline, Actor::Clock) => deadline_has_passed(request, chain, today),
        (Event::Deadline, Actor::Person(_)) | (_, Actor::Clock) => Err(Refusal::WrongActor),
        (Event::Submit, Actor::Person(facts)) => {
            is_submitter(request, facts)?;
            both_sides(request, chain)
        }
        (Event::Withdraw, Actor::Person(facts)) => is_submitter(request, facts),
        (Event::Decide(decision), Actor::Person(facts)) => {
            let step = chain.at(decision.step).ok_or(Refusal::UnknownStep)?;
            may_take(request, step, facts)?;
            carries_what_is_needed(step, decision, today)
        }
        (Event::Return { reason, due_on }, Actor::Person(facts)) => {
            may_refuse(request, chain, facts)?;
            if !current(request, chain)?.may_return {
                return Err(Refusal::ReturnNotAllowed);
            }
            if is_blank(reason) {
                return Err(Refusal::ReasonRequired);
            }
            // P0-42: rework is due on a definite date, which cannot lie in the past.
            if *due_on < today { Err(Refusal::DueOnInPast) } else { Ok(()) }
        }
        (Event::Reject { reason }, Actor::Person(facts)) => {
            may_refuse(request, chain, facts)?;
            if is_blank(reason) { Err(Refusal::ReasonRequired) } else { Ok(()) }
        }
    }
}

fn is_submitter(request: &Request, facts: &ActorFacts) -> Result<(), Refusal> {
    if facts.stands_for(request.submitter) { Ok(()) } else { Err(Refusal::NotSubmitter) }
}

/// P0-6: neither side alone brings a route into force. P4-11: the learner has taken part.
fn both_sides(request: &Request, chain: &Chain) -> Result<(), Refusal> {
    let asks_learner = chain.blocking().any(|step| step.seat == Seat::Learner);
    if asks_learner && request.learner.is_none() {
        return Err(Refusal::NoLearner);
    }
    let Some(learner) = request.learner.filter(|_| chain.both_sides()) else { return Ok(()) };
    let learner_side = request.submitter == learner
        || request.learner_agreed
        || chain.blocking().any(|step| step.kind == StepKind::Consent);
    if !learner_side {
        return Err(Refusal::LearnerSideMissing);
    }
    if chain.blocking().any(|step| step.kind.is_of_substance()) {
        Ok(())
    } else {
        Err(Refusal::OrganizationSideMissing)
    }
}

/// The steps that submitting takes: the submitter sits there, and the regulation lets the submission speak for it.
/// The learner endorses nothing of his or her own, and one submission takes one decision of substance at most.
pub(super) fn taken_by_submission(request: &Request, chain: &Chain, actor: &Actor) -> Vec<Position> {
    let Actor::Person(facts) = actor else { return Vec::new() };
    let mut endorsed = request.learner.is_some_and(|learner| facts.stands_for(learner));
    let mut taken = Vec::new();
    for step in chain.steps().iter().filter(|step| step.taken_by_submission) {
        let free = !(step.kind.is_of_substance() && endorsed);
        if free && facts.sits_at(step, request.learner) {
            endorsed |= step.kind.is_of_substance();
            taken.push(step.position);
        }
    }
    taken
}

/// The seat is the actor's, and separation of duties is kept.
fn may_take(request: &Request, step: &Step, facts: &ActorFacts) -> Result<(), Refusal> {
    if !facts.sits_at(step, request.learner) {
        match step.seat {
            Seat::Learner => return Err(Refusal::NotTheLearner),
            Seat::Role(_) if facts.superior && was_escalated(request, step) => {}
            Seat::Role(_) => return Err(Refusal::NotYourStep),
        }
    }
    match step.kind {
        StepKind::Endorse | StepKind::Approve => {
            let persons = || std::iter::once(facts.person).chain(facts.acting_for);
            if persons().any(|person| request.is_own_of(person)) {
                return Err(Refusal::OwnRequest);
            }
            if persons().any(|person| took_a_step(request, person)) {
                return Err(Refusal::AlreadyTookStep);
            }
            Ok(())
        }
        StepKind::Discuss | StepKind::Acknowledge | StepKind::Consent => {
            let again = answered(request, step.position, facts);
            if again { Err(Refusal::AlreadyGaveOpinion) } else { Ok(()) }
        }
    }
}

/// Returning and rejecting belong to the current step, when it decides anything.
fn may_refuse(request: &Request, chain: &Chain, facts: &ActorFacts) -> Result<(), Refusal> {
    let step = current(request, chain)?;
    may_take(request, step, facts)?;
    match step.kind {
        StepKind::Endorse | StepKind::Approve | StepKind::Consent => Ok(()),
        StepKind::Discuss | StepKind::Acknowledge => Err(Refusal::NothingToRefuse),
    }
}

fn carries_what_is_needed(step: &Step, decision: &Decision, today: NaiveDate) -> Result<(), Refusal> {
    match &decision.act {
        // P1-29: approved by the head's order, with its number and date.
        None if step.act_required => return Err(Refusal::ActRequired),
        Some(Act { number, date }) if is_blank(number) || *date > today => return Err(Refusal::ActInvalid),
        None | Some(_) => {}
    }
    let silent = decision.text.as_deref().is_none_or(is_blank);
    if (step.text_required || step.kind == StepKind::Discuss) && silent {
        Err(Refusal::TextRequired)
    } else {
        Ok(())
    }
}

fn deadline_has_passed(request: &Request, chain: &Chain, today: NaiveDate) -> Result<(), Refusal> {
    let step = current(request, chain)?;
    if request.due_on(chain).is_none_or(|due_on| today <= due_on) {
        return Err(Refusal::NotDue);
    }
    // The sweep may run as often as it likes: one deadline has one effect.
    if deadline_recorded(request, step.position) { Err(Refusal::DeadlineHandled) } else { Ok(()) }
}

fn current<'a>(request: &Request, chain: &'a Chain) -> Result<&'a Step, Refusal> {
    match &request.state {
        State::InReview { step, .. } => chain.at(*step).ok_or(Refusal::UnknownStep),
        State::Draft
        | State::Returned { .. }
        | State::Approved
        | State::Rejected
        | State::Withdrawn
        | State::Lapsed => Err(Refusal::NotInReview),
    }
}

fn round(request: &Request) -> Option<u16> {
    match &request.state {
        State::InReview { round, .. } => Some(*round),
        State::Draft
        | State::Returned { .. }
        | State::Approved
        | State::Rejected
        | State::Withdrawn
        | State::Lapsed => None,
    }
}

fn was_escalated(request: &Request, step: &Step) -> bool {
    step.on_deadline == OnDeadline::Escalate && deadline_recorded(request, step.position)
}

fn deadline_recorded(request: &Request, position: Position) -> bool {
    request.history.iter().any(|record| {
        record.event == Event::Deadline
            && Some(record.round) == round(request)
            && record.step == Some(position)
    })
}

/// Whether the person has endorsed or approved in this round.
fn took_a_step(request: &Request, person: uuid::Uuid) -> bool {
    request.history.iter().any(|record| {
        let of_substance = match &record.event {
            Event::Decide(decision) => decision.kind.answers().is_of_substance(),
            // Whoever submits in the name of another is not the submitter, but has endorsed all the same.
            Event::Submit => !record.taken.is_empty(),
            Event::Return { .. } | Event::Reject { .. } | Event::Withdraw | Event::Deadline => false,
        };
        of_substance && Some(record.round) == round(request) && record.is_of(person)
    })
}

/// Whether the person has answered this very step in this round.
fn answered(request: &Request, position: Position, facts: &ActorFacts) -> bool {
    request.history.iter().any(|record| {
        matches!(record.event, Event::Decide(_))
            && record.step == Some(position)
            && Some(record.round) == round(request)
            && record.is_of(facts.person)
    })
}
