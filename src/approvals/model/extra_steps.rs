//! Steps that are none of the regulation: who may put one in, and who may take it out again.

use super::chain::{Chain, Position, Step, StepKind};
use super::event::{ActorFacts, Event, Insertion};
use super::guards::{current, may_take, round};
use super::refusal::Refusal;
use super::request::{Record, Request};

/// The longest chain; what was taken out again does not count.
const LONGEST: usize = 64;
/// The last number a step may have: each has its own for good.
const LAST_NUMBER: u16 = 1000;

/// Whoever decides at a step to come may ask somebody else before.
pub(super) fn may_insert(
    request: &Request,
    chain: &Chain,
    insertion: &Insertion,
    facts: &ActorFacts,
) -> Result<(), Refusal> {
    let open = current(request, chain)?;
    let before = chain.at(insertion.before).ok_or(Refusal::UnknownStep)?;
    if !facts.sits_at(before, request.learner) {
        return Err(Refusal::NotASenior);
    }
    may_take(request, chain, before, facts)?;
    let passed = chain.stands_before(before.position, open.position);
    if passed || request.taken().contains(&before.position) {
        return Err(Refusal::StepAlreadyDecided);
    }
    let new = &insertion.step.step;
    if chain.after(None).count() >= LONGEST || new.position.0 > LAST_NUMBER {
        return Err(Refusal::ChainFull);
    }
    if !(before.blocking && before.kind.is_of_substance()) {
        return Err(Refusal::NotADecidingStep);
    }
    match new.kind {
        StepKind::Endorse | StepKind::Acknowledge | StepKind::Discuss => {}
        StepKind::Approve | StepKind::Consent => return Err(Refusal::KindNotInsertable),
    }
    let same_seat = new.seat == before.seat && new.organization == before.organization;
    if same_seat { Err(Refusal::SameSeat) } else { Ok(()) }
}

/// Whoever put a step in, his successor, and those who decide still later: they all decide after it.
pub(super) fn may_remove(
    request: &Request,
    chain: &Chain,
    gone: Position,
    facts: &ActorFacts,
) -> Result<(), Refusal> {
    let open = current(request, chain)?;
    let step = chain.at(gone).ok_or(Refusal::UnknownStep)?;
    let decides = |later: &&Step| {
        let deciding = later.blocking && later.kind.is_of_substance();
        let over =
            chain.stands_before(later.position, open.position) || request.taken().contains(&later.position);
        deciding && !over && facts.sits_at(later, request.learner)
    };
    let mut own = chain.after(Some(gone)).filter(decides).peekable();
    let first = *own.peek().ok_or(Refusal::NotASeniorOfStep)?;
    if !own.any(|later| may_take(request, chain, later, facts).is_ok()) {
        may_take(request, chain, first, facts)?;
    }
    let passed = step.blocking && chain.stands_before(gone, open.position);
    if passed || decided(request, gone) { Err(Refusal::StepAlreadyDecided) } else { Ok(()) }
}

/// Whether anybody has decided at the step in this round.
fn decided(request: &Request, position: Position) -> bool {
    let of_round = |record: &&Record| Some(record.round) == round(request) && record.step == Some(position);
    request.history.iter().filter(of_round).any(|record| matches!(record.event, Event::Decide(_)))
}
