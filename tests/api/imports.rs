//! Bulk loading over HTTP, as an administrator does it with `curl --data-binary`.

use serde_json::Value;

use crate::support::{Answer, Client, TestApp};

const HEADER: &str = "Фамилия;Имя;Отчество;СНИЛС;ИНН организации;Должность;Уровни образования;Дата приёма\n";
const ANNA: &str = "Каренина;Анна;Аркадьевна;900-000-001 82;0099000014;учитель;ООО|СОО;01.09.2024\n";
const ILYA: &str = "Обломов;Илья;Ильич;900-000-002 83;0099000014;учитель;НОО;2024-09-01\n";

fn app() -> TestApp {
    let app = TestApp::start();
    let school = app.organization("school_1");
    app.db_execute(&format!("update organizations set inn = '0099000014' where id = '{school}'")).unwrap();
    app
}

fn load(client: &Client, path: &str, file: &str) -> Answer {
    client.header("content-type", "text/csv").send(
        "POST",
        &format!("/api/v1/imports/{path}"),
        Some(file.into()),
    )
}

fn counts(answer: &Answer) -> [i64; 4] {
    let run = answer.json();
    ["rows_created", "rows_updated", "rows_unchanged", "rows_refused"].map(|name| run[name].as_i64().unwrap())
}

fn refused_rows(client: &Client, run: &Answer) -> Vec<Value> {
    let path = format!("/api/v1/import-runs/{}/rows?outcome=refused", run.id());
    client.get(&path).expect(200).json()["items"].as_array().unwrap().clone()
}

#[test]
fn a_dry_run_predicts_exactly_what_the_real_run_does_and_writes_nothing() {
    let app = app();
    let director = app.persona("director");
    let file = format!("{HEADER}{ANNA}{ILYA}");
    let people = "select count(*) from persons";
    let before = app.db_text(people);
    let predicted = load(&director, "staff?dry_run=true", &file).expect(200);
    assert_eq!(
        counts(&predicted),
        [2, 0, 0, 0],
        "{}",
        director.get(&format!("/api/v1/import-runs/{}/rows", predicted.id())).text
    );
    assert_eq!(app.db_text(people), before);
    let done = load(&director, "staff", &file).expect(200);
    assert_eq!(counts(&done), counts(&predicted));
    assert_eq!(app.db_text("select count(*) from persons where last_name in ('Каренина', 'Обломов')"), "2");
}

#[test]
fn a_repeat_changes_nothing_and_a_corrected_file_touches_only_the_corrected_row() {
    let app = app();
    let director = app.persona("director");
    let file = format!("{HEADER}{ANNA}{ILYA}");
    load(&director, "staff", &file).expect(200);
    assert_eq!(counts(&load(&director, "staff", &file).expect(200)), [0, 0, 2, 0]);
    let corrected = file.replace("Обломов", "Обломова");
    assert_eq!(counts(&load(&director, "staff", &corrected).expect(200)), [0, 1, 1, 0]);
    assert_eq!(app.db_text("select last_name from person_names"), "Обломов");
}

#[test]
fn every_problem_of_a_row_is_named_by_its_column_and_good_rows_are_loaded() {
    let app = app();
    let director = app.persona("director");
    let bad = "Я;;;900-000-003 00;0099000014;учитель;ЯСЛИ;31.02.2024\n";
    let run = load(&director, "staff", &format!("{HEADER}{ANNA}{bad}")).expect(200);
    assert_eq!(counts(&run), [1, 0, 0, 1]);
    let rows = refused_rows(&director, &run);
    assert_eq!(rows[0]["line"], 3);
    let columns: Vec<_> =
        rows[0]["problems"].as_array().unwrap().iter().map(|p| p["column"].as_str().unwrap()).collect();
    assert_eq!(columns, ["Имя", "СНИЛС", "Уровни образования", "Дата приёма"]);
}

#[test]
fn in_atomic_mode_one_refused_row_takes_everything_back() {
    let app = app();
    let director = app.persona("director");
    let bad = "Обломов;Илья;Ильич;900-000-002 99;0099000014;учитель;НОО;2024-09-01\n";
    let run = load(&director, "staff?mode=atomic", &format!("{HEADER}{ANNA}{bad}")).expect(200);
    assert_eq!(counts(&run), [1, 0, 0, 1]);
    assert_eq!(app.db_text("select count(*) from persons where last_name = 'Каренина'"), "0");
}

#[test]
fn a_row_for_another_school_is_refused_with_the_rights_of_whoever_loads() {
    let app = app();
    let stranger = app.persona("school_2_director");
    let run = load(&stranger, "staff", &format!("{HEADER}{ANNA}")).expect(200);
    assert_eq!(counts(&run), [0, 0, 0, 1]);
    load(&app.persona("teacher"), "staff", &format!("{HEADER}{ANNA}")).refused(403, "auth.forbidden");
}

#[test]
fn the_same_paper_is_met_again_however_it_is_written() {
    let app = app();
    let director = app.persona("director");
    load(&director, "staff", &format!("{HEADER}{ANNA}")).expect(200);
    let header =
        "snils,kind,issuer_name,series,number,title,program_kind,hours,started_on,completed_on,issued_on\n";
    let paper =
        "90000000182,удостоверение,Институт,ПК,000123,Урок,ПК,\"36,0\",2025-01-13,2025-02-07,2025-02-10\n";
    let first = load(&director, "credentials", &format!("{header}{paper}")).expect(200);
    assert_eq!(counts(&first), [1, 0, 0, 0], "{:?}", refused_rows(&director, &first));
    let again = paper.replace("ПК,000123", "пк,000 123");
    let second = load(&director, "credentials", &format!("{header}{again}")).expect(200);
    assert_eq!(counts(&second), [0, 0, 1, 0], "{:?}", refused_rows(&director, &second));
}

#[test]
fn what_is_not_such_a_file_is_refused_as_a_whole() {
    let app = app();
    let director = app.persona("director");
    load(&director, "staff", "a;b\n1;2\n").refused(422, "unknown_column");
    load(&director, "staff", "a\0b").refused(400, "request.unreadable");
    director
        .header("content-type", "text/csv")
        .send("POST", "/api/v1/imports/staff", Some(vec![0xff, 0xfe]))
        .refused(400, "request.unreadable");
    director
        .header("content-type", "application/json")
        .send("POST", "/api/v1/imports/staff", Some(b"{}".to_vec()))
        .refused(415, "request.unsupported_media_type");
    let run = load(&director, "staff", HEADER).expect(200);
    assert_eq!(counts(&run), [0, 0, 0, 0]);
}

#[test]
fn a_run_is_read_by_its_own_unit_only() {
    let app = app();
    let run = load(&app.persona("director"), "staff", HEADER).expect(200);
    let path = format!("/api/v1/import-runs/{}", run.id());
    app.persona("deputy").get(&path).expect(200);
    app.persona("ministry").get(&path).expect(200);
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
    app.persona("chel_ministry").get(&path).refused(404, "request.not_found");
    assert_eq!(
        app.persona("director").get("/api/v1/import-runs").expect(200).json()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}
