//! Packages, the order of forms in them, their answers and their terms.

use super::*;

fn package() -> FrdoPackage {
    FrdoPackage {
        id: Uuid::nil(),
        region_id: Uuid::nil(),
        organization_id: Uuid::nil(),
        number: 1,
        layout: Layout::V38,
        row_count: 1,
        due_on: due_on(day(10)),
        state: PackageState::Formed,
        formed_at: chrono::DateTime::UNIX_EPOCH,
        answered_on: None,
        note: None,
        version: 1,
    }
}

#[test]
fn a_package_is_answered_once_and_everything_wrong_is_said_at_once() {
    let answer = |accepted, answered_on| Answer { accepted, answered_on, note: None };
    let wrong = package().answered(answer(false, Some(day(9))), day(10), day(12));
    assert_eq!(wrong, Err(vec![PackageRefusal::Day, PackageRefusal::Silent]));
    let accepted = package().answered(answer(true, None), day(10), day(12)).unwrap();
    assert_eq!(
        (accepted.state, accepted.answered_on, accepted.version),
        (PackageState::Accepted, Some(day(12)), 2)
    );
    assert_eq!(accepted.answered(answer(true, None), day(10), day(12)), Err(vec![PackageRefusal::Answered]));
}

#[test]
fn a_package_is_withdrawn_only_while_it_waits() {
    let withdrawn = package().withdrawn("Не тот шаблон".to_owned()).unwrap();
    assert_eq!(
        (withdrawn.state, withdrawn.answered_on, withdrawn.version),
        (PackageState::Withdrawn, None, 2)
    );
    assert_eq!(withdrawn.note.as_deref(), Some("Не тот шаблон"));
    let answer = Answer { accepted: true, answered_on: None, note: None };
    let late = withdrawn.clone().answered(answer.clone(), day(10), day(12));
    assert_eq!(late, Err(vec![PackageRefusal::Withdrawn]));
    assert_eq!(withdrawn.withdrawn("-".to_owned()), Err(PackageRefusal::Withdrawn));
    let answered = package().answered(answer, day(10), day(12)).unwrap();
    assert_eq!(answered.withdrawn("-".to_owned()), Err(PackageRefusal::Answered));
}

/// B5: documents have to be there 60 days after they were issued.
#[test]
fn the_register_wants_documents_in_sixty_days() {
    assert_eq!(due_on(day(10)), NaiveDate::from_ymd_opt(2026, 4, 11).unwrap());
}

/// B5: a duplicate has numbers, day and ground of its own, the original beside it, and goes once the register has that.
#[test]
fn forms_of_a_document_go_one_after_the_other() {
    let original = paper(whole().with(Field::MiddleName, "Петровна").with(Field::ExchangeConfirmed, "Да"));
    let copy = Duplicate {
        id: Uuid::from_u128(1),
        region_id: Uuid::nil(),
        credential_id: Uuid::nil(),
        person_id: Uuid::nil(),
        ground: Ground::Loss,
        numbers: Numbers {
            series: Some("ПК".into()),
            number: Some("77-009".into()),
            registration_number: None,
        },
        issued_on: day(20),
        code: String::new(),
        created_at: chrono::DateTime::UNIX_EPOCH,
    };
    let copy = Facts::duplicate(&original, &copy);
    let next = |first: &Standing, second: &Standing| {
        let forms = vec![(original.clone(), first.clone()), (copy.clone(), second.clone())];
        next_line(Layout::V40, forms).unwrap()
    };
    let nothing = Standing::default();
    let first = next(&nothing, &nothing);
    assert_eq!((sent(&first), first.paper.duplicate_id), ((Action::Original, Outcome::Clean), None));
    let known = accepted(Layout::V40, &first);
    let second = next(&known, &nothing);
    assert_eq!(sent(&second), (Action::Duplicate, Outcome::Clean));
    assert_eq!((second.paper.issued_on, second.paper.first_issued_on), (day(20), day(10)));
    for (field, expected) in [
        (Field::DocumentStatus, "Дубликат"),
        (Field::LossConfirmed, "Да"),
        (Field::ExchangeConfirmed, "Нет"),
        (Field::Number, "77-009"),
        (Field::IssuedOn, "20.02.2026"),
        (Field::OriginalNumber, "77-001"),
        (Field::OriginalIssuedOn, "10.02.2026"),
        (Field::OriginalLastName, "Иванова"),
        (Field::OriginalMiddleName, "Петровна"),
        (Field::ReplacesNumber, ""),
    ] {
        assert_eq!(value(&second.cells, field), expected, "{}", field.as_str());
    }
    assert_eq!(next(&known, &accepted(Layout::V40, &second)).outcome, Outcome::NothingToSend);
    assert_eq!(next_line(Layout::V40, Vec::new()), None);
}
