//! One test for each rule.

use uuid::Uuid;

use super::super::*;
use super::support::*;
use crate::authz::Role;

/// P0-6, P1-29: consent, endorsement and an order, in this order, bring the subject into force.
#[test]
fn the_chain_ends_in_approval() {
    let mut case = Walk::at_director();
    let effects = case.by(director(), decide(4, DecisionKind::Approve)).unwrap();
    assert_eq!(case.request.state, State::Approved);
    assert_eq!(effects, [Effect::SubjectApproved { act: Some(act()) }]);
}

/// P1-29: the number and date of the order stay those of the approval when somebody decides after it; an order of a round
/// that was returned counts no more.
#[test]
fn the_act_of_an_earlier_step_of_the_round_is_kept() {
    let steps = vec![
        a_step(1, StepKind::Approve, Seat::Role(Role::Director)),
        a_step(2, StepKind::Endorse, Seat::Role(Role::DeputyDirector)),
    ];
    let mut case = Walk::new(Chain::new(steps, false).unwrap());
    case.by(teacher(), submit()).unwrap();
    case.by(director(), decide(1, DecisionKind::Approve)).unwrap();
    case.by(deputy(), send_back()).unwrap();
    case.by(teacher(), submit()).unwrap();
    let newer = Act { number: "15-о".into(), date: today() };
    let approval = Decision {
        step: Position(1),
        kind: DecisionKind::Approve,
        act: Some(newer.clone()),
        text: None,
        meeting: None,
    };
    case.by(director(), Event::Decide(approval)).unwrap();
    let effects = case.by(deputy(), decide(2, DecisionKind::Endorse)).unwrap();
    assert_eq!(effects, [Effect::SubjectApproved { act: Some(newer) }]);
}

#[test]
fn an_opened_step_tells_its_last_day() {
    let mut case = Walk::new(chain());
    let effects = case.by(teacher(), submit()).unwrap();
    let due_on = Some(day("2026-03-07"));
    assert_eq!(effects, [Effect::StepOpened { step: Position(1), round: 1, due_on }]);
    assert_eq!(case.request.due_on(&case.chain), due_on);
}

/// P0-6: a route drafted by somebody else needs the teacher's agreement in some form.
#[test]
fn one_side_alone_brings_nothing_into_force() {
    let steps = vec![a_step(1, StepKind::Endorse, Seat::Role(Role::Director))];
    let mut case = Walk::new(Chain::new(steps, true).unwrap());
    case.request.submitter = HEAD;
    assert_eq!(case.by(head(), submit()), Err(Refusal::LearnerSideMissing));
    case.request.learner_agreed = true;
    assert!(case.by(head(), submit()).is_ok());

    let steps = vec![a_step(1, StepKind::Consent, Seat::Learner)];
    let mut case = Walk::new(Chain::new(steps, true).unwrap());
    assert_eq!(case.by(teacher(), submit()), Err(Refusal::OrganizationSideMissing));
}

/// P0-42: a return names a reason and a date that is not past.
#[test]
fn a_return_needs_a_reason_and_a_date() {
    let case = Walk::at_deputy();
    let back = |reason: &str, due_on: &str| {
        let event = Event::Return { reason: reason.into(), due_on: day(due_on) };
        case.clone().by(deputy(), event)
    };
    assert_eq!(back(" \u{a0}", "2026-03-20"), Err(Refusal::ReasonRequired));
    assert_eq!(back("Нет плана", "2026-03-01"), Err(Refusal::DueOnInPast));
    let effects = back("Нет плана", "2026-03-02").unwrap();
    let (reason, due_on) = ("Нет плана".to_owned(), today());
    assert_eq!(effects, [Effect::SubjectReturned { reason, due_on }]);
}

/// P0-42: after the date the rework is overdue.
#[test]
fn rework_is_overdue_after_its_date() {
    let mut case = Walk::at_deputy();
    case.by(deputy(), send_back()).unwrap();
    assert!(!case.request.state.rework_overdue(day("2026-03-20")));
    assert!(case.request.state.rework_overdue(day("2026-03-21")));
}

/// P0-43: after rework the deputy is asked again, and the earlier decisions are kept.
#[test]
fn resubmission_passes_the_deputy_again() {
    let mut case = Walk::at_director();
    case.by(director(), send_back()).unwrap();
    let kept = case.request.history.len();
    case.by(teacher(), submit()).unwrap();
    assert_eq!(case.request.state, State::InReview { step: Position(1), round: 2 });
    assert_eq!(case.request.history.len(), kept + 1);
    case.by(teacher(), decide(1, DecisionKind::Consent)).unwrap();
    assert_eq!(case.by(director(), decide(4, DecisionKind::Approve)), Err(Refusal::StepNotOpen));
    assert!(case.by(deputy(), decide(3, DecisionKind::Endorse)).is_ok());
}

/// P1-28: a discussion may be skipped, moves nothing, and needs words.
#[test]
fn an_opinion_never_advances_the_chain() {
    let mut case = Walk::at_director();
    let before = case.request.state.clone();
    let mute =
        Decision { step: Position(2), kind: DecisionKind::Opinion, act: None, text: None, meeting: None };
    assert_eq!(case.by(head(), Event::Decide(mute)), Err(Refusal::TextRequired));
    assert_eq!(case.by(head(), decide(2, DecisionKind::Opinion)), Ok(vec![]));
    assert_eq!(case.by(head(), decide(2, DecisionKind::Opinion)), Err(Refusal::AlreadyGaveOpinion));
    assert_eq!(case.request.state, before);
}

