//! The state assignment over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_guidance::{approved_directions, ids};
use crate::support::build_hours::{confirmed, decide, paper, with};
use crate::support::build_registry::{accepted, program};

const PATH: &str = "/api/v1/state-assignments";

fn line(app: &TestApp, subject: (&str, &str), people: i32) -> Value {
    let mut body = json!({"organization_id": app.organization("operator"), "year": 2025,
                          "plan": {"people": people, "person_hours": 36 * people}});
    body[subject.0] = json!(subject.1);
    body
}

/// Training given by the operator in that program, completed and issued on that day.
fn trained(app: &TestApp, person: &str, number: &str, program: &str, day: &str) -> String {
    let issued = with(paper(app, person, number, day), json!({"program_id": program}));
    confirmed(app, "operator", "director", issued)
}

/// P2-20: people and hours by program for a year; what is used is counted from what the operator issued in that year.
#[test]
fn the_used_figure_comes_from_the_ledger() {
    let app = TestApp::start();
    let [one, other] = ["Программа", "Другая"]
        .map(|title| accepted(&app, "provider", "ministry", &program(&app, "provider_x", title)));
    let made = app.persona("ministry").post(PATH, line(&app, ("program_id", &one), 4)).expect(201);
    assert_eq!(made.json()["used"], json!({"people": 0, "person_hours": 0, "percent": 0}));
    let first = trained(&app, "teacher", "1", &one, "2025-04-10");
    trained(&app, "teacher_2", "2", &one, "2025-05-10");
    trained(&app, "deputy", "3", &other, "2025-05-10");
    trained(&app, "curator", "4", &one, "2024-05-10");
    let used = |persona: &str| {
        app.persona(persona).get(&format!("{PATH}/{}", made.id())).expect(200).json()["used"].clone()
    };
    assert_eq!(used("ministry"), json!({"people": 2, "person_hours": 72, "percent": 50}));
    let annulled = json!({"decision": "annul", "reason": "Выдано по ошибке"});
    decide(&app, "director", &first, annulled).expect(200);
    assert_eq!(used("operator"), json!({"people": 1, "person_hours": 36, "percent": 25}));
    app.persona("auditor").get(&format!("{PATH}/{}", made.id())).expect(200);
    app.persona("municipal_officer").get(&format!("{PATH}/{}", made.id())).refused(403, "auth.forbidden");
    app.persona("chel_ministry").get(&format!("{PATH}/{}", made.id())).refused(404, "request.not_found");
}

/// P2-20: a line may be for a direction, by whatever programs serve it.
#[test]
fn a_direction_is_used_by_the_programs_that_serve_it() {
    let app = TestApp::start();
    let direction = approved_directions(&app, 2025, &["Грамотность"]).remove(0);
    let id = accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Программа"));
    trained(&app, "teacher", "1", &id, "2025-04-10");
    let made = app.persona("ministry").post(PATH, line(&app, ("direction_id", &direction), 1)).expect(201);
    assert_eq!(made.json()["used"]["people"], 0);
    let path = format!("/api/v1/priority-directions/{direction}/programs");
    app.persona("operator").put(&path, "\"1\"", json!({"program_ids": [id]})).expect(200);
    let listed = app.persona("operator").get(&format!("{PATH}?year=2025")).expect(200).json();
    assert_eq!(listed["items"][0]["used"], json!({"people": 1, "person_hours": 36, "percent": 100}));
    assert_eq!(
        ids(&app.persona("operator").get(&format!("{PATH}?year=2026")).expect(200)),
        Vec::<String>::new()
    );
}

/// P2-20: the department sets the assignment, nobody else.
#[test]
fn the_ministry_sets_the_assignment() {
    let app = TestApp::start();
    let id = accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Программа"));
    let body = line(&app, ("program_id", &id), 4);
    app.persona("operator").post(PATH, body.clone()).refused(403, "auth.forbidden");
    let ministry = app.persona("ministry");
    let made = ministry.post(PATH, body.clone()).expect(201);
    ministry.post(PATH, body.clone()).refused(409, "conflict.already_exists");
    let both = with(body.clone(), json!({"direction_id": id}));
    ministry.post(PATH, both).refused(422, "direction_or_program");
    let nowhere = with(
        body.clone(),
        json!({"program_id": rost::ids::new_id(), "organization_id": app.organization("school_1")}),
    );
    let refused = ministry.post(PATH, nowhere).refused(422, "wrong_kind");
    assert_eq!(refused.json()["errors"].as_array().unwrap().len(), 2);
    let path = format!("{PATH}/{}", made.id());
    let plan = json!({"plan": {"people": 10, "person_hours": 360, "note": "Уточнено"}});
    app.persona("operator").put(&path, "\"1\"", plan.clone()).refused(403, "auth.forbidden");
    assert_eq!(ministry.put(&path, "\"1\"", plan.clone()).expect(200).json()["plan"]["people"], 10);
    ministry.put(&path, "\"1\"", plan).refused(412, "request.precondition_failed");
    ministry.put(&path, "\"2\"", json!({"plan": {"people": 0, "person_hours": 0}})).refused(422, "range");
}
