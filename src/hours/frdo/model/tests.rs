//! Every column and every typical rejection of B5, and what is sent after what was sent before.

mod packages;

use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::error::Language;
use crate::hours::credentials::numbering::Numbers;
use crate::hours::duplicates::model::{Duplicate, Ground};
use crate::hours::model::credential::State;
use crate::values::DocumentKind;

/// A record with which nothing is wrong.
fn whole() -> Record {
    [
        (Field::DocumentKind, "Удостоверение о повышении квалификации"),
        (Field::DocumentStatus, "Оригинал"),
        (Field::Number, "77-001"),
        (Field::IssuedOn, "10.02.2026"),
        (Field::ProgramKind, "Повышение квалификации"),
        (Field::ProgramTitle, "Функциональная грамотность"),
        (Field::StudyStartYear, "2025"),
        (Field::StudyEndYear, "2026"),
        (Field::Hours, "36"),
        (Field::LastName, "Иванова"),
        (Field::FirstName, "Анна"),
        (Field::BirthDate, "17.05.1984"),
        (Field::Sex, "Жен"),
        (Field::Snils, "112-233-445 95"),
    ]
    .into_iter()
    .fold(Record::default(), |record, (field, text)| record.with(field, text))
}

fn written(field: Field, text: &str) -> Cell {
    let found = cells(Layout::V40, Action::Original, &whole().with(field, text));
    found.into_iter().find(|cell| cell.column.field == field).unwrap()
}

fn problems(cells: &[Cell]) -> Vec<(Field, &'static str)> {
    cells.iter().filter_map(|cell| Some((cell.column.field, cell.problem.as_ref()?.code))).collect()
}

fn value(cells: &[Cell], field: Field) -> &str {
    &cells.iter().find(|cell| cell.column.field == field).unwrap().value
}

/// B5: 38 and 40 columns, each under a heading of its own, in the places of the template.
#[test]
fn both_layouts_have_their_columns() {
    let letter = |field| Layout::V40.columns().iter().position(|column| column.field == field).unwrap() + 1;
    let number = |field| Layout::V38.columns().iter().position(|column| column.field == field).unwrap() + 1;
    assert_eq!(Layout::V38.columns().len(), 38);
    assert_eq!(Layout::V40.columns().len(), 40);
    for layout in Layout::ALL {
        let columns = layout.columns();
        for (place, column) in columns.iter().enumerate() {
            let earlier = &columns[..place];
            assert!(!column.heading.is_empty());
            assert!(earlier.iter().all(|other| other.heading != column.heading), "{}", column.heading);
            assert!(earlier.iter().all(|other| other.field != column.field), "{}", column.field.as_str());
        }
        assert_eq!(Layout::parse(layout.as_str()), Some(layout));
    }
    // A = 1, F = 6, U = 21, Z = 26, AA = 27, AE = 31, AF = 32, AN = 40.
    for (field, v40, v38) in [
        (Field::DocumentKind, 1, 1),
        (Field::Series, 6, 4),
        (Field::Hours, 21, 19),
        (Field::Sex, 26, 24),
        (Field::Snils, 27, 25),
        (Field::Citizenship, 31, 29),
        (Field::OriginalTitle, 32, 30),
        (Field::ReplacesNumber, 40, 38),
    ] {
        assert_eq!((letter(field), number(field)), (v40, v38), "{}", field.as_str());
    }
    assert_eq!(number(Field::Confirmation), 3);
}

/// B5: what is written as the register wants it goes as it is; what is absent has its word.
#[test]
fn a_whole_record_is_clean_in_both_layouts() {
    for layout in Layout::ALL {
        let found = cells(layout, Action::Original, &whole());
        assert_eq!(problems(&found), []);
        assert!(found.iter().all(|cell| cell.changed_from.is_none()));
        assert_eq!(value(&found, Field::Series), "нет");
        assert_eq!(value(&found, Field::QualificationTitle), "нет");
        assert_eq!(value(&found, Field::Citizenship), "643");
        assert_eq!(value(&found, Field::OriginalNumber), "");
        assert_eq!(value(&found, Field::ReplacesNumber), "");
    }
    let v38 = cells(Layout::V38, Action::Original, &whole().with(Field::ExchangeConfirmed, "Да"));
    assert_eq!(value(&v38, Field::Confirmation), "Да");
    assert_eq!(value(&cells(Layout::V38, Action::Original, &whole()), Field::Confirmation), "Нет");
}