/// P1-29: approval by order needs its number and date.
#[test]
fn an_approval_by_order_needs_the_order() {
    let case = Walk::at_director();
    let approve = |act| {
        let decision =
            Decision { step: Position(4), kind: DecisionKind::Approve, act, text: None, meeting: None };
        case.clone().by(director(), Event::Decide(decision))
    };
    assert_eq!(approve(None), Err(Refusal::ActRequired));
    let blank = Act { number: " ".into(), date: today() };
    assert_eq!(approve(Some(blank)), Err(Refusal::ActInvalid));
    let tomorrow = Act { number: "1".into(), date: day("2026-03-03") };
    assert_eq!(approve(Some(tomorrow)), Err(Refusal::ActInvalid));
}

/// P4-11: nobody consents in the teacher's stead, not even a substitute.
#[test]
fn only_the_learner_consents() {
    let mut case = Walk::new(chain());
    case.by(teacher(), submit()).unwrap();
    let consent = || decide(1, DecisionKind::Consent);
    assert_eq!(case.by(deputy(), consent()), Err(Refusal::NotTheLearner));
    let substitute = ActorFacts { acting_for: Some(TEACHER), ..deputy() };
    assert_eq!(case.by(substitute, consent()), Err(Refusal::NotTheLearner));
    assert!(case.by(teacher(), consent()).is_ok());
}

/// Design §2: nobody decides on his own request, nor through a substitute.
#[test]
fn nobody_decides_on_a_request_of_his_own() {
    let mut case = Walk::at_deputy();
    let also_deputy = someone(TEACHER, &[Role::DeputyDirector]);
    assert_eq!(case.by(also_deputy, decide(3, DecisionKind::Endorse)), Err(Refusal::OwnRequest));
    let substitute = ActorFacts { acting_for: Some(TEACHER), ..deputy() };
    assert_eq!(case.by(substitute, decide(3, DecisionKind::Endorse)), Err(Refusal::OwnRequest));
}

/// Design §2: the same person does not take two steps, whichever seats he holds or stands in for.
#[test]
fn nobody_takes_two_steps_of_one_round() {
    let mut case = Walk::at_director();
    let both = someone(DEPUTY, &[Role::DeputyDirector, Role::Director]);
    assert_eq!(case.by(both.clone(), decide(4, DecisionKind::Approve)), Err(Refusal::AlreadyTookStep));
    let substitute = ActorFacts { acting_for: Some(DIRECTOR), ..both };
    assert_eq!(case.by(substitute, decide(4, DecisionKind::Approve)), Err(Refusal::AlreadyTookStep));
    let in_the_deputys_name = ActorFacts { acting_for: Some(DEPUTY), ..director() };
    assert_eq!(case.by(in_the_deputys_name, decide(4, DecisionKind::Approve)), Err(Refusal::AlreadyTookStep));
}

/// A person who lost the role, or holds it elsewhere, does not sit at the step.
#[test]
fn the_seat_is_held_at_the_steps_organization() {
    let mut case = Walk::at_deputy();
    let mut elsewhere = deputy();
    elsewhere.seats[0].organization = Uuid::from_u128(200);
    assert_eq!(case.by(elsewhere, decide(3, DecisionKind::Endorse)), Err(Refusal::NotYourStep));
    assert_eq!(case.by(someone(DEPUTY, &[]), send_back()), Err(Refusal::NotYourStep));
}

/// Two deciders at once: the second names a step that has been decided, and advances nothing.
#[test]
fn the_second_decider_advances_nothing() {
    let mut case = Walk::at_director();
    let second = someone(Uuid::from_u128(9), &[Role::DeputyDirector, Role::Director]);
    assert_eq!(case.by(second, decide(3, DecisionKind::Endorse)), Err(Refusal::StepAlreadyDecided));
}

#[test]
fn the_submitter_withdraws_before_the_end_only() {
    for case in [Walk::new(chain()), Walk::at_deputy(), Walk::at_director()] {
        assert_eq!(case.clone().by(deputy(), Event::Withdraw { reason: None }), Err(Refusal::NotSubmitter));
        assert_eq!(
            case.clone().by(teacher(), Event::Withdraw { reason: None }),
            Ok(vec![Effect::SubjectWithdrawn])
        );
    }
    let mut case = Walk::at_director();
    case.by(director(), Event::Reject { reason: "Не по профилю".into() }).unwrap();
    assert_eq!(case.by(teacher(), Event::Withdraw { reason: None }), Err(Refusal::AlreadyFinal));
}

#[test]
fn allowed_actions_are_what_the_caller_may_do() {
    let case = Walk::at_deputy();
    let of = |who: ActorFacts| -> Vec<&str> {
        allowed_actions(&case.request, &case.chain, &who, today()).iter().map(|a| a.as_str()).collect()
    };
    assert_eq!(of(teacher()), ["withdraw"]);
    assert_eq!(of(head()), ["opinion"]);
    assert_eq!(of(deputy()), ["endorse", "return", "reject", "insert"]);
    assert_eq!(of(director()), ["insert"]);
}
