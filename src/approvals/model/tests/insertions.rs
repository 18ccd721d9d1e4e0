//! Steps that a senior puts in.

use super::super::*;
use super::support::*;
use crate::authz::Role;

/// Whoever decides asks somebody else first, and still decides; the next round asks both.
#[test]
fn a_senior_asks_somebody_before_deciding() {
    let mut case = Walk::at_director();
    let put = || put_in(4, 5, StepKind::Endorse, Role::ProgramCurator);
    assert_eq!(case.by(deputy(), put()), Err(Refusal::NotASenior));
    let effects = case.by(director(), put()).unwrap();
    let opened = Effect::StepOpened { step: Position(5), round: 1, due_on: Some(day("2026-03-07")) };
    assert_eq!(effects, [opened]);
    assert_eq!(case.request.due_on(&case.chain), Some(day("2026-03-07")));
    assert_eq!(case.by(director(), decide(4, DecisionKind::Approve)), Err(Refusal::StepNotOpen));
    let curator = someone(HEAD, &[Role::ProgramCurator]);
    case.by(curator, decide(5, DecisionKind::Endorse)).unwrap();
    case.by(director(), send_back()).unwrap();
    case.by(teacher(), submit()).unwrap();
    let order: Vec<u16> = case.chain.steps().iter().map(|step| step.position.0).collect();
    assert_eq!(order, [1, 2, 3, 5, 4]);
    case.by(teacher(), decide(1, DecisionKind::Consent)).unwrap();
    case.by(deputy(), decide(3, DecisionKind::Endorse)).unwrap();
    assert_eq!(case.request.state, State::InReview { step: Position(5), round: 2 });
    assert_eq!(fold(&case.chain, &case.request.history), Ok(case.request.state.clone()));
}

/// A step put before one to come waits for its turn; one that only hears an opinion holds nothing up.
#[test]
fn a_step_to_come_waits_for_its_turn() {
    let mut case = Walk::at_deputy();
    let before = case.request.state.clone();
    let acknowledge = put_in(4, 5, StepKind::Acknowledge, Role::ProgramCurator);
    assert_eq!(case.by(director(), acknowledge), Ok(vec![]));
    let discuss = put_in(3, 6, StepKind::Discuss, Role::ProgramCurator);
    assert_eq!(case.by(deputy(), discuss), Ok(vec![]));
    assert_eq!(case.request.state, before);
    case.by(deputy(), decide(3, DecisionKind::Endorse)).unwrap();
    assert_eq!(case.request.state, State::InReview { step: Position(5), round: 1 });
}

#[test]
fn not_everything_can_be_put_everywhere() {
    let case = Walk::at_director();
    let put = |event| case.clone().by(director(), event);
    let endorse = |before, number| put_in(before, number, StepKind::Endorse, Role::ProgramCurator);
    assert_eq!(put(put_in(4, 5, StepKind::Endorse, Role::Director)), Err(Refusal::SameSeat));
    assert_eq!(put(put_in(4, 5, StepKind::Approve, Role::ProgramCurator)), Err(Refusal::KindNotInsertable));
    assert!(put(endorse(4, 65)).is_ok(), "numbers that were given back are gone, places are not");
    assert_eq!(put(endorse(4, 1001)), Err(Refusal::ChainFull));
    assert_eq!(put(endorse(9, 10)), Err(Refusal::UnknownStep));
    assert_eq!(case.clone().by(deputy(), endorse(3, 5)), Err(Refusal::AlreadyTookStep));
    let second = someone(uuid::Uuid::from_u128(9), &[Role::DeputyDirector]);
    assert_eq!(case.clone().by(second, endorse(3, 5)), Err(Refusal::StepAlreadyDecided));
    let mut fresh = Walk::new(chain());
    fresh.by(teacher(), submit()).unwrap();
    assert_eq!(fresh.by(teacher(), endorse(1, 5)), Err(Refusal::NotADecidingStep));
    assert_eq!(fresh.by(head(), endorse(2, 5)), Err(Refusal::NotADecidingStep));
    let Event::Insert(insertion) = endorse(4, 5) else { unreachable!() };
    let mute = Event::Insert(Insertion { reason: " ".into(), ..insertion });
    assert_eq!(put(mute), Err(Refusal::ReasonRequired));
}

/// Earlier rounds are replayed as they were, whatever was put in later.
#[test]
fn a_step_put_in_later_does_not_change_earlier_rounds() {
    let mut case = Walk::at_director();
    case.by(director(), send_back()).unwrap();
    case.by(teacher(), submit()).unwrap();
    case.by(teacher(), decide(1, DecisionKind::Consent)).unwrap();
    case.by(deputy(), put_in(3, 5, StepKind::Endorse, Role::ProgramCurator)).unwrap();
    assert_eq!(case.request.state, State::InReview { step: Position(5), round: 2 });
    assert_eq!(fold(&case.chain, &case.request.history), Ok(case.request.state.clone()));
}