/// B5, B4.6: spaces of every kind, invisible characters, separators, serial dates, case, abbreviations, letters of the other
/// alphabet and names of countries are mended, and said to be.
#[test]
fn what_can_be_mended_is_mended() {
    for (field, from, to) in [
        (
            Field::DocumentKind,
            "УДОСТОВЕРЕНИЕ о  повышении квалификации",
            "Удостоверение о повышении квалификации",
        ),
        (Field::DocumentStatus, "оригинал", "Оригинал"),
        (Field::LossConfirmed, "да", "Да"),
        (Field::ExchangeConfirmed, "нет", "Нет"),
        (Field::DestructionConfirmed, "1", "Да"),
        // The second letter is Latin.
        (Field::Series, "\u{a0}ПK\u{200b} ", "ПК"),
        (Field::Number, "77\u{2013}002\t", "77-002"),
        (Field::IssuedOn, "46063", "10.02.2026"),
        (Field::IssuedOn, "2026-02-10", "10.02.2026"),
        (Field::RegistrationNumber, " 123 ", "123"),
        (Field::ProgramKind, "пк", "Повышение квалификации"),
        (Field::ProgramTitle, "Функциональная\u{a0}\u{a0}грамотность", "Функциональная грамотность"),
        (Field::ProfessionalArea, "образование и наука", "Образование и наука"),
        (Field::SpecialtyGroup, "44.00.00", "Образование и педагогические науки"),
        (Field::QualificationTitle, "Учитель\u{feff} математики", "Учитель математики"),
        // Both letters are Latin.
        (Field::PriorEducationLevel, "BO", "Высшее образование"),
        // The fourth letter is Latin.
        (Field::PriorDocumentSurname, "Петpова", "Петрова"),
        (Field::PriorDocumentSeries, "ВСГ ", "ВСГ"),
        (Field::PriorDocumentNumber, "\u{200b}1234567", "1234567"),
        (Field::StudyStartYear, " 2025", "2025"),
        (Field::StudyEndYear, "2026\u{a0}", "2026"),
        (Field::Hours, "36,5", "37"),
        (Field::Hours, "36.0", "36"),
        (Field::LastName, "Иванова\u{ad}", "Иванова"),
        (Field::FirstName, " Анна", "Анна"),
        (Field::MiddleName, "Петровна\u{a0}", "Петровна"),
        (Field::BirthDate, "17/05/1984", "17.05.1984"),
        (Field::Sex, "ж", "Жен"),
        (Field::Sex, "Мужской", "Муж"),
        (Field::Snils, "11223344595", "112-233-445 95"),
        (Field::Snils, "112.233.445.95", "112-233-445 95"),
        (Field::Snils, "112 233 445\u{a0}95", "112-233-445 95"),
        // The first letter is Latin.
        (Field::StudyForm, "oчно-заочная", "Очно-заочная"),
        (Field::FundingSource, "Бюджет", "Бюджетное обучение"),
        (Field::EducationDelivery, "В образовательной организации", "в образовательной организации"),
        (Field::Citizenship, "Российская Федерация", "643"),
        (Field::Citizenship, "Республика Беларусь", "112"),
        (Field::Citizenship, "51", "051"),
    ] {
        let cell = written(field, from);
        assert_eq!((cell.value.as_str(), &cell.problem), (to, &None), "{} {from}", field.as_str());
        assert_eq!(cell.changed_from.as_deref(), Some(from), "{} {from}", field.as_str());
    }
}

/// B5, B4.1: what nobody can mend is named in both languages, cell by cell, and stands there as it was written.
#[test]
fn what_cannot_be_mended_is_named() {
    let long = |most: usize| "1".repeat(most + 1);
    for (field, text, code) in [
        (Field::DocumentKind, "Сертификат".to_owned(), "not_in_classifier"),
        (Field::Series, long(20), "too_long"),
        (Field::Number, long(30), "too_long"),
        (Field::Number, "77\u{1b}".to_owned(), "characters"),
        (Field::IssuedOn, "10 февраля".to_owned(), "invalid_date"),
        (Field::IssuedOn, "99".to_owned(), "invalid_date"),
        (Field::RegistrationNumber, long(25), "too_long"),
        (Field::ProgramKind, "Семинар".to_owned(), "not_in_classifier"),
        (Field::ProfessionalArea, "Просвещение".to_owned(), "not_in_classifier"),
        (Field::SpecialtyGroup, "Педагогика".to_owned(), "not_in_classifier"),
        (Field::PriorEducationLevel, "Аспирантура".to_owned(), "not_in_classifier"),
        (Field::PriorDocumentSurname, "Петр0ва".to_owned(), "characters"),
        (Field::PriorDocumentSeries, long(20), "too_long"),
        (Field::PriorDocumentNumber, long(30), "too_long"),
        (Field::StudyStartYear, "26".to_owned(), "invalid_year"),
        (Field::StudyEndYear, "2026 г.".to_owned(), "invalid_year"),
        (Field::Hours, "много".to_owned(), "invalid_hours"),
        (Field::LastName, "Ivанова".to_owned(), "mixed_alphabets"),
        (Field::LastName, "а".repeat(101), "too_long"),
        (Field::FirstName, "Анна1".to_owned(), "characters"),
        (Field::MiddleName, "Петровна*".to_owned(), "characters"),
        (Field::BirthDate, "31.02.1984".to_owned(), "invalid_date"),
        (Field::Sex, "?".to_owned(), "not_in_classifier"),
        (Field::Snils, "112-233-445 96".to_owned(), "invalid_snils"),
        (Field::Snils, "112-233".to_owned(), "invalid_snils"),
        (Field::StudyForm, "Вечерняя".to_owned(), "not_in_classifier"),
        (Field::FundingSource, "Грант".to_owned(), "not_in_classifier"),
        (Field::EducationDelivery, "дома".to_owned(), "not_in_classifier"),
        (Field::Citizenship, "Рутения".to_owned(), "unknown_country"),
    ] {
        let cell = written(field, &text);
        let problem = cell.problem.unwrap_or_else(|| panic!("{} {text}", field.as_str()));
        assert_eq!(problem.code, code, "{} {text}", field.as_str());
        assert_eq!(cell.value, text);
        assert!(!problem.words.in_language(Language::Ru).is_empty());
        assert!(!problem.words.in_language(Language::En).is_empty());
    }
}

