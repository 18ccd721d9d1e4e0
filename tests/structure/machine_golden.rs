//! The life cycles as tables, so that a changed rule is seen as a changed line.

use std::fmt::Write;

use chrono::NaiveDate;
use rost::approvals::model::{
    Act, Actor, ActorFacts, Chain, Deadline, Decision, DecisionKind, Effect, Event, FrozenStep, HeldSeat,
    Insertion, OnDeadline, Position, Record, Request, Seat, State, Step, StepKind, step,
};
use rost::authz::Role;
use rost::hours::credit_book_flags::model::{self as flags, FlagEvent, FlagState};
use rost::hours::credit_transfers::model::{self as transfers, TransferEvent, TransferState};
use rost::hours::model::credential;
use uuid::Uuid;

use crate::golden::assert_golden;

const SCHOOL: Uuid = Uuid::from_u128(100);
const TEACHER: Uuid = Uuid::from_u128(1);

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn a_step(position: u16, kind: StepKind, seat: Seat, on_deadline: OnDeadline) -> Step {
    Step {
        position: Position(position),
        kind,
        seat,
        organization: Some(SCHOOL),
        blocking: kind != StepKind::Discuss,
        act_required: kind == StepKind::Approve,
        text_required: false,
        may_return: kind.is_of_substance(),
        taken_by_submission: false,
        deadline: Some(Deadline { days: 5, working: false }),
        on_deadline,
        group: false,
        protocol_required: false,
    }
}

fn chain() -> Chain {
    let steps = vec![
        a_step(1, StepKind::Consent, Seat::Learner, OnDeadline::Remind),
        a_step(2, StepKind::Discuss, Seat::Role(Role::CouncilSecretary), OnDeadline::Nothing),
        a_step(3, StepKind::Endorse, Seat::Role(Role::DeputyDirector), OnDeadline::Escalate),
        a_step(4, StepKind::Acknowledge, Seat::Role(Role::ProgramCurator), OnDeadline::Nothing),
        a_step(5, StepKind::Approve, Seat::Role(Role::Director), OnDeadline::Lapse),
    ];
    Chain::new(steps, true).unwrap()
}

fn states() -> Vec<State> {
    let at = |step| State::InReview { step: Position(step), round: 1 };
    let returned = State::Returned { round: 1, reason: "Переделать".into(), due_on: day(20) };
    let ends = [State::Approved, State::Rejected, State::Withdrawn, State::Lapsed];
    [State::Draft, at(1), at(3), at(4), at(5), returned].into_iter().chain(ends).collect()
}

/// Each event by whoever may cause it if anybody may.
fn events() -> Vec<(Event, Actor)> {
    let decide = |step, kind| {
        let act = (kind == DecisionKind::Approve).then(|| Act { number: "14-о".into(), date: day(2) });
        let text = (kind == DecisionKind::Opinion).then(|| "За".to_owned());
        Event::Decide(Decision { step: Position(step), kind, act, text, meeting: None })
    };
    let person = |id, role| {
        let seats = vec![HeldSeat { role, organization: SCHOOL }];
        let person = Uuid::from_u128(id);
        Actor::Person(ActorFacts { person, acting_for: None, seats })
    };
    let everybody = || {
        let seats = Role::ALL.into_iter().map(|role| HeldSeat { role, organization: SCHOOL }).collect();
        let person = Uuid::from_u128(9);
        Actor::Person(ActorFacts { person, acting_for: None, seats })
    };
    let back = Event::Return { reason: "Переделать".into(), due_on: day(20) };
    vec![
        (Event::Submit { subject_version: Some(1) }, person(1, Role::Teacher)),
        (decide(1, DecisionKind::Consent), person(1, Role::Teacher)),
        (decide(2, DecisionKind::Opinion), person(2, Role::CouncilSecretary)),
        (decide(3, DecisionKind::Endorse), person(3, Role::DeputyDirector)),
        (decide(4, DecisionKind::Acknowledge), person(4, Role::ProgramCurator)),
        (decide(5, DecisionKind::Approve), person(5, Role::Director)),
        (back, everybody()),
        (Event::Reject { reason: "Нет".into() }, everybody()),
        (Event::Withdraw { reason: None }, person(1, Role::Teacher)),
        (Event::Withdraw { reason: Some("Некому решить".into()) }, superior()),
        (Event::Deadline, Actor::Clock),
        (Event::Insert(before_the_approval()), person(5, Role::Director)),
        (Event::Remove { step: Position(4), reason: "Не нужно".into() }, person(5, Role::Director)),
        (Event::LearnerLeft, Actor::Clock),
        (Event::SubjectEnded { reason: "Маршрут завершён".into() }, everybody()),
    ]
}

fn superior() -> Actor {
    Actor::Superior(ActorFacts { person: Uuid::from_u128(8), acting_for: None, seats: Vec::new() })
}

fn before_the_approval() -> Insertion {
    let seat = Seat::Role(Role::MunicipalOfficer);
    let step = FrozenStep {
        key: "inserted_6".to_owned(),
        step: a_step(6, StepKind::Endorse, seat, OnDeadline::Remind),
        in_association: false,
        skipped: false,
        paragraph: None,
        council: None,
        inserted: None,
    };
    Insertion { before: Position(5), step: Box::new(step), reason: "Пусть скажет".into() }
}

