//! Versions of programs over HTTP.

use serde_json::{Value, json};

use super::path;
use crate::support::TestApp;
use crate::support::build_registry::{accepted, entered, module, program};

/// What makes a next version of that program: 48 hours, a third module, a standard.
fn next(body: &Value) -> Value {
    let mut data = body["data"].clone();
    data["hours"] = json!(48);
    data["standards"] = json!([{"kind": "professional_standard", "code": "01.001", "title": "Педагог"}]);
    let modules = [
        module("Первый модуль", 24, &[]),
        module("Второй модуль", 12, &[]),
        module("Третий модуль", 12, &[]),
    ];
    json!({"data": data, "modules": modules, "note": "Добавлен третий модуль"})
}

/// P2-8: an update makes a new version; the old one stays readable and in force until the new one is accepted.
#[test]
fn an_accepted_program_changes_by_a_next_version_and_the_old_one_stays_readable() {
    let app = TestApp::start();
    let body = program(&app, "provider_x", "Функциональная грамотность");
    let (id, _) = entered(&app, &body);
    let provider = app.persona("provider");
    let read = provider.get(&path(&id)).expect(200);
    assert_eq!(read.json()["allowed_actions"], json!(["update_program"]));
    let written = provider.put(&path(&id), &read.etag(), next(&body)).expect(200);
    assert_eq!(written.json()["data"]["hours"], 36.0, "the version in force stays");
    assert_eq!(written.json()["next_version"]["state"], "draft");
    assert_eq!(written.json()["allowed_actions"], json!(["update_program", "submit_program"]));
    let teacher = app.persona("teacher");
    let seen = teacher.get(&path(&id)).expect(200).json();
    assert_eq!((seen.get("next_version"), &seen["edition"]), (None, &json!(1)));
    teacher.get(&format!("{}/versions/2", path(&id))).refused(404, "request.not_found");
    let sent = provider.post_if(&format!("{}/submission", path(&id)), &written.etag(), json!({})).expect(200);
    provider.put(&path(&id), &sent.etag(), next(&body)).refused(409, "conflict.state");
    let decide = format!("{}/decision", path(&id));
    let renewed =
        app.persona("ministry").post_if(&decide, &sent.etag(), json!({"decision": "accept"})).expect(200);
    assert_eq!(renewed.json()["edition"], 2);
    assert_eq!(renewed.json()["modules"].as_array().unwrap().len(), 3);
    assert_eq!(renewed.json()["in_registry"], true);
    let versions = teacher.get(&format!("{}/versions", path(&id))).expect(200).json();
    let editions: Vec<_> =
        versions["items"].as_array().unwrap().iter().map(|it| it["edition"].clone()).collect();
    assert_eq!(editions, [json!(2), json!(1)]);
    assert_eq!(versions["items"][0]["note"], "Добавлен третий модуль");
    let old = teacher.get(&format!("{}/versions/1", path(&id))).expect(200).json();
    assert_eq!((&old["data"]["hours"], old["modules"].as_array().unwrap().len()), (&json!(36.0), 2));
    app.persona("chel_teacher").get(&format!("{}/versions/1", path(&id))).refused(404, "request.not_found");
}

/// P2-8: what changed between two versions is named field by field.
#[test]
fn two_versions_are_compared_field_by_field() {
    let app = TestApp::start();
    let body = program(&app, "provider_x", "Функциональная грамотность");
    let id = accepted(&app, "provider", "ministry", &body);
    let provider = app.persona("provider");
    let written = provider.put(&path(&id), "\"3\"", next(&body)).expect(200);
    let compare = format!("{}/version-changes?from=1&to=2", path(&id));
    app.persona("teacher").get(&compare).refused(404, "request.not_found");
    let changes = provider.get(&compare).expect(200).json();
    let fields: Vec<_> = changes["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| {
            (change["field"].as_str().unwrap(), change["before"].as_str(), change["after"].as_str())
        })
        .collect();
    assert_eq!(fields[0], ("hours", Some("36"), Some("48")));
    assert_eq!(fields[1], ("standards", None, Some("professional_standard 01.001")));
    assert_eq!((fields[2].0, fields[2].1), ("modules", None));
    assert!(fields[2].2.unwrap().contains("Третий модуль"));
    provider.get(&format!("{}/version-changes?from=0&to=2", path(&id))).refused(422, "range");
    assert_eq!(written.json()["next_version"]["edition"], 2);
}

