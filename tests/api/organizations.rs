//! Organizations over HTTP.

use serde_json::json;

use crate::support::TestApp;

#[test]
fn a_ministry_adds_a_school_to_a_municipality() {
    let app = TestApp::start();
    let body = json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "СОШ № 10"}});
    let created = app.persona("ministry").post("/api/v1/organizations", body).expect(201);
    let id = created.id();
    assert_eq!(created.header("location"), Some(format!("/api/v1/organizations/{id}").as_str()));
    let read = app.persona("teacher").get(&format!("/api/v1/organizations/{id}")).expect(200);
    assert_eq!(read.json()["municipality_id"], json!(app.organization("barnaul")));
    assert_eq!(read.json()["allowed_actions"], json!([]));
}

#[test]
fn another_region_does_not_exist() {
    let app = TestApp::start();
    let path = format!("/api/v1/organizations/{}", app.organization("chel_school"));
    app.persona("ministry").get(&path).refused(404, "request.not_found");
}

#[test]
fn a_teacher_may_not_add_an_organization() {
    let app = TestApp::start();
    let body = json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "СОШ № 10"}});
    app.persona("teacher").post("/api/v1/organizations", body).refused(403, "auth.forbidden");
}

#[test]
fn a_repeat_with_the_same_key_gets_the_same_answer() {
    let app = TestApp::start();
    let ministry = app.persona("ministry").header("idempotency-key", "key-0123456789");
    let body = json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "СОШ № 10"}});
    let first = ministry.send_json("POST", "/api/v1/organizations", &body).expect(201);
    let second = ministry.send_json("POST", "/api/v1/organizations", &body).expect(201);
    assert_eq!(first.text, second.text);
    assert_eq!(second.etag(), "\"1\"");
    let other = json!({"parent_id": app.organization("biysk"), "kind": "school", "data": {"name": "СОШ № 10"}});
    ministry.send_json("POST", "/api/v1/organizations", &other).refused(422, "request.idempotency_key_reused");
}
