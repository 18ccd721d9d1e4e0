//! Applications: who applies for whom, who waits, what the provider answers.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_training::{
    apply, apply_for, decide, etag, listed, move_to, open, plan, read, seminar,
};

const PATH: &str = "/api/v1/applications";

fn withdraw(app: &TestApp, persona: &str, id: &str) -> crate::support::Answer {
    let path = format!("{PATH}/{id}/withdrawal");
    app.persona(persona).post_if(&path, &etag(app, "applications", id), json!({"reason": "Отпуск"}))
}

/// P4-26: a person applies without the school; a second application for the same offering is refused, whoever sends
/// it, until the first is over.
#[test]
fn a_person_applies_alone_and_once() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(5));
    let mine = apply(&app, "teacher", &offering).expect(201);
    let view = mine.json();
    assert_eq!((&view["kind"], &view["state"]), (&json!("person"), &json!("submitted")));
    assert_eq!(view["organization_id"], json!(app.organization("school_1")));
    let again = apply(&app, "teacher", &offering).refused(409, "already_applied").json();
    assert_eq!(again["errors"][0]["pointer"], "/people/0/person_id");
    let by_school = apply_for(&app, "director", &offering, &["teacher_2", "teacher"]);
    let by_school = by_school.refused(409, "already_applied").json();
    assert_eq!(by_school["errors"][0]["pointer"], "/people/1/person_id");
    withdraw(&app, "director", &mine.id()).refused(403, "auth.forbidden");
    withdraw(&app, "teacher", &mine.id()).expect(200);
    withdraw(&app, "teacher", &mine.id()).refused(409, "already_decided");
    apply_for(&app, "director", &offering, &["teacher_2", "teacher"]).expect(201);
}

/// P2-33, P4-24: providers train by applications from teachers and from organizations; a school's names several.
#[test]
fn a_school_applies_for_several_of_its_people() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(5));
    let sent = apply_for(&app, "director", &offering, &["teacher", "teacher_2", "deputy"]).expect(201);
    let view = sent.json();
    assert_eq!((&view["kind"], &view["people_count"]), (&json!("organization"), &json!(3)));
    assert_eq!(view["people"].as_array().unwrap().len(), 3);
    apply(&app, "state_teacher", &offering).expect(201);
    let page = app.persona("provider").get(&format!("{PATH}?offering_id={offering}")).expect(200);
    assert_eq!(listed(&page, "kind"), [json!("person"), json!("organization")]);
    apply_for(&app, "director", &offering, &["school_2_teacher", "curator", "curator"])
        .refused(422, "not_employed");
    apply_for(&app, "director", &offering, &[]).refused(422, "required");
    apply_for(&app, "teacher", &offering, &["curator"]).refused(403, "auth.forbidden");
    // The regulation of Altai names directors and their deputies.
    apply_for(&app, "curator", &offering, &["association_head"]).refused(403, "auth.forbidden");
    let body =
        json!({"offering_id": offering, "kind": "person", "people": [{"person_id": app.person("curator")}]});
    app.persona("teacher").post(PATH, body).refused(422, "not_oneself");
}

/// P1-32: a team is kept together: it is accepted whole or not at all, and waits as a whole.
#[test]
fn a_group_is_accepted_whole_or_not_at_all() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(3));
    let team = apply_for(&app, "director", &offering, &["teacher", "teacher_2", "deputy"]).expect(201);
    let single = apply(&app, "state_teacher", &offering).expect(201);
    assert_eq!(team.json()["waiting_position"], Value::Null);
    assert_eq!(single.json()["waiting_position"], 1);
    decide(&app, "provider", &single.id(), "accept").expect(200);
    let waiting = read(&app, "director", "applications", &team.id()).expect(200).json();
    assert_eq!(waiting["waiting_position"], 1);
    decide(&app, "provider", &team.id(), "accept").refused(409, "training.no_seats");
    let nobody =
        app.db_text(&format!("select count(*) from enrollments where application_id = '{}'", team.id()));
    assert_eq!(nobody, "0");
    let free = read(&app, "teacher", "offerings", &offering).expect(200).json()["seats_free"].clone();
    assert_eq!(free, 2);
    apply_for(&app, "director", &offering, &["curator", "tutor", "association_head", "director"])
        .refused(422, "larger_than_offering");
    let enrollment = read(&app, "provider", "applications", &single.id()).expect(200).json();
    let enrollment = enrollment["people"][0]["enrollment_id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/enrollments/{enrollment}/withdrawal");
    app.persona("state_teacher").post_if(&path, "\"1\"", json!({"reason": "Болезнь"})).expect(200);
    let accepted = decide(&app, "provider", &team.id(), "accept").expect(200).json();
    assert!(accepted["people"].as_array().unwrap().iter().all(|person| person["enrollment_id"].is_string()));
    let free = read(&app, "teacher", "offerings", &offering).expect(200).json()["seats_free"].clone();
    assert_eq!(free, 0);
}

/// The waiting list follows from the order of arrival and the free seats.
#[test]
fn whoever_finds_no_seat_waits_in_order() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(1));
    let ids: Vec<String> = ["teacher", "teacher_2", "state_teacher"]
        .iter()
        .map(|name| apply(&app, name, &offering).expect(201).id())
        .collect();
    let places = || -> Vec<Value> {
        let page = app.persona("provider").get(&format!("{PATH}?offering_id={offering}&state=submitted"));
        let mut places = listed(&page.expect(200), "waiting_position");
        places.reverse();
        places
    };
    assert_eq!(places(), [Value::Null, json!(1), json!(2)]);
    decide(&app, "provider", &ids[0], "accept").expect(200);
    assert_eq!(places(), [json!(1), json!(2)]);
    withdraw(&app, "teacher_2", &ids[1]).expect(200);
    assert_eq!(places(), [json!(1)]);
}