/// P4-29: a next version is returned with a reason and a date as a first one is.
#[test]
fn a_next_version_is_returned_and_the_one_in_force_stays() {
    let app = TestApp::start();
    let body = program(&app, "provider_x", "Функциональная грамотность");
    let id = accepted(&app, "provider", "ministry", &body);
    let provider = app.persona("provider");
    let same = json!({"data": body["data"], "modules": body["modules"]});
    provider.put(&path(&id), "\"3\"", same).refused(409, "registry.nothing_changed");
    provider.put(&path(&id), "\"3\"", next(&body)).expect(200);
    provider.post_if(&format!("{}/submission", path(&id)), "\"4\"", json!({})).expect(200);
    let back = json!({"decision": "return", "reason": "Нет результатов", "due_on": "2026-03-20"});
    let decide = format!("{}/decision", path(&id));
    app.persona("ministry").post_if(&decide, "\"5\"", back).expect(200);
    let read = provider.get(&path(&id)).expect(200).json();
    assert_eq!((&read["state"], &read["edition"]), (&json!("accepted"), &json!(1)));
    assert_eq!(read["next_version"]["state"], "returned");
    assert_eq!(read["next_version"]["decision"]["due_on"], "2026-03-20");
    provider.post_if(&format!("{}/submission", path(&id)), "\"6\"", json!({})).expect(200);
}

/// The database itself keeps an accepted version as it was (P2-8).
#[test]
fn an_accepted_version_never_changes() {
    let app = TestApp::start();
    accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Функциональная грамотность"));
    app.db_execute("update program_versions set note = 'x'").unwrap_err();
    app.db_execute("delete from program_versions").unwrap_err();
}

/// P2-8, P1-33: standards, partners, marks of quality and funding are said of a program and seen by whoever chooses.
#[test]
fn whoever_chooses_sees_standards_partners_and_marks_of_quality() {
    let app = TestApp::start();
    let mut body = program(&app, "provider_x", "Функциональная грамотность");
    let standards = json!([
        {"kind": "professional_standard", "code": "01.001"}, {"kind": "educational_standard", "code": "ФГОС НОО"},
    ]);
    let marks = json!([{
        "kind": "public_accreditation", "issuer": "Ассоциация", "issued_on": "2025-04-01", "valid_until": "2028-04-01",
    }]);
    body["data"]["standards"] = standards.clone();
    body["data"]["quality_marks"] = marks.clone();
    body["data"]["positions"] = json!(["учитель", "педагог-психолог"]);
    body["data"]["network_form"] = json!(true);
    body["data"]["partner_ids"] = json!([app.organization("school_1")]);
    body["data"]["funding"] = json!(["state_assignment", "school"]);
    body["data"]["federal_registry_id"] = json!("ДПП-2025-00123");
    entered(&app, &body);
    let found = app.persona("teacher").get("/api/v1/programs").expect(200).json();
    let data = &found["items"][0]["data"];
    assert_eq!((&data["standards"], &data["quality_marks"]), (&standards, &marks));
    assert_eq!(data["positions"], json!(["учитель", "педагог-психолог"]));
    assert_eq!(data["partner_ids"], json!([app.organization("school_1")]));
    assert_eq!(data["federal_registry_id"], "ДПП-2025-00123");
}

/// Network form and partners belong together; partners are organizations of the region.
#[test]
fn wrong_partners_and_marks_are_refused_at_once() {
    let app = TestApp::start();
    let mut body = program(&app, "provider_x", "Функциональная грамотность");
    body["data"]["partner_ids"] = json!([app.organization("chel_school")]);
    body["data"]["quality_marks"] =
        json!([{"kind": "award", "issuer": "Жюри", "issued_on": "2025-04-01", "valid_until": "2024-04-01"}]);
    let refused = app.persona("provider").post("/api/v1/programs", body.clone()).refused(422, "not_allowed");
    let pointers: Vec<_> =
        refused.json()["errors"].as_array().unwrap().iter().map(|it| it["pointer"].clone()).collect();
    assert_eq!(pointers, ["/data/partner_ids", "/data/quality_marks/0/valid_until", "/data/partner_ids/0"]);
    body["data"]["network_form"] = json!(true);
    body["data"]["partner_ids"] = json!([]);
    app.persona("provider").post("/api/v1/programs", body).refused(422, "required");
}

/// A program is given by an organization that may own programs: no quality centre and no ministry, but the coordinator.
#[test]
fn a_program_requires_a_provider_of_the_proper_type() {
    let app = TestApp::start();
    let ministry = program(&app, "altai_ministry", "Программа министерства");
    app.db_execute(&format!(
        "update organizations set kind = 'quality_center' where id = '{}'",
        app.organization("operator")
    ))
    .unwrap();
    let body = program(&app, "operator", "Программа центра оценки");
    app.persona("operator").post("/api/v1/programs", body).refused(422, "not_a_provider");
    app.persona("ministry").post("/api/v1/programs", ministry).refused(403, "auth.forbidden");
    let own = program(&app, "coordinator", "Программа координатора");
    app.persona("coordinator").post("/api/v1/programs", own).expect(201);
}
