//! People and their work, set up through the API.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, Client, TestApp};

/// The first employment of somebody who teaches at that organization.
pub fn employment(organization_id: Uuid) -> Value {
    json!({
        "organization_id": organization_id,
        "data": {
            "kind": "staff", "position": "учитель математики", "education_levels": ["basic"],
            "subjects": ["математика"], "started_on": "2025-09-01"
        }
    })
}

/// A person with a first employment.
pub fn person(last_name: &str, organization_id: Uuid) -> Value {
    json!({
        "data": {"last_name": last_name, "first_name": "Мария", "middle_name": "Ивановна"},
        "employment": employment(organization_id)
    })
}

/// Adds a teacher to an organization of the world; returns the person's id.
pub fn hire(app: &TestApp, as_whom: &str, last_name: &str, organization: &str) -> String {
    let body = person(last_name, app.organization(organization));
    app.persona(as_whom).post("/api/v1/persons", body).expect(201).id()
}

/// Merges the card of one person into that of another.
pub fn merge(app: &TestApp, by: &str, kept: &str, merged: &str) -> Answer {
    let body = json!({"kept_id": kept, "merged_id": merged, "reason": "Принята второй раз"});
    app.persona(by).post("/api/v1/person-merges", body)
}

/// Makes two people of a merged one again.
pub fn undo(app: &TestApp, by: &str, merge: &str) -> Answer {
    let path = format!("/api/v1/person-merges/{merge}");
    let etag = app.persona(by).get(&path).expect(200).etag();
    app.persona(by).post_if(&format!("{path}/undo"), &etag, json!({"reason": "Однофамильцы"}))
}

/// The only employment of a person.
pub fn only_employment(client: &Client, person_id: &str) -> Value {
    let work = client.get(&format!("/api/v1/persons/{person_id}/employments")).expect(200).json();
    work["items"][0].clone()
}

/// Gives an employment its last day.
pub fn end_employment(client: &Client, employment: &Value, day: &str) -> Answer {
    let path = format!("/api/v1/employments/{}", employment["id"].as_str().unwrap());
    let etag = client.get(&path).expect(200).etag();
    let mut data = employment["data"].clone();
    data["ended_on"] = json!(day);
    client.put(&path, &etag, data)
}

/// Ids or other texts of one field of all items of a page.
pub fn column(page: &Answer, field: &str) -> Vec<String> {
    let page = page.json();
    let items = page["items"].as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item[field].as_str().unwrap_or_default().to_owned()).collect()
}
