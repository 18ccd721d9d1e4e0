//! Enrollments: stages, the end, leaving, the credential.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_hours::paper;
use crate::support::build_registry::module;
use crate::support::build_training::{
    begin, close, course, enroll, etag, move_to, offering_leader, open, open_with, program_x, read, record,
    seminar, with,
};

fn stages() -> Value {
    json!({"stages": [
        {"kind": "study", "title": "Занятия", "hours": 3},
        {"kind": "workplace_task", "title": "Урок в своём классе", "hours": 2},
        {"kind": "final_assessment", "title": "Зачёт", "hours": 1},
    ]})
}

fn mastered() -> Value {
    json!({"outcome": "mastered", "grade": "зачтено"})
}

fn finish(app: &TestApp, id: &str) -> Value {
    close(app, "provider", id, "completion", json!({"closing": "finish"})).expect(200).json()
}

fn state(app: &TestApp, id: &str) -> String {
    app.db_text(&format!("select state from enrollments where id = '{id}'"))
}

/// P2-30: the operator trains: enrolled, in progress, then completed, failed or withdrawn.
#[test]
fn an_enrollment_goes_its_way() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(5));
    let ids = ["teacher", "teacher_2", "state_teacher"].map(|name| enroll(&app, name, &offering));
    assert!(ids.iter().all(|id| state(&app, id) == "enrolled"));
    record(&app, "provider", &ids[0], 1, mastered()).refused(409, "not_started");
    close(&app, "provider", &ids[0], "completion", json!({"closing": "finish"})).refused(409, "not_started");
    begin(&app, &offering);
    assert!(ids.iter().all(|id| state(&app, id) == "in_progress"));
    record(&app, "provider", &ids[0], 1, mastered()).expect(200);
    let done = finish(&app, &ids[0]);
    assert_eq!(
        (&done["state"], &done["started_on"], &done["ended_on"]),
        (&json!("completed"), &json!("2026-03-10"), &json!("2026-03-10"))
    );
    close(&app, "provider", &ids[1], "completion", json!({"closing": "fail"}))
        .refused(422, "reason_required");
    let failed = json!({"closing": "fail", "reason": "Итоговая работа не сдана"});
    close(&app, "provider", &ids[1], "completion", failed).expect(200);
    close(&app, "state_teacher", &ids[2], "withdrawal", json!({"reason": "Болезнь"})).expect(200);
    assert_eq!(ids.each_ref().map(|id| state(&app, id)), ["completed", "failed", "withdrawn"]);
    for id in &ids {
        close(&app, "provider", id, "completion", json!({"closing": "finish"})).refused(409, "already_final");
        close(&app, "provider", id, "withdrawal", json!({"reason": "Поздно"})).refused(409, "already_final");
    }
}

/// P2-27: heads ensure participation in every stage, the task at the workplace too; without it nothing is complete.
#[test]
fn the_task_at_the_workplace_is_a_stage() {
    let app = TestApp::start();
    let offering = open_with(&app, &seminar(5), stages());
    let (with_task, without) = (enroll(&app, "teacher", &offering), enroll(&app, "teacher_2", &offering));
    begin(&app, &offering);
    for id in [&with_task, &without] {
        record(&app, "provider", id, 1, mastered()).expect(200);
        record(&app, "provider", id, 3, mastered()).expect(200);
    }
    record(&app, "director", &with_task, 1, mastered()).refused(403, "auth.forbidden");
    record(&app, "teacher", &with_task, 2, mastered()).refused(403, "auth.forbidden");
    let task = json!({"outcome": "mastered", "note": "Урок проведён\n12 марта"});
    let seen = record(&app, "director", &with_task, 2, task).expect(200).json();
    assert_eq!(
        (&seen["stages"][1]["kind"], &seen["stages"][1]["full"]),
        (&json!("workplace_task"), &json!(true))
    );
    assert_eq!(finish(&app, &with_task)["state"], "completed");
    assert_eq!(finish(&app, &without)["state"], "incomplete");
}

