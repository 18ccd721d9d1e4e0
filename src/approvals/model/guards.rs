//! Who may cause an event, and what the event must carry. The state has been judged before.
#![deny(clippy::wildcard_enum_match_arm)]

use chrono::NaiveDate;

use super::chain::{Chain, Position, Seat, Step, StepKind};
use super::event::{Act, Actor, ActorFacts, Decision, Event};
use super::extra_steps::{may_insert, may_remove};
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
        (Event::LearnerLeft, Actor::Clock) => {
            if request.learner_left {
                Ok(())
            } else {
                Err(Refusal::LearnerStays)
            }
        }
        // Whoever answers for the organization says why: the submitter has not asked for it.
        (Event::Withdraw { reason }, Actor::Superior(_)) => {
            if reason.as_deref().is_none_or(is_blank) {
                Err(Refusal::ReasonRequired)
            } else {
                Ok(())
            }
        }
        (Event::Deadline | Event::LearnerLeft, Actor::Person(_)) | (_, Actor::Clock | Actor::Superior(_)) => {
            Err(Refusal::WrongActor)
        }
        (Event::Submit { .. }, Actor::Person(facts)) => {
            is_submitter(request, facts)?;
            learner_works_here(request)?;
            both_sides(request, chain)
        }
        (Event::Withdraw { .. }, Actor::Person(facts)) => is_submitter(request, facts),
        // Whoever may end the thing was asked there.
        (Event::SubjectEnded { reason }, Actor::Person(_)) => {
            if is_blank(reason) {
                Err(Refusal::ReasonRequired)
            } else {
                Ok(())
            }
        }
        (Event::Decide(decision), Actor::Person(facts)) => {
            let step = chain.at(decision.step).ok_or(Refusal::UnknownStep)?;
            may_take(request, chain, step, facts)?;
            learner_works_here(request)?;
            carries_what_is_needed(step, decision, request.handed_in_on(), today)
        }
        (Event::Insert(insertion), Actor::Person(facts)) => {
            may_insert(request, chain, insertion, facts)?;
            learner_works_here(request)?;
            if is_blank(&insertion.reason) { Err(Refusal::ReasonRequired) } else { Ok(()) }
        }
        (Event::Remove { step, reason }, Actor::Person(facts)) => {
            may_remove(request, chain, *step, facts)?;
            if is_blank(reason) { Err(Refusal::ReasonRequired) } else { Ok(()) }
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

/// Nothing about somebody is brought into force at a place where he or she works no longer.
const fn learner_works_here(request: &Request) -> Result<(), Refusal> {
    if request.learner_left { Err(Refusal::LearnerLeft) } else { Ok(()) }
}

/// The seat is the actor's, and separation of duties is kept.
pub(super) fn may_take(
    request: &Request,
    chain: &Chain,
    step: &Step,
    facts: &ActorFacts,
) -> Result<(), Refusal> {
    if !facts.sits_at(step, request.learner) {
        return Err(match step.seat {
            Seat::Learner => Refusal::NotTheLearner,
            Seat::Role(_) => Refusal::NotYourStep,
        });
    }
    match step.kind {
        StepKind::Endorse | StepKind::Approve => {
            let persons = || std::iter::once(facts.person).chain(facts.acting_for);
            if persons().any(|person| request.is_own_of(person)) {
                return Err(Refusal::OwnRequest);
            }
            // What a body decides is nobody's own step: its secretary records it.
            if !step.group && persons().any(|person| took_a_step(request, chain, person)) {
                return Err(Refusal::AlreadyTookStep);
            }
            Ok(())
        }
        StepKind::Discuss | StepKind::Acknowledge | StepKind::Consent => {
            if answered(request, step, facts) {
                Err(Refusal::AlreadyGaveOpinion)
            } else {
                Ok(())
            }
        }
    }
}

/// Returning and rejecting belong to the current step, when it decides anything.
fn may_refuse(request: &Request, chain: &Chain, facts: &ActorFacts) -> Result<(), Refusal> {
    let step = current(request, chain)?;
    may_take(request, chain, step, facts)?;
    match step.kind {
        StepKind::Endorse | StepKind::Approve | StepKind::Consent => Ok(()),
        StepKind::Discuss | StepKind::Acknowledge => Err(Refusal::NothingToRefuse),
    }
}

fn carries_what_is_needed(
    step: &Step,
    decision: &Decision,
    handed_in_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(), Refusal> {
    match &decision.act {
        // P1-29: approved by the head's order, with its number and date.
        None if step.act_required => return Err(Refusal::ActRequired),
        Some(Act { number, date }) if is_blank(number) || *date > today => return Err(Refusal::ActInvalid),
        // An act approves what lies before it.
        Some(Act { date, .. }) if handed_in_on.is_some_and(|day| *date < day) => {
            return Err(Refusal::ActInvalid);
        }
        None | Some(_) => {}
    }
    let silent = decision.text.as_deref().is_none_or(is_blank);
    if (step.text_required || step.kind == StepKind::Discuss) && silent {
        return Err(Refusal::TextRequired);
    }
    // P1-28: what a council decided is recorded with its meeting.
    match &decision.meeting {
        None if step.group => Err(Refusal::MeetingRequired),
        Some(_) if !step.group => Err(Refusal::NoMeeting),
        Some(meeting) => {
            let faults = meeting.faults(step, handed_in_on, today);
            faults.first().map_or(Ok(()), |fault| Err(Refusal::MeetingInvalid(*fault)))
        }
        None => Ok(()),
    }
}

fn deadline_has_passed(request: &Request, chain: &Chain, today: NaiveDate) -> Result<(), Refusal> {
    let step = current(request, chain)?;
    if request.due_on(chain).is_none_or(|due_on| today <= due_on) {
        return Err(Refusal::NotDue);
    }
    // The sweep may run as often as it likes: one deadline has one effect.
    let handled = round(request).is_some_and(|round| request.deadline_recorded(step.position, round));
    if handled { Err(Refusal::DeadlineHandled) } else { Ok(()) }
}

pub(super) fn current<'a>(request: &Request, chain: &'a Chain) -> Result<&'a Step, Refusal> {
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

pub(super) fn round(request: &Request) -> Option<u16> {
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

/// Whether the person has endorsed or approved in this round; what a body decided is not his who recorded it.
pub(super) fn took_a_step(request: &Request, chain: &Chain, person: uuid::Uuid) -> bool {
    request.history.iter().any(|record| {
        let of_substance = match &record.event {
            Event::Decide(decision) => {
                let by_body = chain.at(decision.step).is_some_and(|step| step.group);
                decision.kind.answers().is_of_substance() && !by_body
            }
            // Whoever submits in the name of another is not the submitter, but has endorsed all the same.
            Event::Submit { .. } => !record.taken.is_empty(),
            Event::Return { .. }
            | Event::Reject { .. }
            | Event::Withdraw { .. }
            | Event::Deadline
            | Event::Insert(_)
            | Event::Remove { .. }
            | Event::LearnerLeft
            | Event::SubjectEnded { .. } => false,
        };
        of_substance && Some(record.round) == round(request) && record.is_of(person)
    })
}

/// Whether this very step has been answered in this round: by the person, or for the body by anybody.
fn answered(request: &Request, step: &Step, facts: &ActorFacts) -> bool {
    request.history.iter().any(|record| {
        matches!(record.event, Event::Decide(_))
            && record.step == Some(step.position)
            && Some(record.round) == round(request)
            && (step.group
                || record.is_of(facts.person)
                || facts.acting_for.is_some_and(|absent| record.is_of(absent)))
    })
}
