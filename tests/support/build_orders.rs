//! Training orders, set up through the API.

use serde_json::{Value, json};

use super::build_training::{etag, plan, seminar, with};
use super::{Answer, TestApp};

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