/// P3-14: content counts when it is mastered in full; partial attendance ends as incomplete, without a certificate.
#[test]
fn partial_attendance_ends_incomplete() {
    let app = TestApp::start();
    let offering = open_with(&app, &seminar(5), stages());
    let id = enroll(&app, "teacher", &offering);
    begin(&app, &offering);
    let partly = with(mastered(), json!({"attended_hours": 2.5}));
    record(&app, "provider", &id, 1, with(mastered(), json!({"attended_hours": 3.5})))
        .refused(422, "hours_exceed");
    let seen = record(&app, "provider", &id, 1, partly).expect(200).json();
    assert_eq!((&seen["stages"][0]["full"], &seen["attended_hours"]), (&json!(false), &json!(2.5)));
    record(&app, "provider", &id, 2, mastered()).expect(200);
    record(&app, "provider", &id, 3, mastered()).expect(200);
    record(&app, "provider", &id, 4, mastered()).refused(404, "request.not_found");
    let ended = finish(&app, &id);
    assert_eq!(ended["state"], "incomplete");
    assert_eq!(ended["allowed_actions"], json!([]));
    let certificate =
        with(paper(&app, "teacher", "7", "2026-03-10"), json!({"enrollment_id": id, "hours": 6}));
    let refused = app.persona("provider").post("/api/v1/credentials", certificate);
    let refused = refused.refused(409, "not_mastered_in_full").json();
    assert_eq!(refused["errors"][0]["requirement"], "P3-14");
}

/// P3-14: nor is there one for the program itself, when the issuer's own books say that it was not mastered.
#[test]
fn no_certificate_for_a_program_not_mastered() {
    let app = TestApp::start();
    let program = program_x(&app);
    let offering = open(&app, &course(&program, 5));
    let id = enroll(&app, "teacher", &offering);
    begin(&app, &offering);
    finish(&app, &id);
    assert_eq!(state(&app, &id), "incomplete");
    let certificate =
        with(paper(&app, "teacher", "7", "2026-03-10"), json!({"program_id": program["id"], "hours": 36}));
    app.persona("provider").post("/api/v1/credentials", certificate).refused(409, "not_mastered_in_full");
}

/// A completed enrollment gives its organiser the way to a credential, once, with its own hours.
#[test]
fn a_completed_enrollment_is_certified_once() {
    let app = TestApp::start();
    let program = program_x(&app);
    let offering = open(&app, &course(&program, 5));
    let id = enroll(&app, "teacher", &offering);
    begin(&app, &offering);
    record(&app, "provider", &id, 1, mastered()).expect(200);
    app.days_pass(5);
    assert_eq!(finish(&app, &id)["allowed_actions"], json!(["create_credential"]));
    let mut body = paper(&app, "teacher", "7", "2026-03-15");
    for said in ["program_id", "started_on", "completed_on"] {
        body.as_object_mut().unwrap().remove(said);
    }
    let body = with(body, json!({"enrollment_id": id, "hours": 36}));
    let issue = |persona: &str, body: Value| app.persona(persona).post("/api/v1/credentials", body);
    issue("provider", with(body.clone(), json!({"hours": 35}))).refused(422, "differs_from_enrollment");
    issue("provider_y", body.clone()).refused(422, "unknown");
    issue("teacher", body.clone()).refused(422, "not_allowed");
    let credential = issue("provider", body.clone()).expect(201).json();
    assert_eq!(
        (&credential["program_id"], &credential["started_on"], &credential["completed_on"]),
        (&program["id"], &json!("2026-03-10"), &json!("2026-03-15"))
    );
    let seen = read(&app, "provider", "enrollments", &id).expect(200).json();
    assert_eq!((&seen["credential_id"], &seen["allowed_actions"]), (&credential["id"], &json!([])));
    issue("provider", with(body, json!({"number": "8"}))).refused(409, "already_certified");
}

