use proptest::prelude::*;

use super::*;

fn event() -> impl Strategy<Value = EnrollmentEvent> {
    let reason = || prop_oneof![Just(String::new()), Just("Болезнь".to_owned())];
    prop_oneof![
        Just(EnrollmentEvent::Start),
        Just(EnrollmentEvent::Record),
        any::<bool>().prop_map(|mastered_in_full| EnrollmentEvent::Finish { mastered_in_full }),
        reason().prop_map(|reason| EnrollmentEvent::Fail { reason }),
        reason().prop_map(|reason| EnrollmentEvent::Withdraw { reason }),
    ]
}

const FINAL: [EnrollmentState; 4] = [
    EnrollmentState::Completed,
    EnrollmentState::Incomplete,
    EnrollmentState::Failed,
    EnrollmentState::Withdrawn,
];

fn stage() -> impl Strategy<Value = EnrollmentStage> {
    let outcome = prop_oneof![
        Just(StageOutcome::Pending),
        Just(StageOutcome::Mastered),
        Just(StageOutcome::NotMastered)
    ];
    (outcome, prop::option::of(1..20i32), prop::option::of(0..20i32)).prop_map(
        |(outcome, hours, attended)| EnrollmentStage {
            position: 1,
            kind: TrainingStageKind::WorkplaceTask,
            title: "Этап".into(),
            hours: hours.map(Hours::whole),
            attended_hours: attended.map(Hours::whole),
            outcome,
            grade: None,
            remark: None,
            recorded_at: None,
        },
    )
}

proptest! {
    /// Whatever happens in whatever order: what has ended stays, nothing ends before it began but by leaving, and
    /// only full mastering completes.
    #[test]
    fn an_enrollment_ends_once(events in prop::collection::vec(event(), 0..12)) {
        let mut state = EnrollmentState::Enrolled;
        let mut began = false;
        for event in events {
            let next = step(state, &event);
            if FINAL.contains(&state) {
                prop_assert_eq!(next, Err(EnrollmentRefusal::AlreadyFinal));
            }
            let Ok(next) = next else { continue };
            began |= next == EnrollmentState::InProgress;
            if FINAL.contains(&next) {
                prop_assert!(began || next == EnrollmentState::Withdrawn);
            }
            let full = matches!(event, EnrollmentEvent::Finish { mastered_in_full: true });
            prop_assert_eq!(next == EnrollmentState::Completed, full);
            state = next;
        }
    }

    /// One stage that is not full spoils the whole, and nothing else does.
    #[test]
    fn the_whole_is_as_full_as_its_stages(stages in prop::collection::vec(stage(), 0..6)) {
        let spoilt = stages.iter().any(|stage| {
            let short = stage.attended_hours.zip(stage.hours).is_some_and(|(attended, hours)| attended < hours);
            stage.outcome != StageOutcome::Mastered || short
        });
        let measured: Hours = stages.iter().filter_map(|stage| stage.hours).sum();
        prop_assert_eq!(is_mastered_in_full(&stages, measured), !stages.is_empty() && !spoilt);
    }
}

/// P3-14: a stage without a volume of its own is as long as what the others leave of the whole.
#[test]
fn a_stage_without_hours_is_measured_by_the_rest() {
    let stage = |hours: Option<i32>, attended: Option<i32>| EnrollmentStage {
        position: 1,
        kind: TrainingStageKind::Study,
        title: "Этап".into(),
        hours: hours.map(Hours::whole),
        attended_hours: attended.map(Hours::whole),
        outcome: StageOutcome::Mastered,
        grade: None,
        remark: None,
        recorded_at: None,
    };
    let full = |stages: &[EnrollmentStage]| is_mastered_in_full(stages, Hours::whole(6));
    assert!(!full(&[stage(None, Some(1))]));
    assert!(full(&[stage(None, Some(6))]));
    assert!(full(&[stage(Some(2), Some(2)), stage(None, Some(4))]));
    assert!(!full(&[stage(Some(2), Some(2)), stage(None, Some(3))]));
    assert!(!full(&[stage(None, Some(2)), stage(None, Some(3))]), "together they are short");
    assert!(full(&[stage(None, None)]), "attendance need not be recorded");
}
