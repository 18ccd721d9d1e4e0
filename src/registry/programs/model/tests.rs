use chrono::NaiveDate;

use super::*;

fn data(kind: ProgramKind, hours: i32, fully_modular: bool) -> ProgramData {
    ProgramData {
        kind,
        title: "Функциональная грамотность".to_owned(),
        annotation: String::new(),
        hours: Hours::whole(hours),
        fully_modular,
        study_form: StudyForm::FullTime,
        delivery: vec![ProgramDelivery::InPerson],
        audience: vec![ProgramAudience::Teacher],
        education_levels: Vec::new(),
        subjects: Vec::new(),
        price_rubles: None,
        details: ProgramDetails::default(),
    }
}

fn module(hours: i32) -> ModuleData {
    ModuleData {
        title: "Модуль".to_owned(),
        hours: Hours::whole(hours),
        provider_id: Uuid::nil(),
        delivery: vec![ProgramDelivery::InPerson],
        competency_ids: Vec::new(),
    }
}

fn codes(problems: &[FieldProblem]) -> Vec<&str> {
    problems.iter().map(|problem| &*problem.code).collect()
}

/// B1.5
#[test]
fn each_kind_has_its_least_volume() {
    for (kind, hours, right) in [
        (ProgramKind::AdvancedTraining, 15, false),
        (ProgramKind::AdvancedTraining, 16, true),
        (ProgramKind::AdvancedTraining, 300, true),
        (ProgramKind::Retraining, 249, false),
        (ProgramKind::Retraining, 250, true),
    ] {
        assert_eq!(
            check(&data(kind, hours, false), &[], NaiveDate::MAX).is_empty(),
            right,
            "{kind:?} {hours}"
        );
    }
}

/// P1-11
#[test]
fn the_modules_of_a_fully_modular_program_add_up() {
    let whole = data(ProgramKind::AdvancedTraining, 36, true);
    assert!(check(&whole, &[module(18), module(18)], NaiveDate::MAX).is_empty());
    assert_eq!(codes(&check(&whole, &[module(18)], NaiveDate::MAX)), ["module_hours_differ"]);
    assert_eq!(codes(&check(&whole, &[], NaiveDate::MAX)), ["module_hours_differ"]);
}

#[test]
fn modules_never_exceed_the_program() {
    let partly = data(ProgramKind::AdvancedTraining, 36, false);
    assert!(check(&partly, &[module(18)], NaiveDate::MAX).is_empty());
    assert_eq!(codes(&check(&partly, &[module(40)], NaiveDate::MAX)), ["module_hours_exceed"]);
}

#[test]
fn all_problems_come_at_once() {
    let mut wrong = data(ProgramKind::Retraining, 36, true);
    wrong.title = " ".to_owned();
    assert_eq!(
        codes(&check(&wrong, &[module(18)], NaiveDate::MAX)),
        ["blank", "too_few_hours", "module_hours_differ"]
    );
}
