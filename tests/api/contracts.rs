//! Contracts with providers, and where the regulation demands one.

use serde_json::{Value, json};

use crate::support::build_regulations::amended;
use crate::support::build_training::{listed, read, seminar, with};
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/contracts";

fn contract(app: &TestApp, fields: Value) -> Value {
    let body = json!({
        "organization_id": app.organization("chel_school"), "provider_id": app.organization("chel_provider"),
        "data": {"number": "14/26-ПК", "signed_on": "2026-02-20", "sum_kopecks": 1_250_000},
    });
    with(body, fields)
}

fn record(app: &TestApp, persona: &str, fields: Value) -> Answer {
    app.persona(persona).post(PATH, contract(app, fields))
}

/// An open offering of the Chelyabinsk provider.
fn open(app: &TestApp) -> String {
    let body = json!({"organization_id": app.organization("chel_provider"), "data": seminar(5)});
    let id = app.persona("chel_provider").post("/api/v1/offerings", body).expect(201).id();
    let path = format!("/api/v1/offerings/{id}/state");
    app.persona("chel_provider").post_if(&path, "\"1\"", json!({"state": "open"})).expect(200);
    id
}

fn accept(app: &TestApp, persona: &str, offering: &str) -> Answer {
    let body = json!({"offering_id": offering, "kind": "person"});
    let id = app.persona(persona).post("/api/v1/applications", body).expect(201).id();
    let path = format!("/api/v1/applications/{id}/decision");
    app.persona("chel_provider").post_if(&path, "\"1\"", json!({"decision": "accept"}))
}

fn enrollment(accepted: &Answer) -> String {
    accepted.json()["people"][0]["enrollment_id"].as_str().unwrap().to_owned()
}

/// The regulation of the school demands a contract, and a missing one is an error.
fn demand(app: &TestApp) {
    amended(app, "chel_director", "chel_school", "p0-chelyabinsk-school", |document| {
        document["profile"]["funding"]["contracts"]["severity"] = json!("error");
    });
}

/// P0-41: contracts with providers: number, date, sum, and the enrollments they cover. Where a missing one is a
/// warning, the enrollment says so with the paragraph; a contract that comes later takes it over.
#[test]
fn a_contract_covers_enrollments() {
    let app = TestApp::start();
    let offering = open(&app);
    let id = enrollment(&accept(&app, "chel_teacher", &offering).expect(200));
    let uncovered = read(&app, "chel_director", "enrollments", &id).expect(200).json();
    assert_eq!(uncovered["missing_contract"], json!({"severity": "warning", "paragraph": "4.2"}));

    let made = record(&app, "chel_director", json!({})).expect(201);
    let path = format!("{PATH}/{}", made.id());
    let data = &made.json()["data"];
    assert_eq!(
        (&data["number"], &data["signed_on"], &data["sum_kopecks"]),
        (&json!("14/26-ПК"), &json!("2026-02-20"), &json!(1_250_000))
    );
    let add = |persona: &str, etag: &str, ids: Value| {
        app.persona(persona).post_if(&format!("{path}/enrollments"), etag, json!({"enrollment_ids": ids}))
    };
    add("chel_director", "\"1\"", json!([id, rost::ids::new_id()])).refused(422, "not_covered");
    add("chel_director", "\"7\"", json!([id])).refused(412, "request.precondition_failed");
    add("chel_provider", "\"1\"", json!([id])).refused(403, "auth.forbidden");
    let covering = add("chel_director", "\"1\"", json!([id])).expect(200).json();
    assert_eq!(covering["enrollments"], 1);
    let covered = read(&app, "chel_director", "enrollments", &id).expect(200).json();
    assert_eq!((&covered["contract_id"], &covered["missing_contract"]), (&made.json()["id"], &Value::Null));
    let page = app.persona("chel_director").get(&format!("/api/v1/enrollments?contract_id={}", made.id()));
    assert_eq!(listed(&page.expect(200), "id"), [json!(id)]);

    // Whoever comes while it is in force is covered at once.
    let next = enrollment(&accept(&app, "chel_teacher_2", &offering).expect(200));
    let next = read(&app, "chel_provider", "enrollments", &next).expect(200).json();
    assert_eq!(next["contract_id"], made.json()["id"]);
}

