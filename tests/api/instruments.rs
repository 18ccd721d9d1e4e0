//! Diagnostic instruments over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{framework, instrument, instrument_data};

/// P4-21: a school owns an instrument; it serves that school alone.
#[test]
fn a_school_owns_an_instrument_that_serves_it_alone() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let id = instrument(&app, "deputy", "school_1", &framework);
    let path = format!("/api/v1/instruments/{id}");
    let read = app.persona("teacher").get(&path).expect(200).json();
    assert_eq!(read["owner_id"], json!(app.organization("school_1")));
    app.persona("municipal_officer").get(&path).expect(200);
    app.persona("coordinator").get(&path).expect(200);
    app.persona("school_2_teacher").get(&path).refused(404, "request.not_found");
    app.persona("biysk_officer").get(&path).refused(404, "request.not_found");
    let listed =
        |persona: &str| app.persona(persona).get("/api/v1/instruments").expect(200).json()["items"].clone();
    assert_eq!(listed("teacher").as_array().unwrap().len(), 1);
    assert_eq!(listed("school_2_teacher"), json!([]));
    assert_eq!(listed("biysk_officer"), json!([]));
    assert_eq!(listed("ministry").as_array().unwrap().len(), 1);
}

#[test]
fn an_instrument_of_the_coordinator_serves_the_whole_region() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let id = instrument(&app, "coordinator", "coordinator", &framework);
    let path = format!("/api/v1/instruments/{id}");
    for persona in ["teacher", "school_3_teacher", "state_teacher", "provider"] {
        app.persona(persona).get(&path).expect(200);
    }
    app.persona("chel_teacher").get(&path).refused(404, "request.not_found");
    let read = app.persona("school_3_teacher").get("/api/v1/instruments?state=published").expect(200).json();
    assert_eq!(read["items"][0]["id"], json!(id));
}

/// P4-21: who owns instruments is said by the regulation, which under P4 does not name the operator.
#[test]
fn the_regulation_says_who_owns_instruments() {
    let app = TestApp::start();
    let framework = framework(&app, "operator", "operator");
    let body =
        |owner: &str| json!({"owner_id": app.organization(owner), "data": instrument_data(&framework, "d")});
    app.persona("operator").post("/api/v1/instruments", body("operator")).refused(403, "auth.forbidden");
    app.persona("director").post("/api/v1/instruments", body("school_1")).expect(201);
    app.persona("director").post("/api/v1/instruments", body("school_2")).refused(403, "auth.forbidden");
    app.persona("teacher").post("/api/v1/instruments", body("school_1")).refused(403, "auth.forbidden");
}

#[test]
fn every_problem_of_the_scales_is_reported_at_once() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let cut = |level: &str, from: f64, deficit: bool, severity: i16| json!({"level": level, "from_score": from, "is_deficit": deficit, "severity": severity});
    let mut data = instrument_data(&framework, "d");
    data["procedures"] = json!(["test", "test"]);
    data["scales"] = json!([
        {"competency_code": "B.1", "max_score": 50, "weight": 1, "cut_points": [
            cut("low", 5.0, true, 0), cut("middle", 40.0, true, 1), cut("middle", 40.0, false, 0), cut("top", 60.0, false, 0)]},
        {"competency_code": "B.1", "max_score": 50, "weight": 1, "cut_points": [cut("low", 0.0, true, 1)]},
        {"competency_code": "Z", "max_score": 50, "weight": 1, "cut_points": [cut("low", 0.0, true, 1)]},
    ]);
    let body = json!({"owner_id": app.organization("coordinator"), "data": data});
    let refusal =
        app.persona("coordinator").post("/api/v1/instruments", body).refused(422, "duplicate").json();
    let mut found: Vec<String> = refusal["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| {
            format!("{} {}", problem["pointer"].as_str().unwrap(), problem["code"].as_str().unwrap())
        })
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "/data/procedures/1 duplicate",
            "/data/scales/0/cut_points/0/from_score must_begin_at_zero",
            "/data/scales/0/cut_points/0/severity severity_mismatch",
            "/data/scales/0/cut_points/1/severity severity_ascends",
            "/data/scales/0/cut_points/2/from_score not_ascending",
            "/data/scales/0/cut_points/2/level duplicate",
            "/data/scales/0/cut_points/3/from_score above_max_score",
            "/data/scales/1/competency_code duplicate",
            "/data/scales/2/competency_code unknown",
        ]
    );
}

#[test]
fn an_instrument_measures_a_published_framework() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let body = crate::support::build_diagnostics::framework_body(app.organization("coordinator"), "m");
    let draft = coordinator.post("/api/v1/frameworks", body).expect(201).id();
    let body = json!({"owner_id": app.organization("coordinator"), "data": instrument_data(&draft, "d")});
    coordinator.post("/api/v1/instruments", body).refused(422, "unknown");
}

#[test]
fn a_draft_is_written_anew_and_never_changes_once_published() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let framework = framework(&app, "coordinator", "coordinator");
    let body = json!({"owner_id": app.organization("coordinator"), "data": instrument_data(&framework, "d")});
    let draft = coordinator.post("/api/v1/instruments", body).expect(201);
    let path = format!("/api/v1/instruments/{}", draft.id());
    assert_eq!(draft.json()["allowed_actions"], json!(["update_instrument", "publish_instrument"]));
    let mut data: Value = instrument_data(&framework, "d");
    data["scales"].as_array_mut().unwrap().truncate(1);
    coordinator.send_json("PUT", &path, &data).refused(428, "request.precondition_required");
    let changed = coordinator.put(&path, &draft.etag(), data.clone()).expect(200);
    assert_eq!(changed.json()["scales"].as_array().unwrap().len(), 1);
    coordinator.put(&path, &draft.etag(), data.clone()).refused(412, "request.precondition_failed");
    let publication = format!("{path}/publication");
    let published = coordinator.post_if(&publication, &changed.etag(), json!(null)).expect(200);
    assert_eq!(published.json()["state"], "published");
    coordinator.put(&path, &published.etag(), data.clone()).refused(409, "conflict.state");
    app.persona("director").put(&path, &published.etag(), data).refused(403, "auth.forbidden");
}

/// Design §2: nobody but its keeper knows of a draft, not even those above the school that writes it.
#[test]
fn a_draft_is_known_to_its_keeper_alone() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let body = json!({"owner_id": app.organization("school_1"), "data": instrument_data(&framework, "d")});
    let draft = app.persona("deputy").post("/api/v1/instruments", body).expect(201);
    let path = format!("/api/v1/instruments/{}", draft.id());
    let publication = format!("{path}/publication");
    let listed =
        |persona: &str| app.persona(persona).get("/api/v1/instruments").expect(200).json()["items"].clone();
    app.persona("teacher").get(&path).refused(404, "request.not_found");
    for stranger in ["municipal_officer", "ministry", "coordinator", "school_2_director"] {
        let client = app.persona(stranger);
        client.get(&path).refused(404, "request.not_found");
        client.put(&path, &draft.etag(), instrument_data(&framework, "d")).refused(404, "request.not_found");
        client.post_if(&publication, &draft.etag(), json!(null)).refused(404, "request.not_found");
        assert_eq!(listed(stranger), json!([]), "{stranger}");
    }
    for keeper in ["deputy", "director"] {
        app.persona(keeper).get(&path).expect(200);
        assert_eq!(listed(keeper)[0]["id"], json!(draft.id()), "{keeper}");
    }
}
