//! The state assignment over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_guidance::{approved_directions, ids};
use crate::support::build_hours::{confirmed, decide, paper, with};
use crate::support::build_registry::{accepted, program};
use crate::support::build_training::{apply, close, course, etag, move_to, plan, record};

const PATH: &str = "/api/v1/state-assignments";

fn line(app: &TestApp, subject: (&str, &str), people: i32) -> Value {
    let mut body = json!({"organization_id": app.organization("operator"), "year": 2025,
                          "plan": {"people": people, "person_hours": 36 * people}});
    body[subject.0] = json!(subject.1);
    body
}

/// What is used: people placed and trained, hours, per cent trained; the per cent placed are the same.
fn used_of(placed: i64, people: i64, hours: i64, percent: i64) -> Value {
    json!({"placed_people": placed, "placed_percent": percent, "people": people, "person_hours": hours, "percent": percent})
}

/// Training given by the operator in that program, completed and issued on that day.
fn trained(app: &TestApp, person: &str, number: &str, program: &str, day: &str) -> String {
    let issued = with(paper(app, person, number, day), json!({"program_id": program}));
    confirmed(app, "operator", "director", issued)
}

/// A program that the provider and the operator teach together, so that the operator issues its documents.
fn shared(app: &TestApp, title: &str) -> String {
    let mut body = program(app, "provider_x", title);
    body["data"]["network_form"] = json!(true);
    body["data"]["partner_ids"] = json!([app.organization("operator")]);
    accepted(app, "provider", "ministry", &body)
}

/// P2-20: people and hours by program for a year; what is used is counted from what the operator issued in that year.
#[test]
fn the_used_figure_comes_from_the_ledger() {
    let app = TestApp::start();
    let [one, other] = ["Программа", "Другая"].map(|title| shared(&app, title));
    let made = app.persona("ministry").post(PATH, line(&app, ("program_id", &one), 4)).expect(201);
    assert_eq!(made.json()["used"], used_of(0, 0, 0, 0));
    let first = trained(&app, "teacher", "1", &one, "2025-04-10");
    trained(&app, "teacher_2", "2", &one, "2025-05-10");
    trained(&app, "deputy", "3", &other, "2025-05-10");
    trained(&app, "curator", "4", &one, "2024-05-10");
    let used = |persona: &str| {
        app.persona(persona).get(&format!("{PATH}/{}", made.id())).expect(200).json()["used"].clone()
    };
    assert_eq!(used("ministry"), used_of(2, 2, 72, 50));
    let annulled = json!({"decision": "annul", "reason": "Выдано по ошибке"});
    decide(&app, "director", &first, annulled).expect(200);
    assert_eq!(used("operator"), used_of(1, 1, 36, 25));
    app.persona("auditor").get(&format!("{PATH}/{}", made.id())).expect(200);
    app.persona("municipal_officer").get(&format!("{PATH}/{}", made.id())).refused(403, "auth.forbidden");
    app.persona("chel_ministry").get(&format!("{PATH}/{}", made.id())).refused(404, "request.not_found");
}

/// P2-20: a line may be for a direction, by whatever programs serve it.
#[test]
fn a_direction_is_used_by_the_programs_that_serve_it() {
    let app = TestApp::start();
    let direction = approved_directions(&app, 2025, &["Грамотность"]).remove(0);
    let id = shared(&app, "Программа");
    trained(&app, "teacher", "1", &id, "2025-04-10");
    let made = app.persona("ministry").post(PATH, line(&app, ("direction_id", &direction), 1)).expect(201);
    assert_eq!(made.json()["used"]["people"], 0);
    let path = format!("/api/v1/priority-directions/{direction}/programs");
    app.persona("operator").put(&path, "\"1\"", json!({"program_ids": [id]})).expect(200);
    let listed = app.persona("operator").get(&format!("{PATH}?year=2025")).expect(200).json();
    assert_eq!(listed["items"][0]["used"], used_of(1, 1, 36, 100));
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

/// P2-20: places at the operator's offerings count as well: who is enrolled or learns has a place, who completes is
/// trained, before any paper; the paper then changes nothing.
#[test]
fn places_and_completed_training_count_before_the_paper() {
    let app = TestApp::start();
    let mut taught = program(&app, "provider_x", "Программа");
    taught["modules"][0]["provider_id"] = json!(app.organization("operator"));
    let id = accepted(&app, "provider", "ministry", &taught);
    let read = app.persona("operator").get(&format!("/api/v1/programs/{id}")).expect(200).json();
    let offering = plan(&app, "operator", "operator", &course(&read, 5)).expect(201).id();
    move_to(&app, "operator", &offering, "open").expect(200);
    let mut body = line(&app, ("program_id", &id), 4);
    body["year"] = json!(2026);
    let made = app.persona("ministry").post(PATH, body).expect(201).id();
    let used = || app.persona("ministry").get(&format!("{PATH}/{made}")).expect(200).json()["used"].clone();
    let places = |placed: i64, percent: i64, trained: i64, hours: i64| {
        json!({"placed_people": placed, "placed_percent": percent, "people": trained, "person_hours": hours,
               "percent": trained * 25})
    };
    let enrollments = ["teacher", "teacher_2", "deputy"].map(|person| {
        let application = apply(&app, person, &offering).expect(201).id();
        let path = format!("/api/v1/applications/{application}/decision");
        let decision = json!({"decision": "accept", "reason": "Да"});
        let decided = app
            .persona("operator")
            .post_if(&path, &etag(&app, "applications", &application), decision)
            .expect(200);
        decided.json()["people"][0]["enrollment_id"].as_str().unwrap().to_owned()
    });
    assert_eq!(used(), places(3, 75, 0, 0));
    close(&app, "deputy", &enrollments[2], "withdrawal", json!({"reason": "Болезнь"})).expect(200);
    assert_eq!(used(), places(2, 50, 0, 0), "who withdraws has no place");
    app.days_pass(8);
    move_to(&app, "operator", &offering, "running").expect(200);
    record(&app, "operator", &enrollments[0], 1, json!({"outcome": "mastered", "grade": "зачтено"}))
        .expect(200);
    close(&app, "operator", &enrollments[0], "completion", json!({"closing": "finish"})).expect(200);
    assert_eq!(used(), places(2, 50, 1, 36));
    trained(&app, "teacher", "1", &id, "2026-03-10");
    assert_eq!(used(), places(2, 50, 1, 36), "one person, one program, once");
}