/// P0-41: where the regulation takes it seriously, nobody is enrolled without a contract; the refusal names the
/// paragraph, and nothing is left behind.
#[test]
fn enrollment_may_require_a_contract() {
    let app = TestApp::start();
    demand(&app);
    let offering = open(&app);
    let refused = accept(&app, "chel_teacher", &offering).refused(422, "contract_missing").json();
    assert_eq!(
        (&refused["errors"][0]["requirement"], &refused["errors"][0]["paragraph"]),
        (&json!("P0-41"), &json!("4.2"))
    );
    assert_eq!(app.db_text("select seats_taken from offerings"), "0");
    // For another learner, for another time, ended: none of them helps.
    record(&app, "chel_director", json!({"person_id": app.person("chel_teacher_2")})).expect(201);
    let past =
        json!({"number": "1", "signed_on": "2026-01-10", "valid_until": "2026-02-28", "sum_kopecks": 0});
    record(&app, "chel_director", json!({"data": past})).expect(201);
    let ended = json!({"number": "2", "signed_on": "2026-01-10", "sum_kopecks": 0});
    let ended = record(&app, "chel_director", json!({"data": ended})).expect(201).id();
    let end = json!({"terminated_on": "2026-03-01"});
    let path = format!("{PATH}/{ended}/termination");
    app.persona("chel_director").post_if(&path, "\"1\"", end.clone()).expect(200);
    app.persona("chel_director").post_if(&path, "\"2\"", end).refused(409, "conflict.state");
    let waiting = app.persona("chel_provider").get("/api/v1/applications").expect(200);
    let application = listed(&waiting, "id")[0].as_str().unwrap().to_owned();
    let path = format!("/api/v1/applications/{application}/decision");
    let decide = || app.persona("chel_provider").post_if(&path, "\"1\"", json!({"decision": "accept"}));
    decide().refused(422, "contract_missing");
    let number = json!({"number": "3", "signed_on": "2026-03-01", "sum_kopecks": 0});
    record(&app, "chel_director", json!({"data": number, "offering_id": offering})).expect(201);
    decide().expect(200);
}

#[test]
fn contracts_are_recorded_by_the_school_and_seen_by_both() {
    let app = TestApp::start();
    record(&app, "chel_provider", json!({})).refused(403, "auth.forbidden");
    record(&app, "chel_teacher", json!({})).refused(403, "auth.forbidden");
    record(&app, "director", json!({})).refused(422, "unknown");
    let id = record(&app, "chel_deputy", json!({})).expect(201).id();
    record(&app, "chel_director", json!({})).refused(409, "conflict.already_exists");
    for (persona, sees) in [
        ("chel_director", true),
        ("chel_provider", true),
        ("chel_ministry", true),
        ("chel_teacher", false),
        ("ministry", false),
    ] {
        let answer = read(&app, persona, "contracts", &id);
        assert_eq!(answer.status, if sees { 200 } else { 404 }, "{persona}: {}", answer.text);
        let found = listed(&app.persona(persona).get(PATH).expect(200), "id");
        assert_eq!(found.contains(&json!(id)), sees, "{persona}");
    }
}

#[test]
fn every_wrong_field_of_a_contract_is_reported_at_once() {
    let app = TestApp::start();
    let wrong = json!({
        "provider_id": app.organization("chel_school"), "offering_id": rost::ids::new_id(), "person_id": app.person("teacher"),
        "data": {"number": "14", "signed_on": "2026-03-03", "valid_until": "2026-03-01", "sum_kopecks": 0},
    });
    let codes = record(&app, "chel_director", wrong).refused(422, "request.invalid").codes();
    for code in ["not_allowed", "unknown", "not_employed", "date_in_future", "dates_out_of_order"] {
        assert!(codes.iter().any(|known| known == code), "{code} in {codes:?}");
    }
    let negative = json!({"data": {"number": "14", "signed_on": "2026-03-01", "sum_kopecks": -1}});
    record(&app, "chel_director", negative).refused(422, "range");
}
