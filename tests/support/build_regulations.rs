//! Regulations that are a preset with a few changes, published through the API.

use serde_json::{Value, json};

use super::TestApp;

/// Publishes a preset with changes for an organization, in force from the day of the tests on.
#[track_caller]
pub fn amended(app: &TestApp, persona: &str, owner: &str, preset: &str, change: impl Fn(&mut Value)) {
    amended_from(app, persona, owner, (preset, "2026-03-02"), change);
}

/// The same, in force from another day on.
#[track_caller]
pub fn amended_from(
    app: &TestApp,
    persona: &str,
    owner: &str,
    (preset, from): (&str, &str),
    change: impl Fn(&mut Value),
) {
    let client = app.persona(persona);
    let path = format!("/api/v1/regulation-presets/{preset}");
    let mut document = client.get(&path).expect(200).json()["document"].clone();
    change(&mut document);
    let body = json!({"owner_id": app.organization(owner), "document": document});
    let draft = client.post("/api/v1/regulations", body).expect(201);
    let path = format!("/api/v1/regulations/{}/publication", draft.id());
    client.post_if(&path, &draft.etag(), json!({"effective_from": from})).expect(200);
}
