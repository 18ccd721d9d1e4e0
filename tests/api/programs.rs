//! Programs over HTTP.

mod facets;
mod search;
mod starts;
mod versions;

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_registry::{accepted, db_competency, draft, module, program, submitted};

fn path(id: &str) -> String {
    format!("/api/v1/programs/{id}")
}

/// P0-5, P0-28: modules have hours, competencies and a provider each of their own.
#[test]
fn a_provider_writes_a_program_of_modules_taught_by_two_providers() {
    let app = TestApp::start();
    let competency = db_competency(&app, 1);
    let mut body = program(&app, "provider_x", "Функциональная грамотность");
    body["modules"] = json!([module("Чтение", 24, &[competency]), module("Счёт", 12, &[])]);
    body["modules"][1]["provider_id"] = json!(app.organization("provider_y"));
    let created = app.persona("provider").post("/api/v1/programs", body).expect(201);
    assert_eq!(created.json()["state"], "draft");
    assert_eq!(created.json()["allowed_actions"], json!(["update_program", "submit_program"]));
    let read = app.persona("provider").get(&path(&created.id())).expect(200).json();
    assert_eq!(read["modules"][0]["competency_ids"], json!([competency]));
    assert_eq!(read["modules"][0]["provider_id"], json!(app.organization("provider_x")));
    assert_eq!(read["modules"][1]["provider_id"], json!(app.organization("provider_y")));
    assert_eq!(read["modules"][1]["hours"], json!(12.0));
}

/// B1.5: advanced training has at least 16 hours, retraining at least 250.
#[test]
fn each_kind_has_its_least_volume() {
    let app = TestApp::start();
    for (kind, hours) in [("advanced_training", 15), ("retraining", 249)] {
        let mut body = program(&app, "provider_x", "Короткая программа");
        body["data"]["kind"] = json!(kind);
        body["data"]["hours"] = json!(hours);
        body["modules"] = json!([module("Модуль", hours, &[])]);
        let refused = app.persona("provider").post("/api/v1/programs", body).refused(422, "too_few_hours");
        assert_eq!(refused.json()["errors"][0]["pointer"], "/data/hours");
        assert!(refused.text.contains("№ 266"), "{}", refused.text);
    }
}

/// P1-11: the hours of the modules add up to the program's; the refusal names the difference.
#[test]
fn all_problems_of_a_program_come_at_once() {
    let app = TestApp::start();
    let nobody = rost::ids::new_id();
    let mut body = program(&app, "provider_x", "Функциональная грамотность");
    body["modules"] = json!([module("Чтение", 20, &[nobody])]);
    body["modules"][0]["provider_id"] = json!(app.organization("barnaul"));
    let refused = app.persona("provider").post("/api/v1/programs", body).refused(422, "module_hours_differ");
    assert!(refused.text.contains("разница 16 ч"), "{}", refused.text);
    let pointers: Vec<_> =
        refused.json()["errors"].as_array().unwrap().iter().map(|it| it["pointer"].clone()).collect();
    assert_eq!(pointers, ["/modules", "/modules/0/provider_id", "/modules/0/competency_ids/0"]);
    let competency = crate::support::build_registry::db_competency(&app, 1);
    let mut body = program(&app, "provider_x", "Функциональная грамотность");
    body["modules"] = json!([module("Чтение", 20, &[competency]), module("Счёт", 16, &[])]);
    let id = draft(&app, "provider", &body);
    let read = app.persona("provider").get(&path(&id)).expect(200).json();
    assert_eq!(read["modules"][0]["competency_ids"], json!([competency]));
    assert_eq!((&read["modules"][0]["hours"], &read["data"]["hours"]), (&json!(20.0), &json!(36.0)));
}

/// P4-28: a provider edits its own drafts only.
#[test]
fn only_the_provider_changes_a_draft_and_only_a_draft() {
    let app = TestApp::start();
    let body = program(&app, "provider_x", "Функциональная грамотность");
    let id = draft(&app, "provider", &body);
    let change = json!({"data": body["data"], "modules": [module("Всё сразу", 36, &[])]});
    app.persona("provider_y").put(&path(&id), "\"1\"", change.clone()).refused(404, "request.not_found");
    app.persona("ministry").get(&path(&id)).refused(404, "request.not_found");
    app.persona("provider")
        .send_json("PUT", &path(&id), &change)
        .refused(428, "request.precondition_required");
    let changed = app.persona("provider").put(&path(&id), "\"1\"", change.clone()).expect(200);
    assert_eq!(changed.json()["modules"].as_array().unwrap().len(), 1);
    app.persona("provider")
        .put(&path(&id), "\"1\"", change.clone())
        .refused(412, "request.precondition_failed");
    app.persona("provider").post_if(&format!("{}/submission", path(&id)), "\"2\"", json!({})).expect(200);
    app.persona("provider").put(&path(&id), "\"3\"", change).refused(409, "conflict.state");
}

#[test]
fn nobody_writes_programs_for_another_organization() {
    let app = TestApp::start();
    let body = program(&app, "provider_y", "Чужая программа");
    app.persona("provider").post("/api/v1/programs", body.clone()).refused(403, "auth.forbidden");
    app.persona("teacher").post("/api/v1/programs", body.clone()).refused(403, "auth.forbidden");
    app.persona("chel_provider").post("/api/v1/programs", body).refused(422, "unknown");
}