/// B5: everything that is missing is said at once; whoever is no citizen may have no СНИЛС.
#[test]
fn what_is_missing_is_said_at_once() {
    let found = cells(Layout::V40, Action::Original, &Record::default());
    let needed = [
        Field::DocumentKind,
        Field::DocumentStatus,
        Field::Number,
        Field::IssuedOn,
        Field::ProgramKind,
        Field::ProgramTitle,
        Field::StudyStartYear,
        Field::StudyEndYear,
        Field::Hours,
        Field::LastName,
        Field::FirstName,
        Field::BirthDate,
        Field::Sex,
        Field::Snils,
    ];
    assert_eq!(problems(&found), needed.map(|field| (field, "required")));
    let foreign = whole().with(Field::Snils, "").with(Field::Citizenship, "Казахстан");
    assert_eq!(problems(&cells(Layout::V40, Action::Original, &foreign)), []);
    let correction = cells(Layout::V40, Action::Change, &whole());
    assert_eq!(problems(&correction), [(Field::ReplacesNumber, "required")]);
}

/// B5, B1.4, B1.5: years and dates in order, the program of the document, the smallest volumes.
#[test]
fn cells_agree_with_each_other() {
    let of = |record: &Record| problems(&cells(Layout::V38, Action::Original, record));
    let end = |year: &str| whole().with(Field::StudyEndYear, year);
    assert_eq!(of(&end("2024")), [(Field::StudyEndYear, "years_out_of_order")]);
    assert_eq!(of(&end("2027")), [(Field::StudyEndYear, "years_out_of_order")]);
    let unborn = whole().with(Field::BirthDate, "11.02.2026");
    assert_eq!(of(&unborn), [(Field::BirthDate, "dates_out_of_order")]);
    assert_eq!(of(&whole().with(Field::Hours, "15")), [(Field::Hours, "hours_below_minimum")]);
    assert_eq!(of(&whole().with(Field::Hours, "16")), []);
    let diploma = whole().with(Field::DocumentKind, "Диплом о профессиональной переподготовке");
    assert_eq!(of(&diploma), [(Field::ProgramKind, "other_kind")]);
    let diploma = diploma.with(Field::ProgramKind, "ПП");
    assert_eq!(of(&diploma.clone().with(Field::Hours, "249")), [(Field::Hours, "hours_below_minimum")]);
    assert_eq!(of(&diploma.with(Field::Hours, "250")), []);
}

fn paper(record: Record) -> Paper {
    Paper {
        credential_id: Uuid::nil(),
        person_id: Uuid::nil(),
        kind: DocumentKind::PdCertificate,
        state: State::Confirmed,
        duplicate_id: None,
        issued_on: day(10),
        first_issued_on: day(10),
        record,
    }
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 2, day).unwrap()
}

/// The standing after the row was accepted.
fn accepted(layout: Layout, line: &Line) -> Standing {
    let cells = line.cells.iter().map(|cell| cell.value.clone()).collect();
    Standing { is_waiting: false, last: Some(Sent { action: line.action, layout, cells }) }
}

fn sent(line: &Line) -> (Action, Outcome) {
    (line.action, line.outcome)
}

