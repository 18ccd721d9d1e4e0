//! Comparing revisions of the registry, and revisions as tables, over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_registry::{entered, program};

const YEAR: &str = "/api/v1/registry-publications/2026";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Three revisions: «Первая» and «Вторая»; then «Третья» came and «Вторая» left; then «Первая» was renewed.
fn three_revisions(app: &TestApp) {
    let ministry = app.persona("ministry");
    let body = program(app, "provider_x", "Первая");
    let (first, _) = entered(app, &body);
    let (_, second) = entered(app, &program(app, "provider_x", "Вторая"));
    ministry.post("/api/v1/registry-publications", json!({"year": 2026})).expect(201);
    entered(app, &program(app, "provider_x", "Третья"));
    let out = json!({"decision": "remove", "reason": "Решение комиссии"});
    ministry.post_if(&format!("/api/v1/registry-entries/{second}/decision"), "\"1\"", out).expect(200);
    ministry.post(&format!("{YEAR}/revisions"), json!({"note": "Изменения"})).expect(201);
    let path = format!("/api/v1/programs/{first}");
    let mut data = body["data"].clone();
    data["annotation"] = json!("Новая аннотация");
    let next = json!({"data": data, "modules": body["modules"]});
    app.persona("provider").put(&path, "\"3\"", next).expect(200);
    app.persona("provider").post_if(&format!("{path}/submission"), "\"4\"", json!({})).expect(200);
    ministry.post_if(&format!("{path}/decision"), "\"5\"", json!({"decision": "accept"})).expect(200);
    ministry.post(&format!("{YEAR}/revisions"), json!({})).expect(201);
}

fn changes(app: &TestApp, from: i32, to: i32) -> Vec<(String, String)> {
    let found = app.persona("teacher").get(&format!("{YEAR}/changes?from={from}&to={to}")).expect(200).json();
    let mut lines: Vec<(String, String)> = found["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["change"].as_str().unwrap().to_owned(), it["title"].as_str().unwrap().to_owned()))
        .collect();
    lines.sort();
    lines
}

fn line(change: &str, title: &str) -> (String, String) {
    (change.to_owned(), title.to_owned())
}

/// P4-16: any revision is compared with another: what came, changed and left, with the fields.
#[test]
fn a_revision_is_compared_with_another() {
    let app = TestApp::start();
    three_revisions(&app);
    assert_eq!(changes(&app, 1, 2), [line("added", "Третья"), line("removed", "Вторая")]);
    assert_eq!(changes(&app, 2, 3), [line("changed", "Первая")]);
    let all = [line("added", "Третья"), line("changed", "Первая"), line("removed", "Вторая")];
    assert_eq!(changes(&app, 1, 3), all);
    let teacher = app.persona("teacher");
    let read = teacher.get(&format!("{YEAR}/changes?from=2&to=3")).expect(200);
    let field = &read.json()["items"][0]["fields"][0];
    assert_eq!((&field["field"], &field["after"]), (&json!("annotation"), &json!("Новая аннотация")));
    teacher.header("if-none-match", &read.etag()).get(&format!("{YEAR}/changes?from=2&to=3")).expect(304);
    let first = teacher.get(&format!("{YEAR}/changes?from=1&to=3&limit=2")).expect(200).json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = teacher.get(&format!("{YEAR}/changes?from=1&to=3&limit=2&cursor={cursor}")).expect(200).json();
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    teacher.get(&format!("{YEAR}/changes?from=3&to=1")).refused(422, "range");
    teacher.get(&format!("{YEAR}/changes?from=1&to=4")).refused(404, "request.not_found");
    app.persona("chel_teacher").get(&format!("{YEAR}/changes?from=1&to=2")).refused(404, "request.not_found");
}

/// P4-16: every revision is read as JSON, CSV or XLSX, and not sent again to whoever has it.
#[test]
fn a_revision_comes_as_json_csv_or_xlsx() {
    let app = TestApp::start();
    three_revisions(&app);
    let path = format!("{YEAR}/revisions/1/programs");
    let teacher = app.persona("teacher");
    let json = teacher.get(&path).expect(200);
    assert_eq!(json.json()["items"].as_array().map(Vec::len), Some(2));
    let csv = teacher.header("accept", "text/csv").get(&path).expect(200);
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"registry-2026-1.csv\""));
    let text = csv.text.strip_prefix('\u{feff}').expect("a BOM, for spreadsheets");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("Идентификатор;Организация;Вид;Наименование;"), "{}", lines[0]);
    assert_eq!(lines.len(), 3);
    assert!(text.contains(";повышение квалификации;Первая;"), "{text}");
    teacher.header("accept", "text/csv").header("if-none-match", &csv.etag()).get(&path).expect(304);
    let english = teacher.header("accept", "text/csv").header("accept-language", "en").get(&path).expect(200);
    assert!(english.text.contains("program_id;provider;kind;title;"), "{}", english.text);
    let xlsx = teacher.header("accept", XLSX).get(&path).expect(200);
    assert_eq!(xlsx.header("content-type"), Some(XLSX));
    assert!(xlsx.text.starts_with("PK"), "a workbook is a zip");
    let etags = [json.etag(), csv.etag(), english.etag(), xlsx.etag()];
    for (place, one) in etags.iter().enumerate() {
        assert!(!etags[..place].contains(one), "each representation has an ETag of its own: {etags:?}");
    }
    teacher.header("accept", "text/csv").get(&format!("{path}?limit=1")).refused(422, "not_allowed");
    let fallback: Value = teacher.header("accept", "application/pdf").get(&path).expect(200).json();
    assert_eq!(fallback["items"].as_array().map(Vec::len), Some(2));
}

/// P4-16: what a spreadsheet would take for a formula stays text.
#[test]
fn a_table_holds_no_formulas() {
    let app = TestApp::start();
    entered(&app, &program(&app, "provider_x", "=1+1; или два"));
    app.persona("ministry").post("/api/v1/registry-publications", json!({"year": 2026})).expect(201);
    let path = format!("{YEAR}/revisions/1/programs");
    let csv = app.persona("teacher").header("accept", "text/csv").get(&path).expect(200);
    assert!(csv.text.contains("\"'=1+1; или два\""), "{}", csv.text);
}

/// P4-15: a year is published once; whoever tries again is told so.
#[test]
fn a_year_is_not_published_twice() {
    let app = TestApp::start();
    let publish = || app.persona("ministry").post("/api/v1/registry-publications", json!({"year": 2026}));
    publish().expect(201);
    let again = publish().refused(409, "conflict.already_exists");
    assert!(again.text.contains("уже опубликован"), "{}", again.text);
}