/// P4-29: the ministry accepts, returns or rejects with a reason.
#[test]
fn the_ministry_returns_a_program_with_a_reason_and_a_date_and_then_accepts_it() {
    let app = TestApp::start();
    let id = submitted(&app, "provider", &program(&app, "provider_x", "Функциональная грамотность"));
    let decide = format!("{}/decision", path(&id));
    let ministry = app.persona("ministry");
    assert_eq!(ministry.get(&path(&id)).expect(200).json()["allowed_actions"], json!(["decide_program"]));
    app.persona("operator")
        .post_if(&decide, "\"2\"", json!({"decision": "accept"}))
        .refused(403, "auth.forbidden");
    app.persona("teacher")
        .post_if(&decide, "\"2\"", json!({"decision": "accept"}))
        .refused(403, "auth.forbidden");
    let missing = ministry.post_if(&decide, "\"2\"", json!({"decision": "return"})).refused(422, "required");
    assert_eq!(missing.json()["errors"].as_array().unwrap().len(), 2);
    let late = json!({"decision": "return", "reason": "Нет результатов", "due_on": "2026-03-01"});
    ministry.post_if(&decide, "\"2\"", late).refused(422, "in_the_past");
    let back = json!({"decision": "return", "reason": "Нет результатов", "due_on": "2026-03-20"});
    ministry.post_if(&decide, "\"1\"", back.clone()).refused(412, "request.precondition_failed");
    ministry.post_if(&decide, "\"2\"", back.clone()).expect(200);
    ministry.post_if(&decide, "\"3\"", back).refused(409, "conflict.state");
    let returned = app.persona("provider").get(&path(&id)).expect(200).json();
    assert_eq!(returned["decision"]["due_on"], "2026-03-20");
    assert_eq!(returned["allowed_actions"], json!(["update_program", "submit_program"]));
    app.persona("provider").post_if(&format!("{}/submission", path(&id)), "\"3\"", json!({})).expect(200);
    let accepted = ministry.post_if(&decide, "\"4\"", json!({"decision": "accept"})).expect(200).json();
    assert_eq!(accepted["state"], "accepted");
    assert_eq!(accepted["allowed_actions"], json!(["create_registry_entry"]));
}

/// P4-29
#[test]
fn a_program_is_rejected_with_a_reason_only() {
    let app = TestApp::start();
    let id = submitted(&app, "provider", &program(&app, "provider_x", "Функциональная грамотность"));
    let decide = format!("{}/decision", path(&id));
    app.persona("ministry").post_if(&decide, "\"2\"", json!({"decision": "reject"})).refused(422, "required");
    let no = json!({"decision": "reject", "reason": "Повторяет другую программу"});
    app.persona("ministry").post_if(&decide, "\"2\"", no).expect(200);
    app.persona("provider")
        .post_if(&format!("{}/submission", path(&id)), "\"3\"", json!({}))
        .refused(409, "conflict.state");
}

/// P4-33: the coordinator submits program data as providers do.
#[test]
fn the_coordinator_submits_its_own_programs() {
    let app = TestApp::start();
    let id =
        accepted(&app, "coordinator", "ministry", &program(&app, "coordinator", "Программа координатора"));
    assert_eq!(app.persona("teacher").get(&path(&id)).expect(200).json()["state"], "accepted");
}

/// The regulation of Altai lets providers and the coordinator submit, not the operator (P4-29, P4-33).
#[test]
fn who_submits_stands_in_the_regulation() {
    let app = TestApp::start();
    let id = draft(&app, "operator", &program(&app, "operator", "Программа оператора"));
    app.persona("operator")
        .post_if(&format!("{}/submission", path(&id)), "\"1\"", json!({}))
        .refused(403, "auth.forbidden");
}

#[test]
fn nobody_decides_on_his_own_submission() {
    let app = TestApp::start();
    let id = submitted(&app, "provider", &program(&app, "provider_x", "Функциональная грамотность"));
    let account = app.claims("ministry").sub;
    app.db_execute(&format!("update programs set submitted_by = '{account}' where id = '{id}'")).unwrap();
    let decide = format!("{}/decision", path(&id));
    app.persona("ministry")
        .post_if(&decide, "\"2\"", json!({"decision": "accept"}))
        .refused(403, "auth.separation_of_duties");
}

/// P0-27: a teacher reads accepted programs with their modules without extra grants.
#[test]
fn the_whole_region_reads_accepted_programs_and_nothing_else() {
    let app = TestApp::start();
    let waiting = submitted(&app, "provider", &program(&app, "provider_x", "Ещё не принята"));
    let id = accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Принята"));
    for persona in ["teacher", "state_teacher", "municipal_officer", "provider_y", "auditor"] {
        let read = app.persona(persona).get(&path(&id)).expect(200).json();
        assert_eq!(read["modules"].as_array().unwrap().len(), 2, "{persona}");
        app.persona(persona).get(&path(&waiting)).refused(404, "request.not_found");
    }
    app.persona("chel_teacher").get(&path(&id)).refused(404, "request.not_found");
}

#[test]
fn a_repeat_with_the_same_key_writes_one_program() {
    let app = TestApp::start();
    let provider = app.persona("provider").header("idempotency-key", "key-0123456789");
    let body = program(&app, "provider_x", "Функциональная грамотность");
    let first = provider.send_json("POST", "/api/v1/programs", &body).expect(201);
    assert_eq!(provider.send_json("POST", "/api/v1/programs", &body).expect(201).text, first.text);
    assert_eq!(app.db_text("select count(*) from programs"), "1");
}
