//! Who sees enrollments, and how routes show them.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_routes::{RouteUnderTest, activity};
use crate::support::build_training::{
    begin, close, course, decide, enroll, etag, listed, open, program_x, read, record, seminar, with,
};

const LINES: &str = "/api/v1/route-activities";

/// A route of the teacher in force with a line that provider X is to teach; the line's id, and an offering for it.
fn route_with_line(app: &TestApp) -> (RouteUnderTest<'_>, String, String) {
    let program = program_x(app);
    let (route, _) = RouteUnderTest::complete_p4(app);
    let mut line = activity(None);
    line["kind"] = json!("program");
    line["title"] = json!("Оценивание");
    line["program_id"] = program["id"].clone();
    line["provider_id"] = json!(app.organization("provider_x"));
    line["hours"] = json!(36);
    line.as_object_mut().unwrap().remove("content");
    let deficit = route.read("teacher").expect(200).json()["activities"][0]["data"]["deficit_ids"].clone();
    line["reason"] = json!("deficit");
    line["deficit_ids"] = deficit;
    route.add("teacher", line).expect(201);
    let whole = route.read("teacher").expect(200).json();
    let lines = whole["activities"].as_array().unwrap();
    let id = lines.iter().find(|line| line["data"]["kind"] == "program").unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let offering = open(app, &course(&program, 5));
    (route, id, offering)
}

fn apply_with(app: &TestApp, person: &str, offering: &str, activity: &str) -> crate::support::Answer {
    let people = json!([{"person_id": app.person(person), "activity_id": activity}]);
    let body = json!({"offering_id": offering, "kind": "person", "people": people});
    app.persona(person).post("/api/v1/applications", body)
}

fn lines(app: &TestApp, persona: &str, query: &str, field: &str) -> Vec<Value> {
    listed(&app.persona(persona).get(&format!("{LINES}{query}")).expect(200), field)
}

/// P4-30: the provider sees the lines of routes addressed to it, the coordinator how far they have come; the route
/// shows the training that fulfils its line.
#[test]
fn providers_and_the_coordinator_work_on_one_route() {
    let app = TestApp::start();
    let (route, line, offering) = route_with_line(&app);
    assert_eq!(lines(&app, "provider", "", "id"), Vec::<Value>::new(), "a draft is nobody's yet");
    route.approve_p4();
    let completion = format!("/activities/{line}/completion");
    route
        .post("director", &completion, json!({"completed_on": "2026-03-02"}))
        .refused(409, "training_awaited");
    assert_eq!(lines(&app, "provider", "", "id"), [json!(line)]);
    assert_eq!(lines(&app, "provider", "", "person_id"), [json!(app.person("teacher"))]);
    assert_eq!(lines(&app, "provider_y", "", "id"), Vec::<Value>::new());
    assert_eq!(lines(&app, "coordinator", "?external=true&enrolled=true", "id"), Vec::<Value>::new());

    apply_with(&app, "teacher_2", &offering, &line).refused(422, "unknown");
    let application = apply_with(&app, "teacher", &offering, &line).expect(201).id();
    let accepted = decide(&app, "provider", &application, "accept").expect(200).json();
    let id = accepted["people"][0]["enrollment_id"].as_str().unwrap().to_owned();
    let state = || lines(&app, "coordinator", "?external=true&enrolled=true", "enrollment_state");
    assert_eq!(state(), [json!("enrolled")]);
    begin(&app, &offering);
    assert_eq!(state(), [json!("in_progress")]);
    record(&app, "provider", &id, 1, json!({"outcome": "mastered"})).expect(200);
    close(&app, "provider", &id, "completion", json!({"closing": "finish"})).expect(200);
    assert_eq!(state(), [json!("completed")]);
    let shown = route.read("teacher").expect(200).json();
    let shown =
        shown["activities"].as_array().unwrap().iter().find(|it| it["id"] == json!(line)).unwrap().clone();
    assert_eq!(shown["enrollment"], json!({"id": id, "state": "completed"}));
    // The line itself is completed by the confirmed credential; by hand, as long as that is not there.
    assert_eq!(shown["state"], "planned");
    route.post("director", &completion, json!({"completed_on": "2026-03-10"})).expect(200);
}

/// P1-51: the curator lists the external activities of the school's teachers with their state.
#[test]
fn the_curator_lists_external_activities_with_their_state() {
    let app = TestApp::start();
    let (route, line, offering) = route_with_line(&app);
    route.approve_p4();
    let application = apply_with(&app, "teacher", &offering, &line).expect(201).id();
    decide(&app, "provider", &application, "accept").expect(200);
    assert_eq!(lines(&app, "curator", "?external=true", "id"), [json!(line)]);
    assert_eq!(lines(&app, "curator", "?external=true", "enrollment_state"), [json!("enrolled")]);
    assert_eq!(lines(&app, "school_2_director", "", "id"), Vec::<Value>::new());
    let own = open(&app, &seminar(5));
    enroll(&app, "teacher_2", &own);
    let page = app.persona("curator").get("/api/v1/enrollments?external=true").expect(200);
    assert_eq!(listed(&page, "state"), [json!("enrolled"), json!("enrolled")]);
    let page = app.persona("curator").get("/api/v1/enrollments?external=false").expect(200);
    assert_eq!(listed(&page, "id"), Vec::<Value>::new());
}

/// The link to the route may come later, by the person or the school, and only to the person's own line.
#[test]
fn an_enrollment_is_linked_to_a_line_later() {
    let app = TestApp::start();
    let (_route, line, offering) = route_with_line(&app);
    let (mine, other) = (enroll(&app, "teacher", &offering), enroll(&app, "teacher_2", &offering));
    let set = |persona: &str, id: &str, activity: Value| {
        let path = format!("/api/v1/enrollments/{id}/activity");
        app.persona(persona).put(&path, &etag(&app, "enrollments", id), activity)
    };
    set("curator", &other, json!({"activity_id": line})).refused(422, "unknown");
    set("provider", &mine, json!({"activity_id": line})).refused(403, "auth.forbidden");
    let linked = set("curator", &mine, json!({"activity_id": line})).expect(200).json();
    assert_eq!(linked["activity_id"], json!(line));
    let freed = set("teacher", &mine, json!({})).expect(200).json();
    assert_eq!(freed["activity_id"], Value::Null);
    let unfit = open(&app, &with(seminar(5), json!({"title": "Другое"})));
    let unfit = enroll(&app, "teacher", &unfit);
    set("teacher", &unfit, json!({"activity_id": line})).refused(422, "unknown");
}

/// Own, school, provider, coordinator: each sees what concerns it, nobody else's; lists and items agree.
#[test]
fn enrollments_are_seen_by_both_sides() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(5));
    let id = enroll(&app, "teacher", &offering);
    for (persona, sees) in [
        ("teacher", true),
        ("director", true),
        ("curator", true),
        ("association_head", true),
        ("municipal_officer", true),
        ("coordinator", true),
        ("provider", true),
        ("auditor", true),
        ("teacher_2", false),
        ("school_2_director", false),
        ("biysk_officer", false),
        ("provider_y", false),
        ("chel_ministry", false),
    ] {
        let answer = read(&app, persona, "enrollments", &id);
        assert_eq!(answer.status, if sees { 200 } else { 404 }, "{persona}: {}", answer.text);
        let found = listed(&app.persona(persona).get("/api/v1/enrollments").expect(200), "id");
        assert_eq!(found.contains(&json!(id)), sees, "{persona}");
    }
}