/// P2-26: a head sends a worker with a ground; the worker is told, and takes notice.
#[test]
fn a_head_sends_a_worker_who_is_told() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(5));
    let people = json!([{"person_id": app.person("teacher")}, {"person_id": app.person("teacher_2")}]);
    let mut body = json!({"offering_id": offering, "kind": "referral", "people": people});
    app.persona("deputy").post(PATH, body.clone()).refused(422, "required");
    body["ground"] = json!("План методической работы, п. 4");
    app.persona("curator").post(PATH, body.clone()).refused(403, "auth.forbidden");
    app.persona("teacher").post(PATH, body.clone()).refused(403, "auth.forbidden");
    let id = app.persona("deputy").post(PATH, body).expect(201).id();

    let awaits = app.persona("teacher").get(&format!("{PATH}?kind=referral")).expect(200);
    assert_eq!(listed(&awaits, "ground"), [json!("План методической работы, п. 4")]);
    assert_eq!(listed(&awaits, "offering_title"), [json!("Критерии оценивания")]);
    assert_eq!(listed(&awaits, "starts_on"), [json!("2026-03-10")]);
    let mine = read(&app, "teacher", "applications", &id).expect(200).json();
    assert_eq!(mine["allowed_actions"], json!(["acknowledge_referral"]));
    assert_eq!(mine["people"].as_array().unwrap().len(), 1, "nobody else's name: {mine}");
    let noticed =
        app.persona("teacher").post(&format!("{PATH}/{id}/acknowledgement"), json!({})).expect(200).json();
    assert!(noticed["people"][0]["acknowledged_at"].is_string());
    assert_eq!(noticed["allowed_actions"], json!([]));
    app.persona("teacher").post(&format!("{PATH}/{id}/acknowledgement"), json!({})).expect(200);
    app.persona("director")
        .post(&format!("{PATH}/{id}/acknowledgement"), json!({}))
        .refused(403, "auth.forbidden");
    app.persona("school_2_teacher")
        .post(&format!("{PATH}/{id}/acknowledgement"), json!({}))
        .refused(404, "request.not_found");
    let by_head = read(&app, "director", "applications", &id).expect(200).json();
    let told =
        by_head["people"].as_array().unwrap().iter().filter(|person| person["acknowledged_at"].is_string());
    assert_eq!((told.count(), by_head["people_count"].clone()), (1, json!(2)));
}

#[test]
fn the_provider_declines_with_a_reason() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(5));
    let id = apply(&app, "teacher", &offering).expect(201).id();
    let path = format!("{PATH}/{id}/decision");
    let provider = app.persona("provider");
    provider.post_if(&path, "\"1\"", json!({"decision": "decline"})).refused(422, "reason_required");
    provider
        .post_if(&path, "\"9\"", json!({"decision": "accept"}))
        .refused(412, "request.precondition_failed");
    provider.post(&path, json!({"decision": "accept"})).refused(428, "request.precondition_required");
    decide(&app, "teacher", &id, "accept").refused(403, "auth.forbidden");
    decide(&app, "provider_y", &id, "accept").refused(404, "request.not_found");
    decide(&app, "chel_ministry", &id, "accept").refused(403, "auth.forbidden");
    decide(&app, "provider", &id, "decline").expect(200);
    let mine = read(&app, "teacher", "applications", &id).expect(200).json();
    assert_eq!((&mine["state"], &mine["reason"]), (&json!("declined"), &json!("Решение провайдера")));
    decide(&app, "provider", &id, "accept").refused(409, "already_decided");
    apply(&app, "teacher", &offering).expect(201);
}

/// Nobody decides on what he asked for himself.
#[test]
fn a_school_does_not_accept_its_own_application() {
    let app = TestApp::start();
    let id = plan(&app, "director", "school_1", &seminar(5)).expect(201).id();
    move_to(&app, "director", &id, "open").expect(200);
    let application = apply_for(&app, "director", &id, &["teacher"]).expect(201).id();
    decide(&app, "director", &application, "accept").refused(403, "auth.separation_of_duties");
    decide(&app, "deputy", &application, "accept").expect(200);
}

#[test]
fn applications_are_taken_while_the_offering_is_open() {
    let app = TestApp::start();
    let planned = plan(&app, "provider", "provider_x", &seminar(5)).expect(201).id();
    apply(&app, "teacher", &planned).refused(422, "unknown");
    let offering = open(&app, &seminar(5));
    apply(&app, "chel_teacher", &offering).refused(422, "unknown");
    app.days_pass(9);
    apply(&app, "teacher", &offering).refused(409, "conflict.state");
}

/// Own, school, provider, coordinator: each sees what concerns it, nobody else's.
#[test]
fn applications_are_seen_by_both_sides() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(5));
    let id = apply(&app, "teacher", &offering).expect(201).id();
    for (persona, sees) in [
        ("teacher", true),
        ("director", true),
        ("curator", true),
        ("association_head", true),
        ("municipal_officer", true),
        ("coordinator", true),
        ("provider", true),
        ("auditor", true),
        ("teacher_2", false),
        ("school_2_director", false),
        ("biysk_officer", false),
        ("provider_y", false),
        ("chel_ministry", false),
    ] {
        let answer = read(&app, persona, "applications", &id);
        assert_eq!(answer.status, if sees { 200 } else { 404 }, "{persona}: {}", answer.text);
        let found = listed(&app.persona(persona).get(PATH).expect(200), "id");
        assert_eq!(found.contains(&json!(id)), sees, "{persona}");
    }
}
