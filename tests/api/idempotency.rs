//! Idempotency-Key: a repeat does nothing twice.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::client::{Answer, Client};

const LIST: &str = "/api/v1/organizations";

fn new_school(app: &TestApp, place: &str) -> Value {
    json!({"parent_id": app.organization(place), "kind": "school", "data": {"name": "СОШ № 10"}})
}

fn post(client: &Client, key: &str, body: &Value) -> Answer {
    client.header("idempotency-key", key).send_json("POST", LIST, body)
}

fn schools(app: &TestApp) -> String {
    app.db_text("select count(*) from organizations where name = 'СОШ № 10'")
}

#[test]
fn a_post_without_a_decent_key_is_400() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let body = new_school(&app, "barnaul");
    ministry.send_json("POST", LIST, &body).refused(400, "request.idempotency_key_required");
    for key in ["short", &"x".repeat(65), "with a blank", "\"\""] {
        post(&ministry, key, &body).refused(400, "request.idempotency_key_required");
    }
    assert_eq!(schools(&app), "0");
}

#[test]
fn a_repeat_gets_the_stored_answer_and_does_nothing() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let body = new_school(&app, "barnaul");
    let first = post(&ministry, "key-0123456789", &body).expect(201);
    let again = post(&ministry, "key-0123456789", &body).expect(201);
    assert_eq!(
        (first.text.clone(), first.etag(), first.header("location")),
        (again.text.clone(), again.etag(), again.header("location"))
    );
    assert_eq!(schools(&app), "1");
    assert_eq!(app.db_text("select count(*) from audit_events where operation = 'create_organization'"), "1");
}

#[test]
fn the_same_key_with_another_request_is_422() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    post(&ministry, "key-0123456789", &new_school(&app, "barnaul")).expect(201);
    post(&ministry, "key-0123456789", &new_school(&app, "biysk"))
        .refused(422, "request.idempotency_key_reused");
}

#[test]
fn a_key_belongs_to_its_caller() {
    let app = TestApp::start();
    let body = new_school(&app, "barnaul");
    let one = post(&app.persona("ministry"), "key-0123456789", &body).expect(201);
    let other = post(&app.persona("municipal_officer"), "key-0123456789", &body).expect(201);
    assert_ne!(one.id(), other.id());
}

#[test]
fn a_refusal_is_not_stored() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let wrong = json!({"parent_id": rost::ids::new_id(), "kind": "school", "data": {"name": "СОШ № 10"}});
    assert!(post(&ministry, "key-0123456789", &wrong).status >= 400);
    post(&ministry, "key-0123456789", &new_school(&app, "barnaul")).expect(201);
}

/// The same key twice at once.
#[test]
fn twins_at_once_have_one_effect() {
    let app = TestApp::start();
    let body = new_school(&app, "barnaul");
    for round in 0..5 {
        let key = format!("key-of-round-{round}");
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let twins: Vec<_> = (0..6)
                .map(|_| {
                    let (client, key, body) = (app.persona("ministry"), &key, &body);
                    scope.spawn(move || post(&client, key, body))
                })
                .collect();
            twins.into_iter().map(|twin| twin.join().unwrap()).collect()
        });
        let made: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 201).collect();
        assert!(!made.is_empty() && made.iter().all(|answer| answer.text == made[0].text));
        for refused in answers.iter().filter(|answer| answer.status != 201) {
            assert_eq!(
                (refused.status, refused.codes()[0].as_str()),
                (409, "request.idempotency_in_progress")
            );
            assert!(refused.header("retry-after").is_some());
        }
    }
    assert_eq!(schools(&app), "5");
}
