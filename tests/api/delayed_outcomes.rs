//! Delayed outcomes of training over HTTP, under the regulation of Kostroma.

use serde_json::{Value, json};

use crate::support::build_training::{begin, close, enroll, listed, open, record, seminar, with};
use crate::support::regulated_training::altai_under_p2;
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/delayed-outcomes";

/// A seminar of provider X that the teacher completed on 2026-03-10: the enrollment's id.
fn completed(app: &TestApp) -> String {
    let offering = open(app, &seminar(5));
    let enrollment = enroll(app, "teacher", &offering);
    begin(app, &offering);
    record(app, "provider", &enrollment, 1, json!({"outcome": "mastered"})).expect(200);
    let closed = close(app, "provider", &enrollment, "completion", json!({"closing": "finish"}));
    assert_eq!(closed.expect(200).json()["state"], "completed");
    enrollment
}

fn found(method: &str, held_on: &str) -> Value {
    json!({"method": method, "held_on": held_on, "conclusion": "Приёмы применяются на каждом уроке"})
}

fn tell(app: &TestApp, persona: &str, enrollment: &str, data: &Value) -> Answer {
    app.persona(persona).post(PATH, json!({"enrollment_id": enrollment, "data": data}))
}

/// P2-38: a lesson visit or pupils' results, on a day after the completion, with a conclusion; due six months after it.
#[test]
fn outcomes_are_found_after_the_completion_by_visits_and_results() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let enrollment = completed(&app);
    app.days_pass(190);
    let visit = found("lesson_visit", "2026-09-10");
    let made = tell(&app, "deputy", &enrollment, &visit).expect(201);
    tell(&app, "methodist", &enrollment, &visit).refused(409, "conflict.already_exists");
    let outcome = made.json();
    assert_eq!((&outcome["data"], &outcome["due_on"]), (&visit, &json!("2026-09-10")));
    assert_eq!(outcome["person_id"], json!(app.person("teacher")));
    assert_eq!(outcome["organization_id"], json!(app.organization("school_1")));
    tell(&app, "methodist", &enrollment, &found("pupil_results", "2026-09-15")).expect(201);
    tell(&app, "municipal_officer", &enrollment, &found("pupil_results", "2026-09-11")).expect(201);
    for day in ["2026-03-10", "2026-09-17"] {
        let refused = tell(&app, "deputy", &enrollment, &found("lesson_visit", day));
        let refused = refused.refused(422, "date_out_of_range").json();
        assert_eq!(
            (&refused["errors"][0]["requirement"], &refused["errors"][0]["paragraph"]),
            (&json!("P2-38"), &json!("24"))
        );
    }
    tell(&app, "deputy", &enrollment, &found("interview", "2026-09-10")).refused(422, "unknown_value");
    let wordless = with(visit.clone(), json!({"conclusion": ""}));
    tell(&app, "deputy", &enrollment, &wordless).expect(422);
    tell(&app, "director", &enrollment, &visit).refused(403, "auth.forbidden");
    tell(&app, "school_2_director", &enrollment, &visit).refused(422, "unknown");

    let days = |persona: &str, query: &str| {
        let page = app.persona(persona).get(&format!("{PATH}{query}")).expect(200).json();
        let items = page["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["data"]["held_on"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(days("teacher", ""), ["2026-09-15", "2026-09-11", "2026-09-10"]);
    assert_eq!(days("ministry", "?method=lesson_visit"), ["2026-09-10"]);
    assert_eq!(days("municipal_officer", &format!("?enrollment_id={enrollment}")).len(), 3);
    assert_eq!(days("biysk_officer", ""), Vec::<Value>::new());
    let path = format!("{PATH}/{}", made.id());
    assert_eq!(app.persona("director").get(&path).expect(200).json(), outcome);
    app.persona("biysk_officer").get(&path).refused(404, "request.not_found");
}

/// What is not completed has no delayed outcome, and where the regulation follows none there is none.
#[test]
fn only_completed_training_is_followed() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(5));
    let enrollment = enroll(&app, "teacher", &offering);
    let visit = found("lesson_visit", "2026-03-01");
    tell(&app, "deputy", &enrollment, &visit).refused(422, "not_used");
    altai_under_p2(&app);
    tell(&app, "deputy", &enrollment, &visit).refused(422, "not_completed");
    let page = app.persona("ministry").get(PATH).expect(200);
    assert_eq!(listed(&page, "id"), Vec::<Value>::new());
}
