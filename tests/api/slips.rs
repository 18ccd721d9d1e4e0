//! Days, people and plans that have passed, are not yet, or were never announced.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_diagnostics::{campaign_data, coordinator_instrument};
use crate::support::build_directory::{end_employment, only_employment};
use crate::support::build_guidance::{list_id, propose};
use crate::support::build_registry::{entered, program};
use crate::support::build_training::{
    apply, apply_for, course, decide, etag, move_to, move_with, open, plan, read, seminar, with,
};

const OFFERINGS: &str = "/api/v1/offerings";
const PUBLICATIONS: &str = "/api/v1/registry-publications";

/// P4-15: the registry of a year that has passed would hold the programs of today; it is not published, nor offered.
#[test]
fn the_registry_of_a_past_year_is_not_published() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    for year in [2000, 2025] {
        ministry.post(PUBLICATIONS, json!({"year": year})).refused(422, "too_late");
    }
    let list = ministry.get(&format!("{PUBLICATIONS}?from=2024&to=2030")).expect(200).json();
    for year in list["items"].as_array().unwrap() {
        let publishes = year["allowed_actions"] == json!(["create_registry_publication"]);
        assert_eq!(publishes, [2026, 2027].contains(&year["year"].as_i64().unwrap()), "{year}");
    }
    ministry.post(PUBLICATIONS, json!({"year": 2027})).expect(201);
}

/// Whoever has left the school since the application is not enrolled from there.
#[test]
fn who_has_left_the_school_is_not_enrolled_from_there() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(5));
    let application = apply_for(&app, "director", &offering, &["teacher", "teacher_2"]).expect(201).id();
    let work = only_employment(&app.persona("director"), &app.person("teacher_2").to_string());
    end_employment(&app.persona("director"), &work, "2026-03-01").expect(200);
    let refused = decide(&app, "provider", &application, "accept").refused(409, "not_employed").json();
    assert_eq!(refused["errors"].as_array().unwrap().len(), 1);
    assert!(refused["errors"][0]["pointer"].as_str().unwrap().starts_with("/people/"), "{refused}");
    assert_eq!(app.db_text(&format!("select seats_taken from offerings where id = '{offering}'")), "0");
}

/// Days lie between 1900 and 2199, those that a copy moves as well.
#[test]
fn a_copy_does_not_leave_the_calendar() {
    let app = TestApp::start();
    let id = plan(&app, "provider", "provider_x", &seminar(5)).expect(201).id();
    let copies = format!("{OFFERINGS}/{id}/copies");
    let provider = app.persona("provider");
    provider.post(&copies, json!({"starts_on": "2199-12-31"})).refused(422, "date_out_of_range");
    provider.post(&copies, json!({"starts_on": "2199-12-29"})).expect(201);
}

/// P2-33: what has been opened is not moved to days that have passed; a plan may be corrected as one likes.
#[test]
fn an_open_offering_is_not_moved_into_the_past() {
    let app = TestApp::start();
    let past = json!({"starts_on": "2026-02-02", "ends_on": "2026-02-03"});
    let body = |days: &serde_json::Value| json!({"data": with(seminar(5), days.clone())});
    let open = open(&app, &seminar(5));
    let provider = app.persona("provider");
    let path = format!("{OFFERINGS}/{open}");
    provider.put(&path, &etag(&app, "offerings", &open), body(&past)).refused(422, "too_late");
    let later = json!({"starts_on": "2026-02-02", "ends_on": "2026-03-20"});
    provider.put(&path, &etag(&app, "offerings", &open), body(&later)).expect(200);
    let planned = plan(&app, "provider", "provider_x", &seminar(5)).expect(201).id();
    provider.put(&format!("{OFFERINGS}/{planned}"), "\"1\"", body(&past)).expect(200);
}

/// A plan that was never announced is the organiser's own, after it was given up too.
#[test]
fn a_plan_that_was_given_up_stays_with_its_organiser() {
    let app = TestApp::start();
    let planned = plan(&app, "provider", "provider_x", &seminar(5)).expect(201).id();
    let announced = open(&app, &seminar(5));
    for id in [&planned, &announced] {
        let body = json!({"state": "cancelled", "reason": "Не набрали группу"});
        move_with(&app, "provider", id, body).expect(200);
    }
    read(&app, "teacher", "offerings", &planned).refused(404, "request.not_found");
    read(&app, "teacher", "offerings", &announced).expect(200);
    read(&app, "provider", "offerings", &planned).expect(200);
    let count = |persona: &str| {
        app.persona(persona).get(OFFERINGS).expect(200).json()["items"].as_array().unwrap().len()
    };
    assert_eq!((count("teacher"), count("provider")), (1, 2));
}