fn place(state: &State) -> String {
    match state {
        State::InReview { step, round } => format!("in_review(step {step}, round {round})"),
        other => other.as_str().to_owned(),
    }
}

fn effect(effect: &Effect) -> &'static str {
    match effect {
        Effect::StepOpened { .. } => "step opened",
        Effect::SubjectApproved { .. } => "subject approved",
        Effect::SubjectReturned { .. } => "subject returned",
        Effect::SubjectRejected { .. } => "subject rejected",
        Effect::SubjectWithdrawn => "subject withdrawn",
        Effect::Lapsed { .. } => "lapsed",
        Effect::PassedOver { .. } => "passed over",
        Effect::Reminded { .. } => "reminded",
    }
}

fn request(state: State) -> Request {
    let submitted = Record {
        round: 1,
        step: None,
        event: Event::Submit { subject_version: Some(1) },
        actor: Some(TEACHER),
        acting_for: None,
        on: day(2),
        taken: vec![],
    };
    Request { state, history: vec![submitted], ..Request::draft(TEACHER, Some(TEACHER), false) }
}

#[test]
fn the_table_of_approvals_is_the_committed_one() {
    let mut table = String::from(
        "# Approval requests: state, event, what follows (or why not).\n\
         # Chain: 1 consent, 2 discuss, 3 endorse (escalate), 4 acknowledge, 5 approve by act (lapse).\n\
         # Each event comes from whoever may cause it, the clock ten days after the submission.\n",
    );
    for state in states() {
        writeln!(table, "\n{}", place(&state)).unwrap();
        for (event, actor) in events() {
            let today = if actor == Actor::Clock { day(12) } else { day(2) };
            let request = Request { learner_left: event == Event::LearnerLeft, ..request(state.clone()) };
            let outcome = match step(&request, &chain(), event.clone(), &actor, today) {
                Ok(done) => {
                    let effects: Vec<_> = done.effects.iter().map(effect).collect();
                    format!("-> {} [{}]", place(&done.to), effects.join(", "))
                }
                Err(refusal) => format!("x  {}", refusal.code()),
            };
            let by = if matches!(actor, Actor::Superior(_)) { " by a superior" } else { "" };
            writeln!(table, "  {:<12} {outcome}{by}", event.as_str()).unwrap();
        }
    }
    assert_golden("machine/approvals.txt", &table);
}

#[test]
fn the_table_of_credentials_is_the_committed_one() {
    let reason = || "Не совпадает".to_owned();
    let events = [
        credential::Event::Confirm,
        credential::Event::Dispute { reason: reason() },
        credential::Event::Refuse { reason: reason() },
        credential::Event::Annul { reason: reason() },
    ];
    let mut table =
        String::from("# Credentials: state, event, what follows by another's hand | by the person's own.\n");
    for state in credential::State::ALL {
        writeln!(table, "\n{}", state.as_str()).unwrap();
        for event in &events {
            let outcome = |own| match credential::step(state, event, own) {
                Ok(done) => match done.effect {
                    Some(effect) => format!("-> {} [{effect:?}]", done.to.as_str()),
                    None => format!("-> {}", done.to.as_str()),
                },
                Err(refusal) => format!("x  {}", refusal.code()),
            };
            writeln!(table, "  {:<8} {:<25} | {}", event.as_str(), outcome(false), outcome(true)).unwrap();
        }
    }
    assert_golden("machine/credentials.txt", &table);
}

#[test]
fn the_table_of_credit_book_flags_is_the_committed_one() {
    let mut table = String::from("# Flags in credit books: state, event, what follows (or why not).\n");
    for state in FlagState::ALL {
        writeln!(table, "\n{}", state.as_str()).unwrap();
        for (name, event) in [
            ("resolve", FlagEvent::Resolve),
            ("refuse", FlagEvent::Refuse { reason: "Не был".into() }),
            ("refuse without a reason", FlagEvent::Refuse { reason: String::new() }),
            ("withdraw", FlagEvent::Withdraw),
        ] {
            let outcome = match flags::step(state, &event) {
                Ok(next) => format!("-> {}", next.as_str()),
                Err(refusal) => format!("x  {}", refusal.code()),
            };
            writeln!(table, "  {name:<24} {outcome}").unwrap();
        }
    }
    assert_golden("machine/credit_book_flags.txt", &table);
}

#[test]
fn the_table_of_credit_transfers_is_the_committed_one() {
    let mut table = String::from("# Credit transfers: state, event, what follows (or why not).\n");
    for state in TransferState::ALL {
        writeln!(table, "\n{}", state.as_str()).unwrap();
        for (name, event) in [
            ("grant", TransferEvent::Grant),
            ("refuse", TransferEvent::Refuse { reason: "Устарело".into() }),
            ("refuse without a reason", TransferEvent::Refuse { reason: String::new() }),
            ("revoke", TransferEvent::Revoke { reason: "Ошибка".into() }),
            ("revoke without a reason", TransferEvent::Revoke { reason: String::new() }),
            ("withdraw", TransferEvent::Withdraw),
        ] {
            let outcome = match transfers::step(state, &event) {
                Ok(next) => format!("-> {}", next.as_str()),
                Err(refusal) => format!("x  {}", refusal.code()),
            };
            writeln!(table, "  {name:<24} {outcome}").unwrap();
        }
    }
    assert_golden("machine/credit_transfers.txt", &table);
}
