//! Deadlines, and what the steps of a chain say about themselves.

use super::super::*;
use super::support::*;
use crate::authz::Role;

/// The sweep may run as often as it likes.
#[test]
fn a_reminder_is_sent_once_and_not_before_the_deadline() {
    let mut case = Walk::at_deputy();
    assert_eq!(case.clock("2026-03-07"), Err(Refusal::NotDue));
    assert_eq!(case.clock("2026-03-08"), Ok(vec![Effect::Reminded { step: Position(3) }]));
    assert_eq!(case.clock("2026-03-09"), Err(Refusal::DeadlineHandled));
    case.by(deputy(), decide(3, DecisionKind::Endorse)).unwrap();
    assert_eq!(case.clock("2026-03-15"), Ok(vec![Effect::Reminded { step: Position(4) }]));
    assert_eq!(case.by(director(), Event::Deadline), Err(Refusal::WrongActor));
    assert_eq!(case.act(&Actor::Clock, Event::Withdraw { reason: None }), Err(Refusal::WrongActor));
}

/// Whoever is late is passed over, visibly; the next one decides, and nobody decides twice.
#[test]
fn a_step_that_escalates_is_passed_over() {
    let mut late = a_step(1, StepKind::Endorse, Seat::Role(Role::DeputyDirector));
    late.on_deadline = OnDeadline::Escalate;
    let steps = vec![late, a_step(2, StepKind::Approve, Seat::Role(Role::Director))];
    let mut case = Walk::new(Chain::new(steps, false).unwrap());
    case.by(teacher(), submit()).unwrap();
    let opened = Effect::StepOpened { step: Position(2), round: 1, due_on: Some(day("2026-03-13")) };
    let effects = case.clock("2026-03-08").unwrap();
    assert_eq!(effects, [Effect::PassedOver { step: Position(1) }, opened]);
    let endorse = decide(1, DecisionKind::Endorse);
    assert_eq!(case.by(deputy(), endorse), Err(Refusal::StepAlreadyDecided));
    assert!(case.by(director(), decide(2, DecisionKind::Approve)).is_ok());
    assert_eq!(case.request.state, State::Approved);
}

/// The clock brings nothing into force: where nobody would decide any more, the seat is reminded instead.
#[test]
fn nothing_comes_into_force_by_a_deadline() {
    let escalating =
        |position, kind, seat| Step { on_deadline: OnDeadline::Escalate, ..a_step(position, kind, seat) };
    let deputy_only = vec![escalating(1, StepKind::Endorse, Seat::Role(Role::DeputyDirector))];
    let with_consent = vec![
        escalating(1, StepKind::Endorse, Seat::Role(Role::DeputyDirector)),
        a_step(2, StepKind::Consent, Seat::Learner),
    ];
    let approval = vec![
        escalating(1, StepKind::Approve, Seat::Role(Role::DeputyDirector)),
        a_step(2, StepKind::Endorse, Seat::Role(Role::Director)),
    ];
    for steps in [deputy_only, with_consent, approval] {
        let mut case = Walk::new(Chain::new(steps, false).unwrap());
        case.by(teacher(), submit()).unwrap();
        assert_eq!(case.clock("2026-03-08"), Ok(vec![Effect::Reminded { step: Position(1) }]));
        assert!(!case.request.deadline_open(&case.chain));
    }
}

#[test]
fn a_deadline_may_end_the_request() {
    let mut last = a_step(1, StepKind::Endorse, Seat::Role(Role::DeputyDirector));
    last.on_deadline = OnDeadline::Lapse;
    let mut case = Walk::new(Chain::new(vec![last], false).unwrap());
    case.by(teacher(), submit()).unwrap();
    assert_eq!(case.clock("2026-03-08"), Ok(vec![Effect::Lapsed { why: Lapse::Deadline(Position(1)) }]));
    assert_eq!(case.request.state, State::Lapsed);
}

