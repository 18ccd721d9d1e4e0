//! Offerings, applications and enrollments, set up through the API.

use serde_json::{Value, json};

use super::build_registry::{accepted, program};
use super::{Answer, Client, TestApp};

/// What is said of a seminar of six hours in the middle of March.
pub fn seminar(seats: u32) -> Value {
    json!({
        "kind": "seminar", "title": "Критерии оценивания", "starts_on": "2026-03-10", "ends_on": "2026-03-12",
        "seats": seats, "study_form": "full_time", "delivery": ["in_person"], "hours": 6, "practical_hours": 2,
    })
}

/// An object with some fields changed.
pub fn with(mut body: Value, fields: Value) -> Value {
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

/// Plans an offering of that organization.
pub fn plan(app: &TestApp, persona: &str, organization: &str, data: &Value) -> Answer {
    plan_with(app, persona, organization, data, json!({}))
}

/// The same with partners and stages.
pub fn plan_with(app: &TestApp, persona: &str, organization: &str, data: &Value, more: Value) -> Answer {
    let body = json!({"organization_id": app.organization(organization), "data": data});
    app.persona(persona).post("/api/v1/offerings", with(body, more))
}

/// Moves an offering to a state.
pub fn move_to(app: &TestApp, persona: &str, id: &str, state: &str) -> Answer {
    move_with(app, persona, id, json!({"state": state}))
}

/// The same with a reason.
pub fn move_with(app: &TestApp, persona: &str, id: &str, body: Value) -> Answer {
    let path = format!("/api/v1/offerings/{id}");
    let etag = app.persona(persona).get(&path).expect(200).etag();
    app.persona(persona).post_if(&format!("{path}/state"), &etag, body)
}

/// An open offering of provider X.
#[track_caller]
pub fn open(app: &TestApp, data: &Value) -> String {
    open_with(app, data, json!({}))
}

/// The same with partners and stages.
#[track_caller]
pub fn open_with(app: &TestApp, data: &Value, more: Value) -> String {
    let id = plan_with(app, "provider", "provider_x", data, more).expect(201).id();
    move_to(app, "provider", &id, "open").expect(200);
    id
}

/// An accepted program of provider X with modules of 24 and 12 hours, as it is read.
pub fn program_x(app: &TestApp) -> Value {
    let id = accepted(app, "provider", "ministry", &program(app, "provider_x", "Оценивание"));
    app.persona("provider").get(&format!("/api/v1/programs/{id}")).expect(200).json()
}

/// What is said of a course by that program.
pub fn course(program: &Value, seats: u32) -> Value {
    with(
        seminar(seats),
        json!({"kind": "course", "program_id": program["id"], "hours": 36, "practical_hours": 12}),
    )
}

/// An application of a person for himself or herself.
pub fn apply(app: &TestApp, persona: &str, offering: &str) -> Answer {
    app.persona(persona).post("/api/v1/applications", json!({"offering_id": offering, "kind": "person"}))
}

/// An application of a school for its people.
pub fn apply_for(app: &TestApp, persona: &str, offering: &str, people: &[&str]) -> Answer {
    let people: Vec<Value> = people.iter().map(|name| json!({"person_id": app.person(name)})).collect();
    let body = json!({"offering_id": offering, "kind": "organization", "people": people});
    app.persona(persona).post("/api/v1/applications", body)
}

/// Reads something of training.
pub fn read(app: &TestApp, persona: &str, what: &str, id: &str) -> Answer {
    app.persona(persona).get(&format!("/api/v1/{what}/{id}"))
}

/// A decision on the newest version of an application.
pub fn decide(app: &TestApp, persona: &str, application: &str, decision: &str) -> Answer {
    let etag = etag(app, "applications", application);
    let path = format!("/api/v1/applications/{application}/decision");
    app.persona(persona).post_if(&path, &etag, json!({"decision": decision, "reason": "Решение провайдера"}))
}

/// The newest version.
pub fn etag(app: &TestApp, table: &str, id: &str) -> String {
    format!("\"{}\"", app.db_text(&format!("select version from {table} where id = '{id}'")))
}

/// Somebody enrolled in an offering of provider X: the enrollment's id.
#[track_caller]
pub fn enroll(app: &TestApp, persona: &str, offering: &str) -> String {
    let application = apply(app, persona, offering).expect(201).id();
    let accepted = decide(app, "provider", &application, "accept").expect(200).json();
    accepted["people"][0]["enrollment_id"].as_str().unwrap().to_owned()
}

/// Records a stage as that persona.
pub fn record(app: &TestApp, persona: &str, enrollment: &str, position: u32, body: Value) -> Answer {
    let etag = etag(app, "enrollments", enrollment);
    app.persona(persona).put(&format!("/api/v1/enrollments/{enrollment}/stages/{position}"), &etag, body)
}

/// A decision on the newest version of an enrollment.
pub fn close(app: &TestApp, persona: &str, enrollment: &str, rest: &str, body: Value) -> Answer {
    let etag = etag(app, "enrollments", enrollment);
    app.persona(persona).post_if(&format!("/api/v1/enrollments/{enrollment}/{rest}"), &etag, body)
}

/// The days of the offering have come.
#[track_caller]
pub fn begin(app: &TestApp, offering: &str) {
    app.days_pass(8);
    move_to(app, "provider", offering, "running").expect(200);
}

/// That persona as a leader of offerings of the organization.
pub fn offering_leader(app: &TestApp, persona: &str, organization: &str) -> Client {
    let mut claims = app.claims(persona);
    let grant = &mut claims.grants[0];
    grant.role = rost::authz::Role::OfferingLeader;
    grant.level = rost::authz::Level::Provider;
    grant.organization = Some(app.organization(organization));
    app.db_execute(&format!(
        "insert into role_assignments (id, region_id, organization_id, person_id, role, level, valid_from, created_at, updated_at)
         select gen_random_uuid(), region_id, id, '{}', 'offering_leader', 'provider', '2020-09-01', now(), now()
           from organizations where id = '{}'",
        app.person(persona),
        app.organization(organization),
    ))
    .unwrap();
    app.with_token(&app.state().identity.keys().sign(&claims).unwrap())
}

/// The values of a field of a page.
pub fn listed(page: &Answer, field: &str) -> Vec<Value> {
    page.json()["items"].as_array().unwrap().iter().map(|item| item[field].clone()).collect()
}