/// B5: once accepted a document goes again only as a change, which names the number that the register has, whatever the layout.
#[test]
fn what_the_register_has_goes_again_only_when_it_changed() {
    let first = line(Layout::V40, paper(whole()), &Standing::default());
    assert_eq!(sent(&first), (Action::Original, Outcome::Clean));
    let waiting = Standing { is_waiting: true, last: None };
    assert_eq!(line(Layout::V40, paper(whole()), &waiting).outcome, Outcome::Waiting);
    let standing = accepted(Layout::V40, &first);
    for layout in Layout::ALL {
        assert_eq!(line(layout, paper(whole()), &standing).outcome, Outcome::NothingToSend);
    }
    let other = whole().with(Field::Hours, "40").with(Field::Number, "77-002");
    let change = line(Layout::V38, paper(other.clone()), &standing);
    assert_eq!(sent(&change), (Action::Change, Outcome::Clean));
    assert_eq!(value(&change.cells, Field::ReplacesNumber), "77-001");
    let standing = accepted(Layout::V38, &change);
    assert_eq!(line(Layout::V38, paper(other), &standing).outcome, Outcome::NothingToSend);
}

/// B5: what the register has and is void goes as an annulment, once; what it never had does not go.
#[test]
fn what_is_void_is_annulled_once() {
    let void = || Paper { state: State::Annulled, ..paper(whole()) };
    let never = line(Layout::V40, void(), &Standing::default());
    assert_eq!(never.outcome, Outcome::NothingToSend);
    let first = line(Layout::V40, paper(whole()), &Standing::default());
    let annulment = line(Layout::V40, void(), &accepted(Layout::V40, &first));
    assert_eq!(sent(&annulment), (Action::Annulment, Outcome::Clean));
    assert_eq!(value(&annulment.cells, Field::DestructionConfirmed), "Да");
    assert_eq!(value(&annulment.cells, Field::ReplacesNumber), "77-001");
    let again = line(Layout::V40, void(), &accepted(Layout::V40, &annulment));
    assert_eq!(again.outcome, Outcome::NothingToSend);
}

/// B5: what another system sent is changed by the number that it had there.
#[test]
fn what_another_system_sent_is_changed() {
    let known = paper(whole().with(Field::ReplacesNumber, "66-001"));
    let change = line(Layout::V40, known, &Standing::default());
    assert_eq!(sent(&change), (Action::Change, Outcome::Clean));
    assert_eq!(value(&change.cells, Field::ReplacesNumber), "66-001");
}

/// B1.10, B1.11: certificates of participation and statements are not in the register; what is disputed waits.
#[test]
fn only_qualification_documents_go() {
    for kind in [DocumentKind::ParticipationCertificate, DocumentKind::StudyStatement] {
        let found = line(Layout::V40, Paper { kind, ..paper(whole()) }, &Standing::default());
        assert_eq!(found.outcome, Outcome::Rejected);
        assert_eq!(found.problem.unwrap().code, "not_in_register");
    }
    let disputed = Paper { state: State::Disputed, ..paper(whole()) };
    assert_eq!(line(Layout::V40, disputed, &Standing::default()).problem.unwrap().code, "disputed");
}

/// B5: a duplicate has its original in the columns 30 to 37 of V-38, AF to AM of V-40.
#[test]
fn a_duplicate_goes_with_its_original() {
    let duplicate = |record| Paper { duplicate_id: Some(Uuid::nil()), ..paper(record) };
    let bare = line(Layout::V38, duplicate(whole()), &Standing::default());
    assert_eq!(sent(&bare), (Action::Duplicate, Outcome::Rejected));
    let needed = [
        Field::OriginalTitle,
        Field::OriginalNumber,
        Field::OriginalIssuedOn,
        Field::OriginalLastName,
        Field::OriginalFirstName,
    ];
    assert_eq!(problems(&bare.cells), needed.map(|field| (field, "required")));
    let record = whole()
        .with(Field::OriginalTitle, "удостоверение о повышении квалификации")
        .with(Field::OriginalNumber, "55-001")
        .with(Field::OriginalIssuedOn, "2024-02-10")
        .with(Field::OriginalLastName, "Петрова")
        .with(Field::OriginalFirstName, "Анна");
    let whole = line(Layout::V40, duplicate(record.clone()), &Standing::default());
    assert_eq!(sent(&whole), (Action::Duplicate, Outcome::Clean));
    assert_eq!(value(&whole.cells, Field::DocumentStatus), "Дубликат");
    assert_eq!(value(&whole.cells, Field::OriginalIssuedOn), "10.02.2024");
    let long = record.with(Field::OriginalSeries, "1".repeat(17)).with(Field::OriginalNumber, "1".repeat(17));
    let long = line(Layout::V40, duplicate(long), &Standing::default());
    let too_long = [(Field::OriginalSeries, "too_long"), (Field::OriginalNumber, "too_long")];
    assert_eq!(problems(&long.cells), too_long);
}
