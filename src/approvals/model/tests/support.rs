//! People, steps and a chain for the tests.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::*;
use crate::authz::Role;

pub(super) const SCHOOL: Uuid = Uuid::from_u128(100);
pub(super) const TEACHER: Uuid = Uuid::from_u128(1);
pub(super) const HEAD: Uuid = Uuid::from_u128(2);
pub(super) const DEPUTY: Uuid = Uuid::from_u128(3);
pub(super) const DIRECTOR: Uuid = Uuid::from_u128(4);

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn today() -> NaiveDate {
    day("2026-03-02")
}

pub(super) fn a_step(position: u16, kind: StepKind, seat: Seat) -> Step {
    Step {
        position: Position(position),
        kind,
        seat,
        organization: matches!(seat, Seat::Role(_)).then_some(SCHOOL),
        blocking: kind != StepKind::Discuss,
        act_required: kind == StepKind::Approve,
        text_required: false,
        may_return: kind.is_of_substance(),
        taken_by_submission: false,
        deadline: Some(Deadline { days: 5, working: false }),
        on_deadline: OnDeadline::Remind,
        group: false,
        protocol_required: false,
    }
}

/// Consent of the teacher, discussion in the association, the deputy's endorsement, the director's order.
pub(super) fn chain() -> Chain {
    let steps = vec![
        a_step(1, StepKind::Consent, Seat::Learner),
        a_step(2, StepKind::Discuss, Seat::Role(Role::AssociationHead)),
        a_step(3, StepKind::Endorse, Seat::Role(Role::DeputyDirector)),
        a_step(4, StepKind::Approve, Seat::Role(Role::Director)),
    ];
    Chain::new(steps, true).unwrap()
}

pub(super) fn someone(person: Uuid, roles: &[Role]) -> ActorFacts {
    let seats = roles.iter().map(|role| HeldSeat { role: *role, organization: SCHOOL }).collect();
    ActorFacts { person, acting_for: None, seats }
}

pub(super) fn teacher() -> ActorFacts {
    someone(TEACHER, &[Role::Teacher])
}

pub(super) fn head() -> ActorFacts {
    someone(HEAD, &[Role::AssociationHead])
}

pub(super) fn deputy() -> ActorFacts {
    someone(DEPUTY, &[Role::DeputyDirector])
}

pub(super) fn director() -> ActorFacts {
    someone(DIRECTOR, &[Role::Director])
}

pub(super) fn act() -> Act {
    Act { number: "14-о".into(), date: today() }
}

pub(super) fn decide(step: u16, kind: DecisionKind) -> Event {
    let act = (kind == DecisionKind::Approve).then(act);
    let text = (kind == DecisionKind::Opinion).then(|| "За".to_owned());
    Event::Decide(Decision { step: Position(step), kind, act, text, meeting: None })
}

pub(super) fn submit() -> Event {
    Event::Submit { subject_version: Some(1) }
}

/// Puts a step of that role before another.
pub(super) fn put_in(before: u16, number: u16, kind: StepKind, role: Role) -> Event {
    let step = Step {
        act_required: false,
        on_deadline: OnDeadline::Remind,
        ..a_step(number, kind, Seat::Role(role))
    };
    let frozen = FrozenStep {
        key: format!("inserted_{number}"),
        step,
        in_association: false,
        skipped: false,
        paragraph: None,
        council: None,
        inserted: None,
    };
    Event::Insert(Insertion {
        before: Position(before),
        step: Box::new(frozen),
        reason: "Пусть скажет".into(),
    })
}

/// Takes that step out again.
pub(super) fn take_out(step: u16) -> Event {
    Event::Remove { step: Position(step), reason: "Решим без него".into() }
}

pub(super) fn send_back() -> Event {
    Event::Return { reason: "Нет плана".into(), due_on: day("2026-03-20") }
}

/// A request and its chain, moving.
#[derive(Debug, Clone)]
pub(super) struct Walk {
    pub(super) request: Request,
    pub(super) chain: Chain,
    pub(super) today: NaiveDate,
}

impl Walk {
    pub(super) fn new(chain: Chain) -> Self {
        Self { request: Request::draft(TEACHER, Some(TEACHER), false), chain, today: today() }
    }

    pub(super) fn act(&mut self, who: &Actor, event: Event) -> Result<Vec<Effect>, Refusal> {
        let done = step(&self.request, &self.chain, event, who, self.today)?;
        if let Event::Insert(insertion) = &done.record.event {
            let longer = self.chain.clone().insert(insertion.before, insertion.step.step.clone());
            self.chain = longer.unwrap();
        }
        if let Event::Remove { step, .. } = &done.record.event {
            self.chain = self.chain.clone().without(*step).unwrap();
        }
        self.request.state = done.to;
        self.request.history.push(done.record);
        Ok(done.effects)
    }

    pub(super) fn by(&mut self, who: ActorFacts, event: Event) -> Result<Vec<Effect>, Refusal> {
        self.act(&Actor::Person(who), event)
    }

    pub(super) fn clock(&mut self, today: &str) -> Result<Vec<Effect>, Refusal> {
        self.today = day(today);
        self.act(&Actor::Clock, Event::Deadline)
    }

    /// Submitted and consented: waiting for the deputy.
    pub(super) fn at_deputy() -> Self {
        let mut case = Self::new(chain());
        case.by(teacher(), submit()).unwrap();
        case.by(teacher(), decide(1, DecisionKind::Consent)).unwrap();
        case
    }

    /// One step further: waiting for the director.
    pub(super) fn at_director() -> Self {
        let mut case = Self::at_deputy();
        case.by(deputy(), decide(3, DecisionKind::Endorse)).unwrap();
        case
    }
}
