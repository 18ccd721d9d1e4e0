//! Papers about learning, made through the API.

use serde_json::{Value, json};

use super::{Answer, TestApp};

/// A paper of 36 hours completed on that day, with a number of its own; when learning began is not known.
pub fn paper(app: &TestApp, person: &str, number: &str, completed_on: &str) -> Value {
    json!({
        "person_id": app.person(person), "kind": "pd_certificate", "series": "ПК", "number": number,
        "title": "Функциональная грамотность", "program_kind": "advanced_training", "hours": 36,
        "completed_on": completed_on, "issued_on": completed_on,
    })
}

/// The same paper with other fields.
pub fn with(mut paper: Value, fields: Value) -> Value {
    for (name, value) in fields.as_object().unwrap() {
        paper[name] = value.clone();
    }
    paper
}

/// Records a paper: issued or reported, as the caller's person is.
pub fn record(app: &TestApp, by: &str, paper: Value) -> Answer {
    app.persona(by).post("/api/v1/credentials", paper)
}

/// Decides on the newest version of a credential.
pub fn decide(app: &TestApp, by: &str, id: &str, decision: Value) -> Answer {
    let path = format!("/api/v1/credentials/{id}");
    let etag = app.persona(by).get(&path).expect(200).etag();
    app.persona(by).post_if(&format!("{path}/decision"), &etag, decision)
}

/// A paper recorded by one and confirmed by another; the credential's id.
pub fn confirmed(app: &TestApp, by: &str, confirmer: &str, paper: Value) -> String {
    let id = record(app, by, paper).expect(201).id();
    decide(app, confirmer, &id, json!({"decision": "confirm"})).expect(200);
    id
}

/// The balance of a person as he or she reads it; `query` begins with `?` or is empty.
pub fn balance(app: &TestApp, person: &str, query: &str) -> Value {
    let path = format!("/api/v1/persons/{}/hours-balance{query}", app.person(person));
    app.persona(person).get(&path).expect(200).json()
}

/// The reasons of what is not counted, in order.
pub fn reasons(balance: &Value) -> Vec<String> {
    let found = balance["not_counted"].as_array().unwrap().iter();
    found.map(|entry| entry["reason"].as_str().unwrap().to_owned()).collect()
}

/// A provider with a private founder in the Chelyabinsk region.
pub fn private_provider(app: &TestApp) -> String {
    let body = json!({"parent_id": app.organization("chel_ministry"), "kind": "provider",
                      "data": {"name": "ООО «Учёба»", "founder_type": "private"}});
    app.persona("chel_ministry").post("/api/v1/organizations", body).expect(201).id()
}
