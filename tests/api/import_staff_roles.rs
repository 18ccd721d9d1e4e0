//! Roles in a file of staff, and employments that their source calls by an id of its own.

use crate::support::TestApp;
use crate::support::build_kinds::{counts, inns, load, load_as_predicted, problems, snils};

const HEADER: &str =
    "Фамилия;Имя;СНИЛС;ИНН организации;Должность;Дата приёма;Роль;Источник;Внешний идентификатор\n";

fn app() -> TestApp {
    let app = TestApp::start();
    inns(&app, &[("school_1", "0099000014"), ("school_2", "0099000060"), ("barnaul_center", "0099000039")]);
    app
}

fn row(number: u32, started_on: &str, role: &str, id: &str) -> String {
    let source = if id.is_empty() { "" } else { "1c-hr" };
    format!("Каренина;Анна;{};0099000014;учитель;{started_on};{role};{source};{id}\n", snils(number))
}

#[test]
fn roles_of_a_file_are_given_once_by_whoever_may_give_them() {
    let app = app();
    let director = app.persona("director");
    let file = format!("{HEADER}{}", row(1, "01.09.2024", "руководитель МО|deputy_director", ""));
    let dry = load(&director, "staff?dry_run=true", &file).expect(200);
    assert_eq!(counts(&dry), [1, 0, 0, 0], "{:?}", problems(&director, &dry));
    let held = format!(
        "select string_agg(a.role, ',' order by a.role) from role_assignments a join persons p on p.id = a.person_id
         where p.snils = '{}' and a.valid_from = '2026-03-02'",
        snils(1)
    );
    assert_eq!(app.db_text(&format!("select coalesce(({held}), '')")), "");
    assert_eq!(counts(&load_as_predicted(&director, "staff", &file)), [1, 0, 0, 0]);
    assert_eq!(app.db_text(&held), "association_head,deputy_director");
    assert_eq!(counts(&load_as_predicted(&director, "staff", &file)), [0, 0, 1, 0]);
    let more = file.replace("deputy_director", "deputy_director|тьютор");
    assert_eq!(counts(&load_as_predicted(&director, "staff", &more)), [0, 1, 0, 0]);
    assert_eq!(app.db_text(&held), "association_head,deputy_director,route_tutor");
}

#[test]
fn a_role_that_may_not_be_given_refuses_its_row_and_nothing_of_it_is_written() {
    let app = app();
    let director = app.persona("director");
    let file = format!(
        "{HEADER}{}{}{}{}",
        row(1, "01.09.2024", "директор", ""),
        row(2, "01.09.2024", "teacher", ""),
        row(3, "01.09.2024", "вахтёр", ""),
        row(4, "01.09.2024", "региональный оператор", ""),
    );
    let run = load_as_predicted(&director, "staff", &file);
    let expected = [
        (2, "", "auth.forbidden"),
        (3, "Роль", "unknown_value"),
        (4, "Роль", "unknown_value"),
        (5, "Роль", "role_does_not_fit"),
    ];
    let expected = expected.map(|(line, column, code)| (line, column.to_owned(), code.to_owned()));
    assert_eq!(problems(&director, &run), expected);
    assert_eq!(app.db_text("select count(*) from persons where last_name = 'Каренина'"), "0");
    // Who may give the role by hand may load it.
    let officer = app.persona("municipal_officer");
    let first = format!("{HEADER}{}", row(1, "01.09.2024", "директор", ""));
    assert_eq!(counts(&load_as_predicted(&officer, "staff", &first)), [1, 0, 0, 0]);
}

#[test]
fn an_employment_is_met_again_by_what_its_source_calls_it() {
    let app = app();
    let director = app.persona("director");
    let load_one = |row: String| counts(&load_as_predicted(&director, "staff", &format!("{HEADER}{row}")));
    assert_eq!(load_one(row(1, "01.09.2024", "", "17")), [1, 0, 0, 0]);
    assert_eq!(load_one(row(1, "01.09.2024", "", "17")), [0, 0, 1, 0]);
    // The first day was wrong, then the number of the person.
    assert_eq!(load_one(row(1, "02.09.2024", "", "17")), [0, 1, 0, 0]);
    assert_eq!(load_one(row(2, "02.09.2024", "", "17")), [0, 1, 0, 0]);
    let facts = "select count(*) || ' ' || min(e.started_on) || ' ' || min(p.snils) from employments e
                 join persons p on p.id = e.person_id where p.last_name = 'Каренина'";
    assert_eq!(app.db_text(facts), format!("1 2024-09-02 {}", snils(2)));
    // An id that comes later is remembered; one of somebody else is refused, and so is another place of work.
    assert_eq!(load_one(row(3, "01.09.2024", "", "")), [1, 0, 0, 0]);
    assert_eq!(load_one(row(3, "01.09.2024", "", "18")), [0, 1, 0, 0]);
    assert_eq!(load_one(row(3, "05.09.2024", "", "18")), [0, 1, 0, 0]);
    let stranger = format!("{HEADER}{}", row(3, "05.09.2024", "", "17"));
    let run = load_as_predicted(&director, "staff", &stranger);
    let refused = (2, "Внешний идентификатор".to_owned(), "of_another_person".to_owned());
    assert_eq!(problems(&director, &run), [refused]);
}

#[test]
fn in_atomic_mode_no_role_is_given_beside_a_refused_row() {
    let app = app();
    let director = app.persona("director");
    let good = row(1, "01.09.2024", "тьютор", "");
    let file = format!("{HEADER}{good}{}", row(2, "01.09.2024", "директор", ""));
    assert_eq!(counts(&load(&director, "staff?mode=atomic", &file).expect(200)), [1, 0, 0, 1]);
    assert_eq!(app.db_text("select count(*) from persons where last_name = 'Каренина'"), "0");
    let whole = format!("{HEADER}{good}");
    assert_eq!(counts(&load(&director, "staff?mode=atomic", &whole).expect(200)), [1, 0, 0, 0]);
}
