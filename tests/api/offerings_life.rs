//! The way of an offering from the plan to its end, and its copy for another year.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_training::{
    apply, begin, close, enroll, move_to, move_with, open, plan, plan_with, read, record, seminar, with,
};

fn state(app: &TestApp, id: &str) -> Value {
    read(app, "provider", "offerings", id).expect(200).json()["state"].clone()
}

#[test]
fn an_offering_goes_its_way() {
    let app = TestApp::start();
    let id = plan(&app, "provider", "provider_x", &seminar(5)).expect(201).id();
    move_to(&app, "provider", &id, "running").refused(409, "not_open");
    move_to(&app, "provider", &id, "planned").refused(422, "not_reachable");
    let opened = move_to(&app, "provider", &id, "open").expect(200).json();
    assert_eq!(opened["allowed_states"], json!(["cancelled"]));
    move_to(&app, "provider", &id, "open").refused(409, "already_open");
    move_to(&app, "provider", &id, "running").refused(409, "too_early");
    app.days_pass(8);
    let running = move_to(&app, "provider", &id, "running").expect(200).json();
    assert_eq!(running["allowed_states"], json!(["finished", "cancelled"]));
    apply(&app, "teacher", &id).refused(409, "conflict.state");
    move_to(&app, "provider", &id, "finished").expect(200);
    move_to(&app, "provider", &id, "cancelled").refused(409, "already_final");
    let path = format!("/api/v1/offerings/{id}/state");
    let body = json!({"state": "cancelled", "reason": "Нет"});
    app.persona("provider").post_if(&path, "\"1\"", body.clone()).refused(412, "request.precondition_failed");
    app.persona("provider").post(&path, body.clone()).refused(428, "request.precondition_required");
    app.persona("teacher").post_if(&path, "\"4\"", body.clone()).refused(403, "auth.forbidden");
    app.persona("chel_ministry").post_if(&path, "\"4\"", body).refused(403, "auth.forbidden");
}

/// Cancelling needs a reason; whoever waited is declined, whoever was enrolled leaves with it.
#[test]
fn a_cancelled_offering_takes_everything_with_it() {
    let app = TestApp::start();
    let id = open(&app, &seminar(5));
    let enrollment = enroll(&app, "teacher", &id);
    let waiting = apply(&app, "teacher_2", &id).expect(201).id();
    move_to(&app, "provider", &id, "cancelled").refused(422, "reason_required");
    let cancelled =
        move_with(&app, "provider", &id, json!({"state": "cancelled", "reason": "Группа не набрана"}));
    let cancelled = cancelled.expect(200).json();
    assert_eq!((&cancelled["reason"], &cancelled["seats_free"]), (&json!("Группа не набрана"), &json!(5)));
    let declined = read(&app, "teacher_2", "applications", &waiting).expect(200).json();
    assert_eq!((&declined["state"], &declined["reason"]), (&json!("declined"), &json!("Группа не набрана")));
    let left = read(&app, "teacher", "enrollments", &enrollment).expect(200).json();
    assert_eq!((&left["state"], &left["reason"]), (&json!("withdrawn"), &json!("Группа не набрана")));
}

/// Nothing is lost at the end: every enrollment is closed before the offering is finished.
#[test]
fn an_offering_is_finished_when_everybody_is() {
    let app = TestApp::start();
    let id = open(&app, &seminar(5));
    let enrollment = enroll(&app, "teacher", &id);
    begin(&app, &id);
    move_to(&app, "provider", &id, "finished").refused(409, "enrollments_unclosed");
    record(&app, "provider", &enrollment, 1, json!({"outcome": "mastered"})).expect(200);
    close(&app, "provider", &enrollment, "completion", json!({"closing": "finish"})).expect(200);
    move_to(&app, "provider", &id, "finished").expect(200);
    assert_eq!(state(&app, &id), "finished");
}

/// A recurring offering is copied into a new school year: everything stays, all days move together.
#[test]
fn an_offering_is_copied_into_a_new_school_year() {
    let app = TestApp::start();
    let data =
        with(seminar(7), json!({"apply_until": "2026-03-05", "expected_product": "Комплект критериев"}));
    let more = json!({"partner_ids": [app.organization("provider_y")],
        "stages": [{"kind": "study", "title": "Занятия", "hours": 4}, {"kind": "workplace_task", "title": "Урок", "hours": 2}]});
    let id = plan_with(&app, "provider", "provider_x", &data, more).expect(201).id();
    let path = format!("/api/v1/offerings/{id}/copies");
    let body = json!({"starts_on": "2026-10-10"});
    app.persona("provider_y").post(&path, body.clone()).refused(404, "request.not_found");
    let copy = app.persona("provider").post(&path, body).expect(201);
    let copy = copy.json();
    assert_eq!((&copy["state"], &copy["copied_from_id"]), (&json!("planned"), &json!(id)));
    assert_eq!(
        (&copy["data"]["starts_on"], &copy["data"]["ends_on"], &copy["data"]["apply_until"]),
        (&json!("2026-10-10"), &json!("2026-10-12"), &json!("2026-10-05"))
    );
    assert_eq!((&copy["stages"][1]["kind"], &copy["seats_free"]), (&json!("workplace_task"), &json!(7)));
    assert_eq!(copy["partner_ids"], json!([app.organization("provider_y")]));
}

/// What is taught stays once somebody is enrolled; seats grow and shrink down to those taken.
#[test]
fn what_is_taught_stays_once_somebody_is_enrolled() {
    let app = TestApp::start();
    let id = open(&app, &seminar(2));
    enroll(&app, "teacher", &id);
    enroll(&app, "teacher_2", &id);
    let path = format!("/api/v1/offerings/{id}");
    let put = |data: Value| {
        let etag = read(&app, "provider", "offerings", &id).expect(200).etag();
        app.persona("provider").put(&path, &etag, json!({"data": data}))
    };
    put(with(seminar(2), json!({"hours": 8}))).refused(409, "conflict.state");
    put(seminar(1)).refused(422, "seats_taken");
    let more = put(with(seminar(4), json!({"place": "Ауд. 12"}))).expect(200).json();
    assert_eq!((&more["seats_free"], &more["data"]["place"]), (&json!(2), &json!("Ауд. 12")));
}