/// Taken by submitting (P0 §1.1, P4 §2.1.3): who sits at the step and submits is not asked again.
#[test]
fn submitting_takes_the_step_where_the_regulation_says_so() {
    let implied = |step| Step { taken_by_submission: true, ..step };
    let steps = vec![
        implied(a_step(1, StepKind::Consent, Seat::Learner)),
        implied(a_step(2, StepKind::Endorse, Seat::Role(Role::Director))),
        a_step(3, StepKind::Approve, Seat::Role(Role::RegionalCoordinator)),
    ];
    let chain = Chain::new(steps, true).unwrap();
    let mut by_teacher = Walk::new(chain.clone());
    by_teacher.by(teacher(), submit()).unwrap();
    assert_eq!(by_teacher.request.state, State::InReview { step: Position(2), round: 1 });

    let mut by_director = Walk::new(chain);
    by_director.request.submitter = DIRECTOR;
    by_director.by(director(), submit()).unwrap();
    assert_eq!(by_director.request.state, State::InReview { step: Position(1), round: 1 });
    assert_eq!(
        by_director.by(director(), decide(2, DecisionKind::Endorse)),
        Err(Refusal::StepAlreadyDecided)
    );
    by_director.by(teacher(), decide(1, DecisionKind::Consent)).unwrap();
    assert_eq!(by_director.request.state, State::InReview { step: Position(3), round: 1 });
    let both = someone(DIRECTOR, &[Role::Director, Role::RegionalCoordinator]);
    assert_eq!(by_director.by(both, decide(3, DecisionKind::Approve)), Err(Refusal::OwnRequest));

    // A director who learns does not endorse his own route by submitting it.
    let mut own = Walk::new(by_director.chain.clone());
    own.request = Request::draft(DIRECTOR, Some(DIRECTOR), false);
    own.by(director(), submit()).unwrap();
    assert_eq!(own.request.state, State::InReview { step: Position(2), round: 1 });
}

/// A decision may need a text (P0 §5.1); not every step may return.
#[test]
fn a_step_says_whether_it_needs_words_and_may_return() {
    let mut wordy = a_step(1, StepKind::Endorse, Seat::Role(Role::Director));
    (wordy.text_required, wordy.may_return) = (true, false);
    let mut case = Walk::new(Chain::new(vec![wordy], false).unwrap());
    case.by(teacher(), submit()).unwrap();
    assert_eq!(case.by(director(), decide(1, DecisionKind::Endorse)), Err(Refusal::TextRequired));
    assert_eq!(case.by(director(), send_back()), Err(Refusal::ReturnNotAllowed));
}

#[test]
fn working_days_leave_weekends_out() {
    let friday = day("2026-03-06");
    assert_eq!(Deadline { days: 1, working: true }.last_day(friday), day("2026-03-09"));
    assert_eq!(Deadline { days: 6, working: true }.last_day(friday), day("2026-03-16"));
    assert_eq!(Deadline { days: 3, working: false }.last_day(friday), day("2026-03-09"));
}

#[test]
fn a_chain_that_could_not_end_is_no_chain() {
    let head = Seat::Role(Role::AssociationHead);
    let broken = |steps| Chain::new(steps, false).unwrap_err();
    assert_eq!(broken(vec![]), ChainError::NothingBlocks);
    assert_eq!(broken(vec![a_step(1, StepKind::Discuss, head)]), ChainError::NothingBlocks);
    let twice = vec![a_step(1, StepKind::Endorse, head), a_step(1, StepKind::Endorse, head)];
    assert_eq!(broken(twice), ChainError::Twice(Position(1)));
    assert_eq!(broken(vec![a_step(1, StepKind::Consent, head)]), ChainError::Seat(Position(1)));
    let mut holding_up = a_step(1, StepKind::Discuss, head);
    holding_up.blocking = true;
    assert_eq!(broken(vec![holding_up]), ChainError::Blocking(Position(1)));
}

/// One submission endorses once, and whoever endorsed by it takes no other step of the round.
#[test]
fn a_submission_counts_as_the_endorsement_it_takes() {
    let implied = |position, role| Step {
        taken_by_submission: true,
        ..a_step(position, StepKind::Endorse, Seat::Role(role))
    };
    let steps = vec![
        implied(1, Role::DeputyDirector),
        implied(2, Role::AssociationHead),
        a_step(3, StepKind::Endorse, Seat::Role(Role::Director)),
    ];
    let mut case = Walk::new(Chain::new(steps, false).unwrap());
    case.request.submitter = HEAD;
    let everywhere = someone(DEPUTY, &[Role::DeputyDirector, Role::AssociationHead, Role::Director]);
    case.by(ActorFacts { acting_for: Some(HEAD), ..everywhere.clone() }, submit()).unwrap();
    assert_eq!(case.request.taken(), [Position(1)]);
    assert_eq!(case.by(everywhere, decide(2, DecisionKind::Endorse)), Err(Refusal::AlreadyTookStep));
}
