//! No document for what was not mastered in full (P3-14), whoever brings it and whatever it is about.

use serde_json::{Value, json};

use crate::support::build_hours::paper;
use crate::support::build_training::{
    apply, begin, close, course, decide, enroll, move_to, open, open_with, plan_with, program_x, read,
    record, seminar, with,
};
use crate::support::regulated_training::barnaul_under_p3;
use crate::support::{Answer, TestApp};

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

fn finish(app: &TestApp, persona: &str, id: &str) -> Value {
    close(app, persona, id, "completion", json!({"closing": "finish"})).expect(200).json()
}

fn issue(app: &TestApp, persona: &str, body: Value) -> Answer {
    app.persona(persona).post("/api/v1/credentials", body)
}

/// The certificate of the seminar of six hours for that person.
fn certificate(app: &TestApp, person: &str, number: &str) -> Value {
    json!({"person_id": app.person(person), "kind": "participation_certificate", "number": number,
           "title": "Критерии оценивания", "hours": 6, "completed_on": "2026-03-10", "issued_on": "2026-03-10"})
}

/// P3-14: a one-day seminar of the centre that was attended in part ends incomplete, and there is no certificate: not by the
/// enrollment, not past it, nor for somebody who was never enrolled.
#[test]
fn a_seminar_of_the_centre_is_certified_for_full_attendance_alone() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let offering = plan_with(&app, "methodist", "barnaul_center", &seminar(5), stages()).expect(201).id();
    move_to(&app, "methodist", &offering, "open").expect(200);
    let enrolled = |person: &str| {
        let application = apply(&app, person, &offering).expect(201).id();
        let accepted = decide(&app, "methodist", &application, "accept").expect(200).json();
        accepted["people"][0]["enrollment_id"].as_str().unwrap().to_owned()
    };
    let (partly, whole) = (enrolled("teacher"), enrolled("teacher_2"));
    app.days_pass(8);
    move_to(&app, "methodist", &offering, "running").expect(200);
    for (id, attended) in [(&partly, 2.5), (&whole, 3.0)] {
        record(&app, "methodist", id, 1, with(mastered(), json!({"attended_hours": attended}))).expect(200);
        record(&app, "methodist", id, 2, mastered()).expect(200);
        record(&app, "methodist", id, 3, mastered()).expect(200);
    }
    assert_eq!(finish(&app, "methodist", &partly)["state"], "incomplete");
    assert_eq!(finish(&app, "methodist", &whole)["state"], "completed");

    for person in ["teacher", "deputy"] {
        let refused =
            issue(&app, "methodist", certificate(&app, person, "1")).refused(422, "required").json();
        assert_eq!(
            (&refused["errors"][0]["pointer"], &refused["errors"][0]["requirement"]),
            (&json!("/enrollment_id"), &json!("P3-14"))
        );
    }
    let by_enrollment =
        |person: &str, id: &str| with(certificate(&app, person, "2"), json!({"enrollment_id": id}));
    let refused = issue(&app, "methodist", by_enrollment("teacher", &partly));
    let refused = refused.refused(409, "not_mastered_in_full").json();
    assert_eq!(refused["errors"][0]["requirement"], "P3-14");
    issue(&app, "methodist", by_enrollment("teacher", &whole)).refused(422, "unknown");
    let given = issue(&app, "methodist", by_enrollment("teacher_2", &whole)).expect(201).json();
    assert_eq!((&given["hours"], &given["title"]), (&json!(6.0), &json!("Критерии оценивания")));
}

/// P3-14: a stage without hours of its own is as long as the whole: one hour of six is not all of it.
#[test]
fn a_stage_without_hours_is_attended_in_full_or_not_at_all() {
    let app = TestApp::start();
    let one = json!({"stages": [{"kind": "study", "title": "Занятия"}]});
    let offering = open_with(&app, &seminar(5), one);
    let (partly, whole) = (enroll(&app, "teacher", &offering), enroll(&app, "teacher_2", &offering));
    begin(&app, &offering);
    let seen =
        record(&app, "provider", &partly, 1, with(mastered(), json!({"attended_hours": 1}))).expect(200);
    assert_eq!(seen.json()["stages"][0]["full"], false);
    record(&app, "provider", &whole, 1, with(mastered(), json!({"attended_hours": 6}))).expect(200);
    assert_eq!(finish(&app, "provider", &partly)["state"], "incomplete");
    assert_eq!(finish(&app, "provider", &whole)["state"], "completed");
}

/// P3-14: nor is there a document about a program for somebody who has not begun, or has left.
#[test]
fn no_document_for_whoever_has_not_begun_or_has_left() {
    let app = TestApp::start();
    let program = program_x(&app);
    let offering = open(&app, &course(&program, 5));
    let id = enroll(&app, "teacher", &offering);
    let document =
        |day: &str| with(paper(&app, "teacher", "7", day), json!({"program_id": program["id"], "hours": 36}));
    issue(&app, "provider", document("2026-03-02")).refused(409, "not_mastered_in_full");
    close(&app, "provider", &id, "withdrawal", json!({"reason": "Болезнь"})).expect(200);
    assert_eq!(read(&app, "teacher", "enrollments", &id).expect(200).json()["state"], "withdrawn");
    issue(&app, "provider", document("2026-03-02")).refused(409, "not_mastered_in_full");
}

/// P3-14: what the issuer's own books say holds for a paper that the person reports as well, with the program or with the
/// title alone; a paper from before has nothing to do with it.
#[test]
fn nobody_reports_a_document_about_what_he_has_not_mastered() {
    let app = TestApp::start();
    let program = program_x(&app);
    let (long, short) = (
        open(&app, &course(&program, 5)),
        open_with(&app, &with(seminar(5), json!({"title": "Мастерская"})), stages()),
    );
    let (of_course, of_seminar) = (enroll(&app, "teacher", &long), enroll(&app, "teacher", &short));
    begin(&app, &long);
    move_to(&app, "provider", &short, "running").expect(200);
    for id in [&of_course, &of_seminar] {
        assert_eq!(finish(&app, "provider", id)["state"], "incomplete");
    }
    let own = |number: &str, day: &str, fields: Value| {
        let paper =
            with(paper(&app, "teacher", number, day), json!({"issuer_id": app.organization("provider_x")}));
        issue(&app, "teacher", with(paper, fields))
    };
    let about_program = json!({"program_id": program["id"]});
    let refused = own("7", "2026-03-10", about_program.clone()).refused(409, "not_mastered_in_full").json();
    assert_eq!(refused["errors"][0]["requirement"], "P3-14");
    own("8", "2026-03-10", json!({"title": " мастерская "})).refused(409, "not_mastered_in_full");
    own("9", "2025-03-10", about_program).expect(201);
    own("10", "2026-03-10", json!({"title": "Другое"})).expect(201);
}
