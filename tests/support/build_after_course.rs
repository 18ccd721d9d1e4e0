//! What comes after the course: completed training, support plans and activities, set up through the API.

use serde_json::{Value, json};

use super::build_training::{begin, close, enroll, etag, open, record, seminar};
use super::{Answer, TestApp};

/// A seminar of provider X that these people completed on 2026-03-10: the offering and their enrollments.
#[track_caller]
pub fn completed(app: &TestApp, people: &[&str]) -> (String, Vec<String>) {
    let offering = open(app, &seminar(20));
    let enrollments: Vec<String> = people.iter().map(|persona| enroll(app, persona, &offering)).collect();
    begin(app, &offering);
    for enrollment in &enrollments {
        record(app, "provider", enrollment, 1, json!({"outcome": "mastered"})).expect(200);
        let closed = close(app, "provider", enrollment, "completion", json!({"closing": "finish"}));
        assert_eq!(closed.expect(200).json()["state"], "completed");
    }
    (offering, enrollments)
}

/// What is said of a support plan.
pub fn plan_data() -> Value {
    json!({"goals": "Применять критериальное оценивание", "starts_on": "2026-03-16", "ends_on": "2026-12-25"})
}

/// Begins the plan of a completed training with that service.
pub fn begin_plan(app: &TestApp, persona: &str, enrollment: &str, service: &str) -> Answer {
    let body =
        json!({"enrollment_id": enrollment, "service_id": app.organization(service), "data": plan_data()});
    app.persona(persona).post("/api/v1/support-plans", body)
}

/// Agrees to the newest version of a plan for a side.
pub fn endorse(app: &TestApp, persona: &str, plan: &str, side: &str) -> Answer {
    let path = format!("/api/v1/support-plans/{plan}/endorsements");
    app.persona(persona).post_if(&path, &etag(app, "support_plans", plan), json!({"side": side}))
}

/// What is said of an activity of that form for these people.
pub fn activity_data(app: &TestApp, kind: &str, people: &[&str]) -> Value {
    let people: Vec<_> = people.iter().map(|name| app.person(name)).collect();
    json!({
        "kind": kind, "title": "Критериальное оценивание", "starts_on": "2026-03-12", "ends_on": "2026-03-13",
        "person_ids": people, "deficit_ids": [],
    })
}

/// Plans an activity of that organization.
pub fn plan_activity(app: &TestApp, persona: &str, organization: &str, data: &Value) -> Answer {
    let body = json!({"organization_id": app.organization(organization), "data": data});
    app.persona(persona).post("/api/v1/support-activities", body)
}
