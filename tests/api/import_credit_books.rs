//! Entries of credit books out of files, as the centre of a municipality brings them.

use crate::support::TestApp;
use crate::support::build_books::{book, held, open_book};
use crate::support::build_kinds::{counts, inns, load, load_as_predicted, numbered, problems, snils};
use crate::support::regulated_training::barnaul_under_p3;

const HEADER: &str = "СНИЛС;ИНН организатора;Обучение;Начало обучения;Объединение;Тема;Начало;Окончание;Часы;Причина исправления\n";

fn row(person: u32, hours: &str) -> String {
    format!("{};0099000039;Критерии оценивания;10.03.2026;;;;;{hours};\n", snils(person))
}

/// A seminar that teacher and teacher_2 have mastered; the first has a book.
fn app() -> (TestApp, String) {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    inns(&app, &[("barnaul_center", "0099000039"), ("school_1", "0099000014")]);
    numbered(&app, &["teacher", "teacher_2"]);
    held(&app, &[(None, "Критерии оценивания", &["teacher", "teacher_2"])]);
    let id = open_book(&app, "teacher", "teacher").expect(201).id();
    (app, id)
}

/// P3-15, P3-34: the centre brings entries in a file; a repeat changes nothing, a corrected row corrects its entry, and
/// both versions stay.
#[test]
fn entries_are_predicted_loaded_met_again_and_corrected() {
    let (app, id) = app();
    let centre = app.persona("methodist");
    let file = format!("{HEADER}{}", row(1, ""));
    let dry = load(&centre, "credit_book_entries?dry_run=true", &file).expect(200);
    assert_eq!(counts(&dry), [1, 0, 0, 0], "{:?}", problems(&centre, &dry));
    assert_eq!(app.db_text("select count(*) from credit_book_entries"), "0");
    assert_eq!(counts(&load_as_predicted(&centre, "credit_book_entries", &file)), [1, 0, 0, 0]);
    assert_eq!(counts(&load_as_predicted(&centre, "credit_book_entries", &file)), [0, 0, 1, 0]);
    let shorter = format!("{HEADER}{}", row(1, "4"));
    assert_eq!(counts(&load_as_predicted(&centre, "credit_book_entries", &shorter)), [0, 1, 0, 0]);
    assert_eq!(counts(&load_as_predicted(&centre, "credit_book_entries", &shorter)), [0, 0, 1, 0]);
    let entries = book(&app, "teacher", &id).expect(200).json()["entries"].clone();
    assert_eq!((entries.as_array().map(Vec::len), &entries[0]["hours"]), (Some(1), &serde_json::json!(4.0)));
    assert_eq!(app.db_text("select count(*) from credit_book_entries"), "2");
}

/// P3-16, P3-17: the rules of a book hold for every row of a file.
#[test]
fn what_may_not_be_entered_is_refused_by_its_column() {
    let (app, _) = app();
    let centre = app.persona("methodist");
    let file = format!(
        "{HEADER}{}{}{}{}{}{}",
        row(1, "40"),
        row(2, ""),
        row(3, ""),
        row(1, "6").replace("Критерии оценивания", "Другое"),
        row(1, "6").replace("Критерии оценивания", ""),
        row(1, "6").replace("0099000039", "0099000092"),
    );
    let run = load_as_predicted(&centre, "credit_book_entries", &file);
    let expected = [
        (2, "Часы", "hours_out_of_range"),
        (3, "СНИЛС", "no_open_book"),
        (4, "СНИЛС", "unknown"),
        (5, "Обучение", "unknown"),
        (6, "Обучение", "required"),
        (7, "ИНН организатора", "unknown"),
    ];
    let expected = expected.map(|(line, column, code)| (line, column.to_owned(), code.to_owned()));
    assert_eq!(problems(&centre, &run), expected);
}

/// P3-16: a school does not write about what another organization holds, whether an entry stands or not.
#[test]
fn rows_have_the_rights_of_whoever_loads() {
    let (app, _) = app();
    let file = format!("{HEADER}{}", row(1, "4"));
    let director = app.persona("director");
    let refused = |wanted: &str| {
        let run = load_as_predicted(&director, "credit_book_entries", &file);
        assert_eq!(problems(&director, &run), [(2, String::new(), wanted.to_owned())]);
    };
    refused("auth.forbidden");
    load(&app.persona("methodist"), "credit_book_entries", &format!("{HEADER}{}", row(1, ""))).expect(200);
    refused("auth.forbidden");
    load(&app.persona("teacher"), "credit_book_entries", &file).refused(403, "auth.forbidden");
}

#[test]
fn in_atomic_mode_nothing_is_entered_beside_a_refused_row() {
    let (app, _) = app();
    let centre = app.persona("methodist");
    let file = format!("{HEADER}{}{}", row(1, ""), row(2, ""));
    assert_eq!(counts(&load(&centre, "credit_book_entries?mode=atomic", &file).expect(200)), [1, 0, 0, 1]);
    assert_eq!(app.db_text("select count(*) from credit_book_entries"), "0");
    open_book(&app, "teacher_2", "teacher_2").expect(201);
    assert_eq!(counts(&load(&centre, "credit_book_entries?mode=atomic", &file).expect(200)), [2, 0, 0, 0]);
}
