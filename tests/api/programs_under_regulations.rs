//! Programs under the regulations that their requirements come from.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_registry::{accepted, db_competency, draft, module, program, submitted};
use crate::support::build_training::listed;
use crate::support::regulated_training::school_1_under_p1;

/// P0-27: a teacher lists the accepted programs and reads their modules, with no grant but his own.
#[test]
fn a_teacher_reads_programs_and_their_modules() {
    let app = TestApp::start();
    let first = accepted(&app, "chel_provider", "chel_ministry", &program(&app, "chel_provider", "Первая"));
    let second = accepted(&app, "chel_provider", "chel_ministry", &program(&app, "chel_provider", "Вторая"));
    let waiting = draft(&app, "chel_provider", &program(&app, "chel_provider", "Черновик"));
    let teacher = app.persona("chel_teacher");
    let found = listed(&teacher.get("/api/v1/programs").expect(200), "id");
    assert!(found.contains(&json!(first)) && found.contains(&json!(second)) && found.len() == 2, "{found:?}");
    let read = teacher.get(&format!("/api/v1/programs/{first}")).expect(200).json();
    let modules: Vec<_> = read["modules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|module| (&module["title"], &module["hours"]))
        .collect();
    assert_eq!(modules, [(&json!("Первый модуль"), &json!(24.0)), (&json!("Второй модуль"), &json!(12.0))]);
    teacher.get(&format!("/api/v1/programs/{waiting}")).refused(404, "request.not_found");
    app.persona("teacher").get(&format!("/api/v1/programs/{first}")).refused(404, "request.not_found");
}

/// P1-11: a module gives connected competencies and has hours; a program made of modules is as long as they are.
#[test]
fn a_modular_program_is_as_long_as_its_modules() {
    let app = TestApp::start();
    let competency = db_competency(&app, 1);
    school_1_under_p1(&app);
    let mut body = program(&app, "provider_x", "Модульная");
    body["modules"] = json!([module("Первый", 24, &[competency]), module("Второй", 12, &[competency])]);
    body["data"]["hours"] = json!(40);
    app.persona("provider").post("/api/v1/programs", body.clone()).expect(422);
    body["data"]["hours"] = json!(36);
    let id = accepted(&app, "provider", "ministry", &body);
    let read = app.persona("teacher").get(&format!("/api/v1/programs/{id}")).expect(200).json();
    assert_eq!(read["modules"][0]["competency_ids"], json!([competency]));
    assert_eq!((&read["data"]["hours"], &read["modules"][1]["hours"]), (&json!(36.0), &json!(12.0)));
}

/// P4-33: the ministry returns a program of the coordinator with a reason and a date, or rejects it with a reason; the
/// coordinator decides nothing on his own.
#[test]
fn the_ministry_returns_and_rejects_programs_of_the_coordinator() {
    let app = TestApp::start();
    let handed_in = |title: &str| submitted(&app, "coordinator", &program(&app, "coordinator", title));
    let decide = |persona: &str, id: &str, etag: &str, body: Value| {
        app.persona(persona).post_if(&format!("/api/v1/programs/{id}/decision"), etag, body)
    };
    let id = handed_in("Возвращаемая");
    decide("coordinator", &id, "\"2\"", json!({"decision": "accept"})).refused(403, "auth.forbidden");
    let refused = decide("ministry", &id, "\"2\"", json!({"decision": "return"})).expect(422);
    assert_eq!(refused.json()["errors"].as_array().unwrap().len(), 2, "{}", refused.text);
    let returned = json!({"decision": "return", "reason": "Уточните часы", "due_on": "2026-03-20"});
    decide("ministry", &id, "\"2\"", returned).expect(200);
    let read = app.persona("coordinator").get(&format!("/api/v1/programs/{id}")).expect(200);
    assert_eq!(
        (&read.json()["state"], &read.json()["decision"]["due_on"]),
        (&json!("returned"), &json!("2026-03-20"))
    );
    let path = format!("/api/v1/programs/{id}/submission");
    app.persona("coordinator").post_if(&path, &read.etag(), json!({})).expect(200);
    let id = handed_in("Отклоняемая");
    decide("ministry", &id, "\"2\"", json!({"decision": "reject"})).expect(422);
    decide("ministry", &id, "\"2\"", json!({"decision": "reject", "reason": "Не по профилю"})).expect(200);
    let read = app.persona("coordinator").get(&format!("/api/v1/programs/{id}")).expect(200);
    assert_eq!(read.json()["state"], "rejected");
    let path = format!("/api/v1/programs/{id}/submission");
    app.persona("coordinator").post_if(&path, &read.etag(), json!({})).expect(409);
}
