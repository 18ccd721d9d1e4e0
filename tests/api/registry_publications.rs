//! Yearly publications over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_registry::{entered, program};

const PUBLICATIONS: &str = "/api/v1/registry-publications";

fn published(app: &TestApp, year: i32) -> Value {
    app.persona("ministry").post(PUBLICATIONS, json!({"year": year})).expect(201).json()
}

fn titles(app: &TestApp, path: &str) -> Vec<String> {
    let found = app.persona("teacher").get(&format!("{PUBLICATIONS}/{path}")).expect(200).json();
    found["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["data"]["title"].as_str().unwrap().to_owned())
        .collect()
}

/// P4-15: published by 15 February of its year is in time, later or never is overdue.
#[test]
fn a_publication_is_due_on_the_fifteenth_of_february() {
    let app = TestApp::start();
    // The clock stands at 2 March 2026.
    let absent = app.persona("teacher").get(&format!("{PUBLICATIONS}/2026")).expect(200).json();
    assert_eq!((&absent["status"], &absent["published"]), (&json!("overdue"), &json!(false)));
    assert_eq!(absent["due_on"], "2026-02-15");
    assert_eq!(published(&app, 2026)["status"], "overdue");
    let next = app.persona("teacher").get(&format!("{PUBLICATIONS}/2027")).expect(200).json();
    assert_eq!(next["status"], "pending");
    app.days_pass(350); // 15 February 2027
    assert_eq!(published(&app, 2027)["status"], "on_time");
    app.days_pass(366); // 16 February 2028
    assert_eq!(published(&app, 2028)["status"], "overdue");
    assert_eq!(
        app.persona("teacher").get(&format!("{PUBLICATIONS}/2027")).expect(200).json()["status"],
        "on_time"
    );
}

/// P4-15: years nobody published are listed too, as far back as the regulation has been in force.
#[test]
fn the_years_are_listed_with_those_nobody_published() {
    let app = TestApp::start();
    published(&app, 2026);
    let list = app.persona("auditor").get(&format!("{PUBLICATIONS}?from=2018&to=2026")).expect(200).json();
    let items = list["items"].as_array().unwrap();
    let years: Vec<_> = items.iter().map(|it| it["year"].as_i64().unwrap()).collect();
    assert_eq!(years, [2026, 2025, 2024, 2023, 2022, 2021, 2020]);
    assert_eq!((&items[1]["status"], &items[1]["published"]), (&json!("overdue"), &json!(false)));
    app.persona("auditor").get(&format!("{PUBLICATIONS}/2019")).refused(404, "request.not_found");
    app.persona("auditor").get(&format!("{PUBLICATIONS}/2101")).refused(404, "request.not_found");
    app.persona("auditor").get(&format!("{PUBLICATIONS}?from=2026&to=2020")).refused(422, "range");
}

/// P4-16: a change after publication makes a new numbered revision with only the changes; every one stays readable.
#[test]
fn every_revision_names_what_changed_and_stays_readable() {
    let app = TestApp::start();
    let (_, leaving) = entered(&app, &program(&app, "provider_x", "Уходит"));
    entered(&app, &program(&app, "provider_x", "Остаётся"));
    published(&app, 2026);
    let (path, ministry) = (format!("{PUBLICATIONS}/2026/revisions"), app.persona("ministry"));
    ministry.post(&path, json!({})).refused(409, "registry.nothing_changed");
    let remove = json!({"decision": "remove", "reason": "Не реализуется"});
    ministry.post_if(&format!("/api/v1/registry-entries/{leaving}/decision"), "\"1\"", remove).expect(200);
    entered(&app, &program(&app, "provider_x", "Приходит"));
    let second = ministry.post(&path, json!({"note": "Одна вместо другой"})).expect(201);
    assert_eq!((second.json()["revision"].clone(), second.etag()), (json!(2), "\"2\"".to_owned()));
    assert_eq!(titles(&app, "2026/revisions/1/programs"), ["Уходит", "Остаётся"]);
    assert_eq!(titles(&app, "2026/revisions/2/programs"), ["Остаётся", "Приходит"]);
    assert_eq!(titles(&app, "2026/revisions/2/programs?only_changes=true"), ["Уходит", "Приходит"]);
    let listed = app.persona("teacher").get(&path).expect(200).json();
    let numbers = |it: &Value| [&it["revision"], &it["added"], &it["removed"]].map(|n| n.as_i64().unwrap());
    assert_eq!(numbers(&listed["items"][0]), [2, 1, 1]);
    assert_eq!(numbers(&listed["items"][1]), [1, 2, 0]);
    ministry.post(&path, json!({})).refused(409, "registry.nothing_changed");
    app.persona("teacher").get(&format!("{path}/3/programs")).refused(404, "request.not_found");
}

/// P4-16: a published program is shown as it was, whatever has changed since.
#[test]
fn a_renamed_provider_changes_the_next_revision_only() {
    let app = TestApp::start();
    entered(&app, &program(&app, "provider_x", "Функциональная грамотность"));
    published(&app, 2026);
    let provider = format!("/api/v1/organizations/{}", app.organization("provider_x"));
    app.persona("ministry").put(&provider, "\"1\"", json!({"name": "Институт развития"})).expect(200);
    let path = format!("{PUBLICATIONS}/2026/revisions");
    app.persona("ministry").post(&path, json!({})).expect(201);
    let name = |revision: u32| {
        let page = app.persona("teacher").get(&format!("{path}/{revision}/programs")).expect(200).json();
        (page["items"][0]["provider_name"].clone(), page["items"][0]["change"].clone())
    };
    assert_eq!(name(1), (json!("provider_x"), json!("added")));
    assert_eq!(name(2), (json!("Институт развития"), json!("changed")));
}

/// P4-15: the ministry publishes.
#[test]
fn the_regulation_says_who_publishes_and_a_year_is_published_once() {
    let app = TestApp::start();
    let body = json!({"year": 2026});
    app.persona("operator").post(PUBLICATIONS, body.clone()).refused(403, "auth.forbidden");
    app.persona("provider").post(PUBLICATIONS, body.clone()).refused(403, "auth.forbidden");
    app.persona("ministry").post(PUBLICATIONS, json!({"year": 1999})).refused(422, "range");
    app.persona("ministry").post(PUBLICATIONS, json!({"year": 2030})).refused(422, "too_early");
    published(&app, 2026);
    app.persona("ministry").post(PUBLICATIONS, body).refused(409, "conflict.already_exists");
    app.persona("chel_teacher").get(&format!("{PUBLICATIONS}/2026")).refused(404, "request.not_found");
    app.persona("ministry")
        .post(&format!("{PUBLICATIONS}/2025/revisions"), json!({}))
        .refused(404, "request.not_found");
}

#[test]
fn a_revision_is_not_sent_again_to_whoever_has_it() {
    let app = TestApp::start();
    published(&app, 2026);
    let path = format!("{PUBLICATIONS}/2026/revisions/1/programs");
    let etag = app.persona("teacher").get(&path).expect(200).etag();
    app.persona("teacher").header("if-none-match", &etag).get(&path).expect(304);
}

/// The database itself keeps a revision as it was published.
#[test]
fn revisions_are_append_only() {
    let app = TestApp::start();
    entered(&app, &program(&app, "provider_x", "Функциональная грамотность"));
    published(&app, 2026);
    for sql in ["update registry_revisions set note = 'x'", "delete from registry_revision_changes"] {
        app.db_execute(sql).unwrap_err();
    }
}
