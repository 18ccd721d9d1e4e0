//! Bodies that decide together, and learners who leave.

use super::super::*;
use super::support::*;
use crate::authz::Role;

fn meeting(votes: Option<(u16, u16, u16)>) -> Meeting {
    Meeting {
        held_on: today(),
        protocol: Some("4".into()),
        present: Some(9),
        votes_for: votes.map(|votes| votes.0),
        against: votes.map(|votes| votes.1),
        abstained: votes.map(|votes| votes.2),
    }
}

fn at_council() -> Walk {
    let council = Step {
        group: true,
        protocol_required: true,
        ..a_step(1, StepKind::Endorse, Seat::Role(Role::CouncilSecretary))
    };
    let own = a_step(2, StepKind::Endorse, Seat::Role(Role::DeputyDirector));
    let mut case = Walk::new(Chain::new(vec![council, own], false).unwrap());
    case.by(teacher(), submit()).unwrap();
    case
}

fn recorded(meeting: Option<Meeting>) -> Event {
    let kind = DecisionKind::Endorse;
    Event::Decide(Decision { step: Position(1), kind, act: None, text: None, meeting })
}

/// P1-28: the secretary records what the body decided, and decides at a seat of the own all the same.
#[test]
fn a_body_decides_and_its_secretary_records_it() {
    let mut case = at_council();
    let secretary = someone(DEPUTY, &[Role::CouncilSecretary, Role::DeputyDirector]);
    assert_eq!(case.by(secretary.clone(), recorded(None)), Err(Refusal::MeetingRequired));
    assert!(case.by(secretary.clone(), recorded(Some(meeting(Some((7, 1, 1)))))).is_ok());
    let Event::Decide(decision) = decide(2, DecisionKind::Endorse) else { unreachable!() };
    let with_meeting = Event::Decide(Decision { meeting: Some(meeting(None)), ..decision });
    assert_eq!(case.by(secretary.clone(), with_meeting), Err(Refusal::NoMeeting));
    assert!(case.by(secretary, decide(2, DecisionKind::Endorse)).is_ok());
}

#[test]
fn a_record_of_a_meeting_holds_together() {
    let case = at_council();
    let step = case.chain.at(Position(1)).unwrap();
    let faults = |meeting: Meeting| meeting.faults(step, Some(today()), today());
    assert_eq!(faults(meeting(None)), []);
    assert_eq!(faults(meeting(Some((3, 3, 0)))), [MeetingFault::VotesDoNotCarry]);
    assert_eq!(faults(meeting(Some((9, 1, 0)))), [MeetingFault::VotesExceedAttendance]);
    let partial = Meeting { votes_for: None, ..meeting(Some((7, 1, 1))) };
    assert_eq!(faults(partial), [MeetingFault::VotesIncomplete]);
    let wrong = Meeting { held_on: day("2026-03-03"), protocol: None, ..meeting(None) };
    assert_eq!(faults(wrong.clone()), [MeetingFault::HeldInFuture, MeetingFault::ProtocolRequired]);
    let refused = case.clone().by(someone(HEAD, &[Role::CouncilSecretary]), recorded(Some(wrong)));
    assert_eq!(refused, Err(Refusal::MeetingInvalid(MeetingFault::HeldInFuture)));
}

/// Nothing about somebody is decided positively where he or she works no longer, and the clock ends it.
#[test]
fn the_request_of_one_who_left_ends() {
    let mut case = Walk::at_deputy();
    assert_eq!(case.act(&Actor::Clock, Event::LearnerLeft), Err(Refusal::LearnerStays));
    case.request.learner_left = true;
    assert_eq!(case.by(deputy(), decide(3, DecisionKind::Endorse)), Err(Refusal::LearnerLeft));
    let put = put_in(4, 5, StepKind::Endorse, Role::ProgramCurator);
    assert_eq!(case.by(director(), put), Err(Refusal::LearnerLeft));
    assert_eq!(case.by(director(), Event::LearnerLeft), Err(Refusal::WrongActor));
    let mut returned = case.clone();
    returned.by(deputy(), send_back()).unwrap();
    assert_eq!(returned.by(teacher(), submit()), Err(Refusal::LearnerLeft));
    for mut case in [case, returned] {
        let lapsed = vec![Effect::Lapsed { why: Lapse::LearnerLeft }];
        assert_eq!(case.act(&Actor::Clock, Event::LearnerLeft), Ok(lapsed));
        assert_eq!(case.request.state, State::Lapsed);
        assert_eq!(case.act(&Actor::Clock, Event::LearnerLeft), Err(Refusal::AlreadyFinal));
    }
}