/// Whoever decides after a step that was put in takes it out: the chain goes on where it would have been without it, and
/// every round is replayed as it was.
#[test]
fn a_step_is_taken_out_again() {
    let mut case = Walk::at_director();
    case.by(director(), put_in(4, 5, StepKind::Endorse, Role::ProgramCurator)).unwrap();
    let curator = someone(HEAD, &[Role::ProgramCurator]);
    assert_eq!(case.by(curator.clone(), take_out(5)), Err(Refusal::NotASeniorOfStep));
    assert_eq!(case.by(deputy(), take_out(5)), Err(Refusal::NotASeniorOfStep));
    assert_eq!(case.by(director(), take_out(3)), Err(Refusal::StepOfRegulation));
    assert_eq!(case.by(director(), take_out(9)), Err(Refusal::UnknownStep));
    let mute = Event::Remove { step: Position(5), reason: " ".into() };
    assert_eq!(case.by(director(), mute), Err(Refusal::ReasonRequired));
    let opened = Effect::StepOpened { step: Position(4), round: 1, due_on: Some(day("2026-03-07")) };
    assert_eq!(case.by(director(), take_out(5)), Ok(vec![opened]));
    assert_eq!(case.by(director(), take_out(5)), Err(Refusal::UnknownStep));
    assert_eq!(fold(&case.chain, &case.request.history), Ok(case.request.state.clone()));

    case.by(director(), put_in(4, 6, StepKind::Endorse, Role::ProgramCurator)).unwrap();
    case.by(curator, decide(6, DecisionKind::Endorse)).unwrap();
    assert_eq!(case.by(director(), take_out(6)), Err(Refusal::StepAlreadyDecided));
    case.by(director(), send_back()).unwrap();
    case.by(teacher(), submit()).unwrap();
    // What was decided in an earlier round is not asked for again, and stays in that round.
    assert_eq!(case.by(director(), take_out(6)), Ok(vec![]));
    assert_eq!(fold(&case.chain, &case.request.history), Ok(case.request.state.clone()));
}

/// A further step may leave no other without a person, in this round or in a later one; a seat that is vacant anyway is
/// nothing it brings about.
#[test]
fn a_further_step_leaves_the_others_somebody() {
    let case = Walk::at_deputy();
    let second = uuid::Uuid::from_u128(9);
    let judged = |asked: &[uuid::Uuid], at_three: &[uuid::Uuid], at_four: &[uuid::Uuid]| {
        let holders = |step: &Step| if step.position.0 == 3 { at_three.to_vec() } else { at_four.to_vec() };
        leaves_enough(&case.request, &case.chain, asked, holders)
    };
    assert_eq!(judged(&[HEAD], &[DEPUTY], &[DIRECTOR]), Ok(()));
    assert_eq!(judged(&[], &[DEPUTY], &[DIRECTOR]), Err(Shortage::Nobody));
    assert_eq!(judged(&[TEACHER], &[DEPUTY], &[DIRECTOR]), Err(Shortage::Nobody));
    assert_eq!(judged(&[DIRECTOR], &[DEPUTY], &[DIRECTOR]), Err(Shortage::NeededAt(Position(4))));
    assert_eq!(judged(&[DIRECTOR], &[DEPUTY], &[DIRECTOR, second]), Ok(()));
    assert_eq!(judged(&[DEPUTY], &[DEPUTY, DIRECTOR], &[DIRECTOR]), Err(Shortage::NeededAt(Position(3))));
    assert_eq!(judged(&[HEAD], &[], &[DIRECTOR]), Ok(()));
    let later = Walk::at_director();
    let holders = |step: &Step| if step.position.0 == 3 { vec![second] } else { vec![DIRECTOR] };
    let judged = leaves_enough(&later.request, &later.chain, &[second], holders);
    assert_eq!(judged, Err(Shortage::NeededAt(Position(3))));
}

/// Whoever answers for the organization takes a request back with a reason, and does nothing else.
#[test]
fn a_superior_sets_a_request_free() {
    let superior = Actor::Superior(director());
    let mut case = Walk::at_director();
    let back = |reason: Option<&str>| Event::Withdraw { reason: reason.map(str::to_owned) };
    assert_eq!(case.act(&superior, decide(4, DecisionKind::Approve)), Err(Refusal::WrongActor));
    assert_eq!(case.act(&superior, send_back()), Err(Refusal::WrongActor));
    assert_eq!(case.act(&superior, back(None)), Err(Refusal::ReasonRequired));
    assert_eq!(case.act(&superior, back(Some(" "))), Err(Refusal::ReasonRequired));
    assert_eq!(case.by(director(), back(Some("Некому"))), Err(Refusal::NotSubmitter));
    assert_eq!(case.act(&superior, back(Some("Некому"))), Ok(vec![Effect::SubjectWithdrawn]));
}
