//! What holds for every sequence of events.

use chrono::Days;
use proptest::prelude::*;

use super::super::*;
use super::support::*;
use crate::authz::Role;

fn chains() -> impl Strategy<Value = Chain> {
    let seat = prop_oneof![Just(Role::AssociationHead), Just(Role::DeputyDirector), Just(Role::Director)];
    let kind = prop::sample::select(StepKind::ALL.to_vec());
    let behaviour = (prop::sample::select(OnDeadline::ALL.to_vec()), any::<bool>());
    prop::collection::vec((kind, seat, behaviour), 1..6).prop_filter_map("nothing blocks", |steps| {
        let steps = steps.into_iter().zip(1..).map(|((kind, role, (on_deadline, implied)), position)| {
            let seat = if kind == StepKind::Consent { Seat::Learner } else { Seat::Role(role) };
            let taken_by_submission = implied && kind != StepKind::Approve;
            let group = kind != StepKind::Consent && position % 3 == 0;
            Step { on_deadline, taken_by_submission, group, ..a_step(position, kind, seat) }
        });
        Chain::new(steps.collect(), false).ok()
    })
}

fn actors() -> impl Strategy<Value = Actor> {
    let all = [Role::AssociationHead, Role::DeputyDirector, Role::Director, Role::ProgramCurator];
    let everything = someone(DEPUTY, &all);
    let substitute = ActorFacts { acting_for: Some(DEPUTY), ..someone(HEAD, &all) };
    prop_oneof![
        3 => prop::sample::select(vec![teacher(), head(), deputy(), director(), everything, substitute])
            .prop_map(Actor::Person),
        1 => Just(Actor::Clock),
        1 => Just(Actor::Superior(someone(uuid::Uuid::from_u128(8), &[]))),
    ]
}

fn events() -> impl Strategy<Value = Event> {
    let decision = (0_u16..7, prop::sample::select(DecisionKind::ALL.to_vec()), any::<bool>());
    prop_oneof![
        3 => Just(submit()),
        8 => decision.prop_map(|(step, kind, complete)| match decide(step, kind) {
            Event::Decide(decision) if !complete => {
                Event::Decide(Decision { act: None, text: None, ..decision })
            }
            event => event,
        }),
        1 => Just(send_back()),
        1 => Just(Event::Reject { reason: "Нет".into() }),
        1 => prop_oneof![Just(None), Just(Some("Некому".to_owned()))].prop_map(|reason| Event::Withdraw { reason }),
        2 => (1_u16..12).prop_map(take_out),
        2 => Just(Event::Deadline),
        1 => Just(Event::LearnerLeft),
        1 => Just(Event::SubjectEnded { reason: "Маршрут завершён".into() }),
        2 => (1_u16..7, prop::sample::select(StepKind::ALL.to_vec()))
            .prop_map(|(before, kind)| put_in(before, 7, kind, Role::ProgramCurator)),
    ]
}

/// Random attempts, and now and then what the current step waits for, so that long lives are lived too.
fn lives() -> impl Strategy<Value = Walk> {
    let attempt = (actors(), events(), 0_u64..8, any::<bool>(), 0_usize..6);
    (chains(), prop::collection::vec(attempt, 0..60)).prop_map(|(chain, attempts)| {
        let mut case = Walk::new(chain);
        for (actor, event, days, fitting, who) in attempts {
            case.today = case.today + Days::new(days);
            let before = case.request.clone();
            let event = with_a_free_number(&case, event);
            let outcome = if fitting { push_on(&mut case, who) } else { case.act(&actor, event).is_ok() };
            if before.state.is_final() {
                assert!(!outcome, "a final state absorbs every event");
                assert_eq!(case.request, before);
            }
        }
        case
    })
}

fn with_a_free_number(case: &Walk, event: Event) -> Event {
    let Event::Insert(mut insertion) = event else { return event };
    let standing = case.chain.steps().iter().map(|step| step.position.0);
    // The number of a step that was taken out is not given again.
    let put_in = case.request.history.iter().filter_map(|record| match &record.event {
        Event::Insert(insertion) => Some(insertion.step.step.position.0),
        _ => None,
    });
    insertion.step.step.position = Position(standing.chain(put_in).max().unwrap() + 1);
    Event::Insert(insertion)
}

