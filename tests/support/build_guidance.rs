//! Directions, findings and regulations that other things rest on, set up through the API.

use serde_json::{Value, json};

use super::{Answer, TestApp};

/// Publishes a preset for an organization; it is in force from that day on.
#[track_caller]
pub fn live_under(app: &TestApp, persona: &str, owner: &str, preset: &str, from: &str) {
    let body = json!({"owner_id": app.organization(owner), "preset_code": preset});
    let draft = app.persona(persona).post("/api/v1/regulations", body).expect(201);
    let path = format!("/api/v1/regulations/{}/publication", draft.id());
    app.persona(persona).post_if(&path, &draft.etag(), json!({"effective_from": from})).expect(200);
}

/// What is written of a finding about mathematics.
pub fn finding_body(app: &TestApp, about: Option<&str>) -> Value {
    json!({"organization_id": about.map(|name| app.organization(name)), "data": {
        "source": "vpr", "subject": "математика", "text": "Не решают задачи на проценты",
        "period_from": "2025-09-01", "period_until": "2026-01-31", "low_quality_zone": true,
    }})
}

/// A finding of the quality centre.
#[track_caller]
pub fn finding(app: &TestApp, about: Option<&str>) -> String {
    app.persona("quality_officer").post("/api/v1/outcome-findings", finding_body(app, about)).expect(201).id()
}

/// Proposes a list with these directions.
pub fn propose(app: &TestApp, persona: &str, year: i32, titles: &[&str]) -> Answer {
    let directions: Vec<Value> = titles.iter().map(|title| json!({"title": title})).collect();
    app.persona(persona)
        .post("/api/v1/direction-lists", json!({"year": year, "data": {"directions": directions}}))
}

/// The id of a list in an answer.
pub fn list_id(answer: &Answer) -> String {
    answer.json()["list"]["id"].as_str().unwrap().to_owned()
}

/// Approves a list in its first version.
pub fn approve(app: &TestApp, persona: &str, list: &str) -> Answer {
    let path = format!("/api/v1/direction-lists/{list}/approval");
    app.persona(persona).post_if(&path, "\"1\"", json!({"act_number": "17"}))
}

/// The ids of the directions of an approved list of Altai, in their order.
#[track_caller]
pub fn approved_directions(app: &TestApp, year: i32, titles: &[&str]) -> Vec<String> {
    let proposed = propose(app, "operator", year, titles).expect(201);
    let approved = approve(app, "ministry", &list_id(&proposed)).expect(200).json();
    let directions = approved["directions"].as_array().unwrap();
    directions.iter().map(|direction| direction["id"].as_str().unwrap().to_owned()).collect()
}

/// The ids of a page.
pub fn ids(page: &Answer) -> Vec<String> {
    let page = page.json();
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}
