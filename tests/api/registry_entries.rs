//! Registry entries over HTTP.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_registry::{accepted, draft, entered, module, program, submitted};

const ENTRIES: &str = "/api/v1/registry-entries";

/// P4-9: an entry has provider and audience.
#[test]
fn an_accepted_program_is_entered_once() {
    let app = TestApp::start();
    let id =
        accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Функциональная грамотность"));
    let body = json!({"program_id": id});
    let entry = app.persona("ministry").post(ENTRIES, body.clone()).expect(201);
    assert_eq!(entry.json()["provider_id"], json!(app.organization("provider_x")));
    assert_eq!(entry.json()["audience"], json!(["teacher"]));
    assert_eq!(entry.json()["entered_on"], "2026-03-02");
    app.persona("ministry").post(ENTRIES, body).refused(409, "conflict.already_exists");
    assert_eq!(
        app.persona("teacher").get(&format!("/api/v1/programs/{id}")).expect(200).json()["in_registry"],
        true
    );
}

/// P4-9: the regulation of Altai admits advanced training only; retraining may be accepted, not entered.
#[test]
fn which_kinds_the_registry_holds_stands_in_the_regulation() {
    let app = TestApp::start();
    let retraining = |provider: &str| {
        let mut body = program(&app, provider, "Менеджмент в образовании");
        body["data"]["kind"] = json!("retraining");
        body["data"]["hours"] = json!(250);
        body["modules"] = json!([module("Модуль", 250, &[])]);
        body
    };
    let id = accepted(&app, "provider", "ministry", &retraining("provider_x"));
    let refused =
        app.persona("ministry").post(ENTRIES, json!({"program_id": id})).refused(422, "kind_not_in_registry");
    assert_eq!(refused.json()["errors"][0]["requirement"], "P4-9");
    assert_eq!(refused.json()["errors"][0]["paragraph"], "1.2");
    let other = accepted(&app, "chel_provider", "chel_ministry", &retraining("chel_provider"));
    app.persona("chel_ministry").post(ENTRIES, json!({"program_id": other})).expect(201);
}

#[test]
fn only_the_keeper_enters_and_only_what_was_accepted() {
    let app = TestApp::start();
    let body = program(&app, "provider_x", "Функциональная грамотность");
    let (hidden, waiting) = (draft(&app, "provider", &body), submitted(&app, "provider", &body));
    app.persona("ministry").post(ENTRIES, json!({"program_id": hidden})).refused(422, "unknown");
    app.persona("ministry").post(ENTRIES, json!({"program_id": waiting})).refused(409, "conflict.state");
    app.persona("teacher").post(ENTRIES, json!({"program_id": waiting})).refused(403, "auth.forbidden");
    let id = accepted(&app, "provider", "ministry", &body);
    app.persona("operator").post(ENTRIES, json!({"program_id": id})).refused(403, "auth.forbidden");
    app.persona("chel_ministry").post(ENTRIES, json!({"program_id": id})).refused(422, "unknown");
}

#[test]
fn an_entry_is_suspended_resumed_and_removed_for_good() {
    let app = TestApp::start();
    let (program, entry) = entered(&app, &program(&app, "provider_x", "Функциональная грамотность"));
    let (path, ministry) = (format!("{ENTRIES}/{entry}"), app.persona("ministry"));
    let decide = |etag: &str, decision: &str| {
        ministry.post_if(
            &format!("{path}/decision"),
            etag,
            json!({"decision": decision, "reason": "Решение комиссии"}),
        )
    };
    decide("\"1\"", "resume").refused(409, "conflict.state");
    decide("\"1\"", "suspend").expect(200);
    decide("\"1\"", "resume").refused(412, "request.precondition_failed");
    let read = app.persona("teacher").get(&format!("/api/v1/programs/{program}")).expect(200).json();
    assert_eq!(read["in_registry"], false);
    decide("\"2\"", "resume").expect(200);
    let removed = decide("\"3\"", "remove").expect(200).json();
    assert_eq!((&removed["state"], &removed["allowed_actions"]), (&json!("removed"), &json!([])));
    decide("\"4\"", "resume").refused(409, "conflict.state");
    app.persona("chel_teacher").get(&path).refused(404, "request.not_found");
}

#[test]
fn the_registry_is_listed_by_title() {
    let app = TestApp::start();
    for title in ["Вторая", "Абв", "Буквы"] {
        entered(&app, &program(&app, "provider_x", title));
    }
    let teacher = app.persona("teacher");
    let first = teacher.get(&format!("{ENTRIES}?state=active&limit=2")).expect(200).json();
    assert_eq!((&first["items"][0]["title"], &first["items"][1]["title"]), (&json!("Абв"), &json!("Буквы")));
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = teacher.get(&format!("{ENTRIES}?state=active&limit=2&cursor={cursor}")).expect(200).json();
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    assert_eq!(teacher.get(&format!("{ENTRIES}?state=removed")).expect(200).json()["items"], json!([]));
}

/// An entry is read by everybody of the region and does not exist elsewhere.
#[test]
fn an_entry_is_read_by_its_region() {
    let app = TestApp::start();
    let (program_id, id) = entered(&app, &program(&app, "provider_x", "Функциональная грамотность"));
    let path = format!("{ENTRIES}/{id}");
    let entry = app.persona("teacher").get(&path).expect(200).json();
    assert_eq!((&entry["program_id"], &entry["state"]), (&json!(program_id), &json!("active")));
    app.persona("chel_teacher").get(&path).refused(404, "request.not_found");
}
