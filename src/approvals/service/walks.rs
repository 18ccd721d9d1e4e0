//! Every chain of the five regulations, walked to each of its ends: those too whose subjects are handed in elsewhere.

use uuid::Uuid;

use super::freeze::frozen;
use super::places::SeatHolder;
use crate::approvals::model::{
    Actor, ActorFacts, Chain, DecisionKind, Event, HeldSeat, Request, Seat, State, Step, complete_decision,
    step,
};
use crate::regulations::presets::Preset;
use crate::regulations::profile::{ApprovalSubjectKind, ChainFacts, resolve};

const SUBMITTER: Uuid = Uuid::from_u128(1);
const LEARNER: Uuid = Uuid::from_u128(2);
const PLACE: Uuid = Uuid::from_u128(100);

/// A request on its way through a chain; at every step somebody else.
#[derive(Clone)]
struct Walk {
    request: Request,
    chain: Chain,
}

impl Walk {
    fn new(chain: Chain) -> Self {
        let mut walk = Self { request: Request::draft(SUBMITTER, Some(LEARNER), true), chain };
        walk.submit();
        walk
    }

    fn happen(&mut self, facts: ActorFacts, event: Event) {
        let today = "2026-03-02".parse().unwrap();
        let done = step(&self.request, &self.chain, event, &Actor::Person(facts), today).unwrap();
        self.request.state = done.to;
        self.request.history.push(done.record);
    }

    fn submit(&mut self) {
        let facts = ActorFacts { person: SUBMITTER, acting_for: None, seats: Vec::new() };
        self.happen(facts, Event::Submit { subject_version: Some(1) });
    }

    /// The step it waits at.
    fn open(&self) -> Option<Step> {
        match &self.request.state {
            State::InReview { step, .. } => self.chain.at(*step).cloned(),
            _ => None,
        }
    }

    fn decide(&mut self, at: &Step) {
        let kind = DecisionKind::for_step(at.kind);
        let today = "2026-03-02".parse().unwrap();
        let decision = complete_decision(&self.chain, at.position, kind, today);
        self.happen(seated_at(at), Event::Decide(decision));
    }
}

fn seated_at(step: &Step) -> ActorFacts {
    match step.seat {
        Seat::Learner => ActorFacts { person: LEARNER, acting_for: None, seats: Vec::new() },
        Seat::Role(role) => ActorFacts {
            person: Uuid::from_u128(1000 + u128::from(step.position.0)),
            acting_for: None,
            seats: vec![HeldSeat { role, organization: PLACE }],
        },
    }
}

/// Every chain by its name.
fn chains() -> Vec<(String, Chain)> {
    let mut chains = Vec::new();
    for preset in Preset::all() {
        let regulation = preset.load().unwrap();
        for kind in ApprovalSubjectKind::ALL {
            let Some(resolved) = resolve(regulation.profile(), *kind, &ChainFacts::default()) else {
                continue;
            };
            let steps = resolved.steps.into_iter().map(|step| {
                let organization = step.actor.role.map(|_| PLACE);
                frozen(step, organization, SeatHolder::Somebody).step
            });
            let chain = Chain::new(steps.collect(), false).unwrap();
            chains.push((format!("{} {}", preset.code(), kind.as_str()), chain));
        }
    }
    chains
}

#[test]
fn every_chain_ends_in_approval() {
    let chains = chains();
    assert!(chains.len() >= 12, "{}", chains.len());
    for (name, chain) in chains {
        let mut walk = Walk::new(chain);
        let opinions: Vec<Step> = walk.chain.steps().iter().filter(|step| !step.blocking).cloned().collect();
        for step in &opinions {
            walk.decide(step);
        }
        let mut decided = 0;
        while let Some(step) = walk.open() {
            walk.decide(&step);
            decided += 1;
        }
        assert_eq!(walk.request.state, State::Approved, "{name}");
        assert_eq!(decided, walk.chain.blocking().count(), "{name}");
    }
}

#[test]
fn every_deciding_step_of_every_chain_rejects_and_where_it_may_returns() {
    for (name, chain) in chains() {
        let mut walk = Walk::new(chain);
        while let Some(at) = walk.open() {
            let reason = "Нет плана".to_owned();
            let mut rejected = walk.clone();
            rejected.happen(seated_at(&at), Event::Reject { reason: reason.clone() });
            assert_eq!(rejected.request.state, State::Rejected, "{name} {}", at.position);
            if at.may_return {
                let mut again = walk.clone();
                let due_on = "2026-03-20".parse().unwrap();
                again.happen(seated_at(&at), Event::Return { reason, due_on });
                again.submit();
                let first = again.open().map(|step| step.position);
                assert_eq!(first, again.chain.blocking().next().map(|step| step.position), "{name}");
            }
            walk.decide(&at);
        }
    }
}
