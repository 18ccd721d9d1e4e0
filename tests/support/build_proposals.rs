//! Proposals of routes, and the programs on offer for them, set up through the API.

use serde_json::{Value, json};
use uuid::Uuid;

use super::build_registry::{accepted, db_competency, db_deficit, entered};
use super::build_training::{open, with};
use super::{Answer, TestApp};

/// A competency in which the teacher of school 1 has a deficit.
pub fn lacking(app: &TestApp, number: u32) -> Uuid {
    let competency = db_competency(app, number);
    db_deficit(app, "teacher", competency);
    competency
}

/// What is written of a program with one module of all its hours.
pub fn teaching(app: &TestApp, provider: &str, title: &str, hours: u32, competencies: &[Uuid]) -> Value {
    json!({
        "provider_id": app.organization(provider),
        "data": {
            "kind": "advanced_training", "title": title, "annotation": "Приёмы работы на уроке", "hours": hours,
            "fully_modular": true, "study_form": "full_time", "delivery": ["in_person"], "audience": ["teacher"],
        },
        "modules": [{"title": title, "hours": hours, "delivery": ["in_person"], "competency_ids": competencies}],
    })
}

/// A program of the registry of Altai that answers these; its id.
pub fn registered(app: &TestApp, title: &str, hours: u32, competencies: &[Uuid]) -> String {
    entered(app, &teaching(app, "provider_x", title, hours, competencies)).0
}

/// The same at a price.
pub fn priced(app: &TestApp, title: &str, hours: u32, price: u32, competencies: &[Uuid]) -> String {
    let mut body = teaching(app, "provider_x", title, hours, competencies);
    body["data"]["price_rubles"] = json!(price);
    entered(app, &body).0
}

/// An accepted program outside the registry that answers these; its id.
pub fn unregistered(app: &TestApp, title: &str, hours: u32, competencies: &[Uuid]) -> String {
    accepted(app, "provider", "ministry", &teaching(app, "provider_x", title, hours, competencies))
}

/// An open offering of a program between these days; its id.
pub fn offered(app: &TestApp, program: &str, starts_on: &str, ends_on: &str) -> String {
    let course = json!({
        "kind": "course", "title": "Курс", "program_id": program, "starts_on": starts_on, "ends_on": ends_on,
        "seats": 20, "study_form": "full_time", "delivery": ["in_person"], "practical_hours": 2, "place": "Каб. 5",
    });
    open(app, &course)
}

/// A proposal from 2026-03-02 to 2027-03-01 for that person, with these fields changed.
pub fn propose(app: &TestApp, by: &str, person: &str, fields: Value) -> Answer {
    let body = with(json!({"starts_on": "2026-03-02", "ends_on": "2027-03-01"}), fields);
    app.persona(by).post(&format!("/api/v1/persons/{}/route-proposals", app.person(person)), body)
}
