//! Training orders, set up through the API.

use rost::authz::{Level, Role};
use serde_json::{Value, json};

use super::build_registry::{accepted, program};
use super::build_requests::decide;
use super::build_training::{etag, plan, seminar, with};
use super::regulated_training::also;
use super::{Answer, Client, TestApp};

const PATH: &str = "/api/v1/training-orders";

/// Begins the order of that organization for the period that begins in 2025.
pub fn begin(app: &TestApp, persona: &str, organization: &str, level: &str) -> Answer {
    begin_for(app, persona, organization, level, 2025)
}

/// The same for another year.
pub fn begin_for(app: &TestApp, persona: &str, organization: &str, level: &str, year: i32) -> Answer {
    let body = json!({"organization_id": app.organization(organization), "level": level, "year": year});
    app.persona(persona).post(PATH, body)
}

/// The order as that persona reads it.
pub fn read(app: &TestApp, persona: &str, id: &str) -> Answer {
    app.persona(persona).get(&format!("{PATH}/{id}"))
}

/// Sends something about the newest version of an order.
pub fn send(app: &TestApp, persona: &str, id: &str, rest: &str, body: Value) -> Answer {
    let newest = etag(app, "training_orders", id);
    app.persona(persona).post_if(&format!("{PATH}/{id}/{rest}"), &newest, body)
}

/// The lines of an order as that persona reads them.
#[track_caller]
pub fn lines(app: &TestApp, persona: &str, id: &str) -> Vec<Value> {
    let page = app.persona(persona).get(&format!("{PATH}/{id}/lines")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// A head's own request for so many people, 16 hours each.
pub fn request(topic: &str, people: i32) -> Value {
    json!({"origin": "head_request", "topic": topic, "people": people, "hours": 16, "amount_kopecks": 100_000,
           "justification": "Низкие результаты мониторинга"})
}

/// The submitted order of a school with those requests of its head.
#[track_caller]
pub fn submitted(app: &TestApp, director: &str, school: &str, requests: &[(&str, i32)]) -> String {
    let id = begin(app, director, school, "school").expect(201).id();
    for (topic, people) in requests {
        send(app, director, &id, "lines", request(topic, *people)).expect(201);
    }
    send(app, director, &id, "submission", json!({})).expect(200);
    id
}

/// The submitted order of Barnaul, added up from two schools.
#[track_caller]
pub fn municipal(app: &TestApp) -> String {
    submitted(app, "director", "school_1", &[("Чтение", 2), ("Оценивание", 1)]);
    submitted(app, "school_2_director", "school_2", &[("Чтение", 3)]);
    let id = begin(app, "methodist", "barnaul", "municipality").expect(201).id();
    send(app, "methodist", &id, "submission", json!({})).expect(200);
    id
}

/// A planned seminar of the municipal centre.
#[track_caller]
pub fn seminar_of_center(app: &TestApp, title: &str) -> String {
    let data = with(seminar(25), json!({"title": title}));
    plan(app, "methodist", "barnaul_center", &data).expect(201).id()
}

/// Places people of a line.
pub fn place(app: &TestApp, order: &str, line: &Value, offering: &str, people: i32) -> Answer {
    let body = json!({"line_id": line["id"], "offering_id": offering, "people": people});
    send(app, "methodist", order, "placements", body)
}

/// A line for so many people by that program.
pub fn of_program(program: &Value, people: i32) -> Value {
    json!({"origin": "head_request", "topic": "Оценивание", "people": people, "hours": 16, "program_id": program["id"]})
}

/// A program of provider X that the registry knows.
#[track_caller]
pub fn known_program(app: &TestApp) -> Value {
    let id = accepted(app, "provider", "ministry", &program(app, "provider_x", "Оценивание"));
    app.persona("ministry").get(&format!("/api/v1/programs/{id}")).expect(200).json()
}

/// Hands an order up and lets the operator agree.
#[track_caller]
pub fn agreed(app: &TestApp, persona: &str, id: &str) {
    let sent = send(app, persona, id, "submission", json!({})).expect(200).json();
    assert_eq!(sent["state"], "in_review");
    decide(app, "operator", id, "approve", json!({})).expect(200);
}

/// The head of the state school.
pub fn state_school(app: &TestApp) -> Client {
    also(app, "state_teacher", Role::Director, Level::School, "state_school")
}

/// The operator's order for 2026 of three people from Barnaul and two of the state school.
#[track_caller]
pub fn regional(app: &TestApp, program: &Value) -> (String, String) {
    let school = begin_for(app, "director", "school_1", "school", 2026).expect(201).id();
    send(app, "director", &school, "lines", of_program(program, 3)).expect(201);
    agreed(app, "director", &school);
    let city = begin_for(app, "municipal_officer", "barnaul", "municipality", 2026).expect(201).id();
    agreed(app, "municipal_officer", &city);
    let head = state_school(app);
    let body = json!({"organization_id": app.organization("state_school"), "level": "school", "year": 2026});
    let state = head.post("/api/v1/training-orders", body).expect(201).id();
    let path = format!("/api/v1/training-orders/{state}");
    head.post_if(&format!("{path}/lines"), "\"1\"", of_program(program, 2)).expect(201);
    head.post_if(&format!("{path}/submission"), "\"2\"", json!({})).expect(200);
    decide(app, "operator", &state, "approve", json!({})).expect(200);
    let id = begin_for(app, "operator", "operator", "region", 2026).expect(201).id();
    (id, school)
}

/// So many people by that program in the state assignment of 2026.
#[track_caller]
pub fn assignment(app: &TestApp, program: &Value, people: i32) -> String {
    let body = json!({"organization_id": app.organization("operator"), "year": 2026, "program_id": program["id"],
                      "plan": {"people": people, "person_hours": 16 * people}});
    app.persona("ministry").post("/api/v1/state-assignments", body).expect(201).id()
}