fn push_on(case: &mut Walk, who: usize) -> bool {
    let people = [teacher(), head(), deputy(), director(), teacher(), deputy()];
    let person = people[who].clone();
    let actions = allowed_actions(&case.request, &case.chain, &person, case.today);
    let removal = actions.iter().find_map(|action| match action {
        Action::Remove(step) => Some(*step),
        _ => None,
    });
    // Few hold the seat that random lives put in: those who put it in think better of it now and then.
    if let Some(step) = removal.filter(|_| who >= 2) {
        return case.by(person, take_out(step.0)).is_ok();
    }
    match actions.first() {
        Some(Action::Submit) => case.by(person, submit()).is_ok(),
        Some(Action::Decide(step, kind)) => {
            let decision = complete_decision(&case.chain, *step, *kind, case.today);
            case.by(person, Event::Decide(decision)).is_ok()
        }
        Some(Action::Return | Action::Reject | Action::Withdraw | Action::Insert(_) | Action::Remove(_))
        | None => false,
    }
}

proptest! {
    #[test]
    fn the_state_is_a_cache_of_the_history(case in lives()) {
        prop_assert_eq!(fold(&case.chain, &case.request.history), Ok(case.request.state));
    }

    #[test]
    fn approved_means_every_blocking_step_was_taken_in_order_in_the_last_round(case in lives()) {
        if case.request.state != State::Approved {
            return Ok(());
        }
        let history = &case.request.history;
        let round = history.iter().map(|record| record.round).max().unwrap_or(0);
        let of_round = || history.iter().filter(|record| record.round == round);
        let mut taken: Vec<_> = of_round().filter_map(|record| {
            let Event::Decide(decision) = &record.event else { return None };
            let step = case.chain.at(decision.step)?;
            step.blocking.then_some((case.chain.place(step.position), decision.kind.answers()))
        }).collect();
        prop_assert!(taken.is_sorted_by_key(|(place, _)| *place));
        let implied = case.request.taken().iter().filter_map(|position| case.chain.at(*position));
        let passed = of_round().filter(|record| record.event == Event::Deadline)
            .filter_map(|record| case.chain.at(record.step?))
            .filter(|step| case.chain.at_deadline(step, case.request.taken()) == OnDeadline::Escalate);
        let otherwise = implied.chain(passed).filter(|step| step.blocking);
        taken.extend(otherwise.map(|step| (case.chain.place(step.position), step.kind)));
        taken.sort_by_key(|(place, _)| *place);
        let asked: Vec<_> =
            case.chain.blocking().map(|step| (case.chain.place(step.position), step.kind)).collect();
        prop_assert_eq!(taken, asked);
        prop_assert!(of_round().next_back().is_some_and(|record| record.event != Event::Deadline));
    }

    #[test]
    fn nobody_decides_twice_in_one_round_nor_on_his_own_request(case in lives()) {
        let mut seen = Vec::new();
        for record in &case.request.history {
            let Event::Decide(decision) = &record.event else { continue };
            let by_body = case.chain.at(decision.step).is_some_and(|step| step.group);
            if !decision.kind.answers().is_of_substance() || by_body { continue }
            for person in record.actor.into_iter().chain(record.acting_for) {
                prop_assert!(!case.request.is_own_of(person));
                prop_assert!(!seen.contains(&(record.round, person)));
                seen.push((record.round, person));
            }
        }
    }

    #[test]
    fn a_deadline_has_one_effect_per_step_and_round(case in lives()) {
        let mut seen = Vec::new();
        for record in case.request.history.iter().filter(|record| record.event == Event::Deadline) {
            prop_assert!(!seen.contains(&(record.round, record.step)));
            seen.push((record.round, record.step));
        }
    }
}

/// The generator must reach the interesting ends, or the properties above say nothing.
#[test]
fn random_lives_reach_approval_second_rounds_and_insertions() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let sample: Vec<Walk> = (0..300).map(|_| lives().new_tree(&mut runner).unwrap().current()).collect();
    assert!(sample.iter().filter(|case| case.request.state == State::Approved).count() > 20);
    let some = |what: fn(&Record) -> bool| sample.iter().any(|case| case.request.history.iter().any(what));
    assert!(some(|record| record.round > 1));
    assert!(some(|record| matches!(record.event, Event::Insert(_))));
    assert!(some(|record| matches!(record.event, Event::Remove { .. })));
}