/// P2-8: the provider edits the program and the ministry accepts the next version; a running enrollment keeps the version
/// it began with, and what that version said stays readable.
#[test]
fn a_running_enrollment_keeps_its_program_version() {
    let app = TestApp::start();
    let program = program_x(&app);
    let path = format!("/api/v1/programs/{}", program["id"].as_str().unwrap());
    let offering = open(&app, &course(&program, 5));
    let before = enroll(&app, "teacher", &offering);
    let mut data = program["data"].clone();
    data["title"] = json!("Оценивание, второе издание");
    let modules = [module("Первый модуль", 24, &[]), module("Второй модуль", 12, &[])];
    let next = json!({"data": data, "modules": modules, "note": "Новое название"});
    let provider = app.persona("provider");
    let written = provider.put(&path, &provider.get(&path).expect(200).etag(), next).expect(200);
    let sent = provider.post_if(&format!("{path}/submission"), &written.etag(), json!({})).expect(200);
    let accept = json!({"decision": "accept"});
    app.persona("ministry").post_if(&format!("{path}/decision"), &sent.etag(), accept).expect(200);
    let after = enroll(&app, "teacher_2", &offering);
    let version =
        |id: &str| read(&app, "provider", "enrollments", id).expect(200).json()["program_version"].clone();
    assert_eq!((version(&before), version(&after)), (json!(1), json!(2)));
    let of_before = provider.get(&format!("{path}/versions/1")).expect(200).json();
    assert_eq!(of_before["data"]["title"], program["data"]["title"]);
}

/// The leader of an offering records stages of its learners, and of no other offering's.
#[test]
fn the_leader_records_the_stages_of_his_offering_alone() {
    let app = TestApp::start();
    let led = open(&app, &with(seminar(5), json!({"leader_id": app.person("teacher_2")})));
    let other = open(&app, &seminar(5));
    let (own, foreign) = (enroll(&app, "teacher", &led), enroll(&app, "teacher", &other));
    app.days_pass(8);
    let leader = offering_leader(&app, "teacher_2", "provider_x");
    for offering in [&led, &other] {
        move_to(&app, "provider", offering, "running").expect(200);
    }
    let record = |id: &str| {
        let path = format!("/api/v1/enrollments/{id}/stages/1");
        leader.put(&path, &etag(&app, "enrollments", id), mastered())
    };
    let recorded = record(&own).expect(200).json();
    assert_eq!(recorded["stages"][0]["outcome"], "mastered");
    record(&foreign).refused(404, "request.not_found");
}

/// A seat that is left is free again, and whoever left may come back.
#[test]
fn leaving_frees_the_seat() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(1));
    let id = enroll(&app, "teacher", &offering);
    let path = format!("/api/v1/enrollments/{id}/withdrawal");
    let body = json!({"reason": "Болезнь"});
    app.persona("teacher").post(&path, body.clone()).refused(428, "request.precondition_required");
    app.persona("teacher").post_if(&path, "\"9\"", body.clone()).refused(412, "request.precondition_failed");
    app.persona("teacher_2").post_if(&path, "\"1\"", body.clone()).refused(404, "request.not_found");
    app.persona("curator").post_if(&path, "\"1\"", body.clone()).refused(403, "auth.forbidden");
    app.persona("deputy").post_if(&path, &etag(&app, "enrollments", &id), body).expect(200);
    enroll(&app, "teacher", &offering);
}

/// Nobody judges his own learning.
#[test]
fn nobody_records_his_own_stages() {
    let app = TestApp::start();
    let offering =
        crate::support::build_training::plan(&app, "director", "school_1", &seminar(5)).expect(201).id();
    crate::support::build_training::move_to(&app, "director", &offering, "open").expect(200);
    let application = crate::support::build_training::apply(&app, "deputy", &offering).expect(201).id();
    let accepted =
        crate::support::build_training::decide(&app, "director", &application, "accept").expect(200);
    let id = accepted.json()["people"][0]["enrollment_id"].as_str().unwrap().to_owned();
    app.days_pass(8);
    crate::support::build_training::move_to(&app, "director", &offering, "running").expect(200);
    record(&app, "deputy", &id, 1, mastered()).refused(403, "auth.separation_of_duties");
    record(&app, "director", &id, 1, mastered()).expect(200);
    close(&app, "deputy", &id, "completion", json!({"closing": "finish"}))
        .refused(403, "auth.separation_of_duties");
}
