//! A paper and a duplicate of another paper with one number at the same moment: whoever comes first has the number. No
//! unique index looks at both, so the one that comes second has to wait and to look again.

use std::thread;

use serde_json::{Value, json};

use crate::support::build_directory::merge;
use crate::support::build_hours::{confirmed, paper, record, with};
use crate::support::build_kinds::{counts, inns, load, numbered, problems};
use crate::support::held::{hold, until};
use crate::support::{Answer, TestApp};

const HEADER: &str =
    "СНИЛС;Вид документа;ИНН организации;Серия;Номер;Программа;Вид программы;Часы;Окончание;Дата выдачи\n";

fn app() -> TestApp {
    let app = TestApp::start();
    inns(&app, &[("provider_x", "0099000053")]);
    numbered(&app, &["deputy", "curator"]);
    app
}

/// A confirmed paper of that person by provider X.
fn original(app: &TestApp, person: &str) -> String {
    confirmed(app, "provider", "director", paper(app, person, "100", "2025-04-10"))
}

/// A duplicate of a paper with the number 777.
fn duplicate(app: &TestApp, original: &str) -> Answer {
    let body = json!({"ground": "loss", "series": "ПК", "number": "777", "issued_on": "2026-03-01"});
    app.persona("provider").post(&format!("/api/v1/credentials/{original}/duplicates"), body)
}

/// A paper of somebody with the same number, as people type it.
fn same_number(app: &TestApp, person: &str) -> Value {
    let by_x = json!({"issuer_id": app.organization("provider_x"), "series": null});
    with(paper(app, person, "пк №777", "2025-04-10"), by_x)
}

/// A file with the papers of two others, one of them with the same number.
fn file(app: &TestApp) -> Answer {
    let row = |snils: u32, number: &str| {
        let snils = crate::support::build_kinds::snils(snils);
        format!("{snils};удостоверение;0099000053;ПК;{number};Урок;ПК;36;10.04.2025;10.04.2025\n")
    };
    let rows = [row(1, "777"), row(2, "778")].concat();
    load(&app.persona("director"), "credentials", &format!("{HEADER}{rows}"))
}

fn waiting(app: &TestApp, count: u32) {
    until(
        app,
        &format!(
            "select count(*) = {count} from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        ),
    );
}

/// The first has looked, and is about to write in that table, when the second comes; then both go on.
fn overlapping(
    app: &TestApp,
    table: &str,
    first: impl FnOnce() -> Answer + Send,
    second: impl FnOnce() -> Answer + Send,
) -> (Answer, Answer) {
    let held = hold(app, &format!("lock table {table} in share mode"));
    thread::scope(|scope| {
        let first = scope.spawn(first);
        waiting(app, 1);
        let second = scope.spawn(second);
        waiting(app, 2);
        drop(held);
        (first.join().unwrap(), second.join().unwrap())
    })
}

fn standing(app: &TestApp) -> String {
    app.db_text(
        "select (select count(*) from credentials) || ' ' || (select count(*) from credential_duplicates)",
    )
}

/// B1.10, design §6.4: a number that a paper is being recorded with is no number for a duplicate.
#[test]
fn a_paper_under_way_keeps_its_number_from_a_duplicate() {
    let app = app();
    let id = original(&app, "teacher");
    let (paper, refused) = overlapping(
        &app,
        "credentials",
        || record(&app, "provider", same_number(&app, "deputy")),
        || duplicate(&app, &id),
    );
    paper.expect(201);
    refused.refused(409, "duplicate_document");
    assert_eq!(standing(&app), "2 0");
}

/// B1.10, design §6.4: and the other way round.
#[test]
fn a_duplicate_under_way_keeps_its_number_from_a_paper() {
    let app = app();
    let id = original(&app, "teacher");
    let (issued, refused) = overlapping(
        &app,
        "credential_duplicates",
        || duplicate(&app, &id),
        || record(&app, "provider", same_number(&app, "deputy")),
    );
    issued.expect(200);
    refused.refused(409, "duplicate_document");
    assert_eq!(standing(&app), "1 1");
}

/// B1.10, P0-29: a file is as strict as the endpoint, at the same moment too.
#[test]
fn a_file_and_a_duplicate_at_once_leave_one_of_both() {
    let app = app();
    let id = original(&app, "teacher");
    let (loaded, refused) = overlapping(&app, "credentials", || file(&app), || duplicate(&app, &id));
    assert_eq!(counts(&loaded.expect(200)), [2, 0, 0, 0]);
    refused.refused(409, "duplicate_document");
    assert_eq!(standing(&app), "3 0");

    let app = self::app();
    let id = original(&app, "teacher");
    let (issued, loaded) = overlapping(&app, "credential_duplicates", || duplicate(&app, &id), || file(&app));
    issued.expect(200);
    let loaded = loaded.expect(200);
    assert_eq!(counts(&loaded), [1, 0, 0, 1]);
    let told = problems(&app.persona("director"), &loaded);
    assert_eq!(told, [(2, "Номер".to_owned(), "duplicate_document".to_owned())]);
    assert_eq!(standing(&app), "2 1");
}

/// B1.10: two cards of one person are one person here as well: the duplicate of a paper on the merged card, and the same
/// form reported by the person whose card is kept.
#[test]
fn one_form_through_two_cards_at_once_stands_once() {
    let app = app();
    let id = original(&app, "teacher_2");
    let (kept, merged) = (app.person("teacher").to_string(), app.person("teacher_2").to_string());
    merge(&app, "director", &kept, &merged).expect(201);
    let (issued, refused) = overlapping(
        &app,
        "credential_duplicates",
        || duplicate(&app, &id),
        || record(&app, "teacher", same_number(&app, "teacher")),
    );
    issued.expect(200);
    let refused = refused.refused(409, "duplicate_document");
    assert!(refused.text.contains(&id), "it is his own: {}", refused.text);
    assert_eq!(standing(&app), "1 1");
}