/// P0-21: a campaign whose days have passed does not begin.
#[test]
fn a_campaign_of_the_past_does_not_begin() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let data = with(campaign_data(&instrument, "by_rule"), json!({"ends_on": "2026-03-01"}));
    let body = json!({"owner_id": app.organization("coordinator"), "data": data});
    let coordinator = app.persona("coordinator");
    let id = coordinator.post("/api/v1/diagnostic-campaigns", body).expect(201).id();
    let path = format!("/api/v1/diagnostic-campaigns/{id}");
    coordinator.post_if(&format!("{path}/start"), "\"1\"", json!(null)).refused(409, "conflict.state");
    coordinator.put(&path, "\"1\"", campaign_data(&instrument, "by_rule")).expect(200);
    coordinator.post_if(&format!("{path}/start"), "\"2\"", json!(null)).expect(200);
}

/// B1.9: acts, marks of quality and licences of days to come have not been issued.
#[test]
fn nothing_has_been_issued_tomorrow() {
    let app = TestApp::start();
    let list = list_id(&propose(&app, "operator", 2026, &["Грамотность"]).expect(201));
    let approval = json!({"act_number": "17", "act_date": "2199-12-31"});
    let path = format!("/api/v1/direction-lists/{list}/approval");
    app.persona("ministry").post_if(&path, "\"1\"", approval).refused(422, "date_in_future");
    let mut body = program(&app, "provider_x", "Оценивание");
    body["data"]["quality_marks"] =
        json!([{"kind": "award", "issuer": "Эксперт", "issued_on": "2199-01-01"}]);
    let refused = app.persona("provider").post("/api/v1/programs", body);
    assert!(refused.expect(422).codes().iter().any(|code| code == "date_in_future"));
    let licence = json!({"organization_id": app.organization("provider_x"), "data": {"number": "L-9",
        "issued_on": "2026-03-03", "issued_by": "Министерство", "valid_from": "2199-12-31"}});
    app.persona("ministry").post("/api/v1/provider-licences", licence).refused(422, "date_in_future");
}

/// P2-8: while the registry has suspended a program nothing new is held by it; what is held goes on.
#[test]
fn a_suspended_program_gets_no_new_offerings() {
    let app = TestApp::start();
    let (id, entry) = entered(&app, &program(&app, "provider_x", "Оценивание"));
    let body = course(&json!({"id": id}), 5);
    let held = open(&app, &body);
    let planned = plan(&app, "provider", "provider_x", &body).expect(201).id();
    let application = apply(&app, "teacher", &held).expect(201).id();
    let suspend = json!({"decision": "suspend", "reason": "Проверка"});
    app.persona("ministry")
        .post_if(&format!("/api/v1/registry-entries/{entry}/decision"), "\"1\"", suspend)
        .expect(200);
    plan(&app, "provider", "provider_x", &body).refused(422, "suspended");
    app.persona("provider")
        .post(&format!("{OFFERINGS}/{held}/copies"), json!({"starts_on": "2026-09-01"}))
        .refused(422, "suspended");
    move_to(&app, "provider", &planned, "open").refused(409, "suspended");
    decide(&app, "provider", &application, "accept").expect(200);
    app.days_pass(8);
    move_to(&app, "provider", &held, "running").expect(200);
}

/// P2-33: what is over is told in the language of the caller, not in that of a stored sentence.
#[test]
fn refusals_of_training_are_told_in_english_too() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(1));
    let first = apply(&app, "teacher", &offering).expect(201).id();
    let second = apply(&app, "teacher_2", &offering).expect(201).id();
    decide(&app, "provider", &first, "accept").expect(200);
    let etag = etag(&app, "applications", &second);
    let refused = app
        .persona("provider")
        .header("accept-language", "en")
        .post_if(&format!("/api/v1/applications/{second}/decision"), &etag, json!({"decision": "accept"}))
        .expect(409)
        .json();
    assert_eq!(refused["detail"], "Seats needed: 1, free: 0");
}
