//! Recommendations over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::deficit;
use crate::support::build_guidance::{approved_directions, finding, ids, live_under};
use crate::support::build_registry::{accepted, entered, program};

const PATH: &str = "/api/v1/recommendations";

fn need(app: &TestApp, persona: &str, person: &str) -> String {
    let body = json!({"person_id": app.person(person), "ground": "new_post", "topic": "Управление классом"});
    app.persona(persona).post("/api/v1/needs", body).expect(201).id()
}

fn with(mut body: Value, fields: Value) -> Value {
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

/// P4-20: municipalities recommend programs of the registry, nothing else.
#[test]
fn a_municipality_recommends_from_the_registry_only() {
    let app = TestApp::start();
    let need = need(&app, "municipal_officer", "teacher");
    let base = json!({"person_id": app.person("teacher"), "basis": "need", "need_id": need});
    let (listed, entry) = entered(&app, &program(&app, "provider_x", "В реестре"));
    let other = accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Вне реестра"));
    let officer = app.persona("municipal_officer");
    let given = officer.post(PATH, with(base.clone(), json!({"program_id": listed}))).expect(201).json();
    assert_eq!((&given["author_role"], &given["state"]), (&json!("municipal_officer"), &json!("given")));
    let refused =
        officer.post(PATH, with(base.clone(), json!({"program_id": other}))).refused(422, "not_in_registry");
    assert_eq!(refused.json()["errors"][0]["requirement"], "P4-20");
    assert_eq!(refused.json()["errors"][0]["paragraph"], "2.1.2");
    officer.post(PATH, with(base.clone(), json!({"topic": "Любая тема"}))).refused(422, "not_in_registry");
    let suspend = json!({"decision": "suspend", "reason": "Проверка"});
    app.persona("ministry")
        .post_if(&format!("/api/v1/registry-entries/{entry}/decision"), "\"1\"", suspend)
        .expect(200);
    officer.post(PATH, with(base.clone(), json!({"program_id": listed}))).refused(422, "not_in_registry");
    app.persona("director")
        .post(PATH, with(base.clone(), json!({"program_id": listed})))
        .refused(403, "auth.forbidden");
    app.persona("biysk_officer")
        .post(PATH, with(base, json!({"program_id": listed})))
        .refused(422, "unknown");
}

/// P0-35: person, module, basis and author; need of the teacher, problem of the school, priority direction.
#[test]
fn a_school_recommends_modules_on_three_bases() {
    let app = TestApp::start();
    live_under(&app, "director", "school_1", "p0-chelyabinsk-school", "2026-03-02");
    let id = accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Вне реестра"));
    let modules = app.persona("teacher").get(&format!("/api/v1/programs/{id}")).expect(200).json();
    let module = modules["modules"][0]["id"].clone();
    let (finding, direction) =
        (finding(&app, Some("school_1")), approved_directions(&app, 2026, &["Грамотность"]).remove(0));
    let lacking = deficit(&app, "teacher");
    let base = json!({"person_id": app.person("teacher"), "module_id": module});
    for fields in [
        json!({"basis": "need", "deficit_id": lacking}),
        json!({"basis": "school_problem", "finding_id": finding}),
        json!({"basis": "priority", "direction_id": direction, "text": "На этот год"}),
    ] {
        let given = app.persona("deputy").post(PATH, with(base.clone(), fields.clone())).expect(201).json();
        assert_eq!(given["basis"], fields["basis"]);
        assert_eq!(
            (&given["module_id"], &given["author_person_id"]),
            (&module, &json!(app.person("deputy")))
        );
    }
    let refused = app.persona("deputy").post(PATH, with(base.clone(), json!({"basis": "priority"})));
    assert_eq!(refused.refused(422, "link_required").json()["errors"][0]["requirement"], "P0-35");
    app.persona("curator")
        .post(PATH, with(base, json!({"basis": "need", "deficit_id": lacking})))
        .refused(403, "auth.forbidden");
    let mine = app.persona("teacher").get(&format!("{PATH}?basis=priority")).expect(200);
    assert_eq!(ids(&mine).len(), 1);
    assert_eq!(ids(&app.persona("teacher_2").get(PATH).expect(200)).len(), 0);
    assert_eq!(ids(&app.persona("school_2_director").get(PATH).expect(200)).len(), 0);
    app.persona("provider").get(PATH).refused(403, "auth.forbidden");
}

/// P3-38: a program or a topic by need and problems; other bases are not the regulation's.
#[test]
fn a_topic_is_recommended_by_need_and_problems() {
    let app = TestApp::start();
    live_under(&app, "municipal_officer", "barnaul", "p3-georgievsk-municipality", "2026-03-02");
    let director = app.persona("director");
    let base = json!({"person_id": app.person("teacher"), "topic": "Формирующее оценивание"});
    let problem = with(base.clone(), json!({"basis": "school_problem", "text": "Низкие результаты ВПР"}));
    let given = director.post(PATH, problem.clone()).expect(201);
    assert_eq!(given.json()["topic"], "Формирующее оценивание");
    let direction = approved_directions(&app, 2026, &["Грамотность"]).remove(0);
    let priority = with(base.clone(), json!({"basis": "priority", "direction_id": direction}));
    director.post(PATH, priority).refused(422, "basis_not_allowed");
    let nowhere = rost::ids::new_id();
    let wrong = json!({"person_id": app.person("teacher"), "basis": "need", "program_id": nowhere,
                       "need_id": nowhere, "deficit_id": nowhere, "finding_id": nowhere, "direction_id": nowhere});
    assert_eq!(
        director.post(PATH, wrong).refused(422, "unknown").json()["errors"].as_array().unwrap().len(),
        5
    );
    let both = with(problem, json!({"program_id": nowhere}));
    director.post(PATH, both).refused(422, "program_module_or_topic");

    let path = format!("{PATH}/{}", given.id());
    let reason = json!({"reason": "Тема закрыта"});
    director
        .post(&format!("{path}/withdrawal"), reason.clone())
        .refused(428, "request.precondition_required");
    app.persona("teacher")
        .post_if(&format!("{path}/withdrawal"), "\"1\"", reason.clone())
        .refused(403, "auth.forbidden");
    let gone = director.post_if(&format!("{path}/withdrawal"), "\"1\"", reason.clone()).expect(200).json();
    assert_eq!(gone["state"], "withdrawn");
    director
        .post_if(&format!("{path}/withdrawal"), "\"1\"", reason.clone())
        .refused(412, "request.precondition_failed");
    director.post_if(&format!("{path}/withdrawal"), "\"2\"", reason).refused(409, "conflict.state");
    app.persona("teacher").get(&path).expect(200);
    app.persona("teacher_2").get(&path).refused(404, "request.not_found");
}
