//! Seats under contention: real connections, started together.

use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use crate::support::build_training::{apply, apply_for, etag, open, seminar};
use crate::support::{Answer, Client, TestApp};

const PEOPLE: [&str; 8] = [
    "teacher",
    "teacher_2",
    "deputy",
    "curator",
    "association_head",
    "tutor",
    "school_2_teacher",
    "state_teacher",
];

/// Sends everything at the same moment, each on a connection of its own.
fn at_once(sent: &[(Client, String, Value)]) -> Vec<Answer> {
    let barrier = Barrier::new(sent.len());
    thread::scope(|scope| {
        let running: Vec<_> = sent
            .iter()
            .map(|(client, path, body)| {
                scope.spawn(|| {
                    barrier.wait();
                    client
                        .header("idempotency-key", &rost::ids::new_id().to_string())
                        .send_json("POST", path, body)
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    statuses
}

fn accept(app: &TestApp, application: &str) -> (Client, String, Value) {
    let client = app.persona("provider").header("if-match", &etag(app, "applications", application));
    (client, format!("/api/v1/applications/{application}/decision"), json!({"decision": "accept"}))
}

/// P2-33: eight people accepted at the same moment for three seats: three are enrolled, the others are told why not.
#[test]
fn seats_are_never_oversold() {
    let app = TestApp::start();
    for _ in 0..5 {
        let offering = open(&app, &seminar(3));
        let sent: Vec<_> = PEOPLE
            .iter()
            .map(|person| accept(&app, &apply(&app, person, &offering).expect(201).id()))
            .collect();
        let answers = at_once(&sent);
        assert_eq!(statuses(&answers), [200, 200, 200, 409, 409, 409, 409, 409]);
        for refused in answers.into_iter().filter(|answer| answer.status == 409) {
            refused.refused(409, "training.no_seats");
        }
        let count = |sql: &str| app.db_text(&format!("select {sql} where offering_id = '{offering}'"));
        assert_eq!(count("count(*) from enrollments"), "3");
        assert_eq!(app.db_text(&format!("select seats_taken from offerings where id = '{offering}'")), "3");
    }
}

/// P1-32: of two groups that do not fit together one is enrolled whole, the other not at all.
#[test]
fn of_two_groups_one_is_enrolled_whole() {
    let app = TestApp::start();
    for _ in 0..10 {
        let offering = open(&app, &seminar(4));
        let first =
            apply_for(&app, "director", &offering, &["teacher", "teacher_2", "deputy"]).expect(201).id();
        let second = apply_for(&app, "director", &offering, &["curator", "tutor"]).expect(201).id();
        let answers = at_once(&[accept(&app, &first), accept(&app, &second)]);
        assert_eq!(statuses(&answers), [200, 409]);
        let enrolled =
            app.db_text(&format!("select count(*) from enrollments where offering_id = '{offering}'"));
        let taken = app.db_text(&format!("select seats_taken from offerings where id = '{offering}'"));
        assert!(matches!(enrolled.as_str(), "2" | "3"), "{enrolled}");
        assert_eq!(enrolled, taken);
    }
}

/// P4-26: twice at the same moment is once.
#[test]
fn a_person_applies_once_even_at_the_same_moment() {
    let app = TestApp::start();
    for _ in 0..10 {
        let offering = open(&app, &seminar(4));
        let own = json!({"offering_id": offering, "kind": "person"});
        let of_school = json!({"offering_id": offering, "kind": "organization",
            "people": [{"person_id": app.person("teacher_2")}, {"person_id": app.person("teacher")}]});
        let path = || "/api/v1/applications".to_owned();
        let answers = at_once(&[
            (app.persona("teacher"), path(), own.clone()),
            (app.persona("teacher"), path(), own),
            (app.persona("director"), path(), of_school),
        ]);
        assert_eq!(statuses(&answers), [201, 409, 409], "{answers:?}");
        let standing = format!(
            "select count(*) from application_people where offering_id = '{offering}' and person_id = '{}' and standing",
            app.person("teacher")
        );
        assert_eq!(app.db_text(&standing), "1");
    }
}

/// Accepting, taking back and cancelling at the same moment leave one story.
#[test]
fn accepting_and_taking_back_at_once_have_one_outcome() {
    let app = TestApp::start();
    for _ in 0..10 {
        let offering = open(&app, &seminar(2));
        let id = apply(&app, "teacher", &offering).expect(201).id();
        let back = (
            app.persona("teacher").header("if-match", "\"1\""),
            format!("/api/v1/applications/{id}/withdrawal"),
            json!({}),
        );
        let cancel = (
            app.persona("provider").header("if-match", &etag(&app, "offerings", &offering)),
            format!("/api/v1/offerings/{offering}/state"),
            json!({"state": "cancelled", "reason": "Нет преподавателя"}),
        );
        let answers = at_once(&[accept(&app, &id), back, cancel]);
        assert!(answers.iter().all(|answer| [200, 409, 412].contains(&answer.status)), "{answers:?}");
        let told = |sql: &str| app.db_text(sql);
        let state = told(&format!("select state from applications where id = '{id}'"));
        let lasting = told(&format!(
            "select count(*) from enrollments where application_id = '{id}' and state <> 'withdrawn'"
        ));
        let (open_still, taken) = (
            told(&format!("select state = 'open' from offerings where id = '{offering}'")),
            told(&format!("select seats_taken from offerings where id = '{offering}'")),
        );
        assert_eq!(lasting, taken, "{state}");
        assert_ne!(state, "submitted");
        if state != "accepted" || open_still == "false" {
            assert_eq!(taken, "0");
        }
    }
}
