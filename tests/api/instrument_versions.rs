//! Weights, versions and cut-point tables of instruments over HTTP.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_diagnostics::{framework, instrument, instrument_data, result_body};

/// P4-6: the procedures of an instrument have weights; the level is that of the weighted mean.
#[test]
fn procedures_weigh_in_the_level_of_a_result() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let framework = framework(&app, "coordinator", "coordinator");
    let mut data = instrument_data(&framework, "weighed");
    data["procedure_weights"] = json!([{"procedure": "expert", "weight": 2}, {"procedure": "test", "weight": 3},
        {"procedure": "test", "weight": 1}]);
    let body = |data: &serde_json::Value| json!({"owner_id": app.organization("coordinator"), "data": data});
    let refusal = coordinator.post("/api/v1/instruments", body(&data)).refused(422, "not_of_instrument");
    assert!(refusal.codes().contains(&"duplicate".to_owned()), "{}", refusal.text);
    data["procedure_weights"] = json!([{"procedure": "test", "weight": 3}]);
    let draft = coordinator.post("/api/v1/instruments", body(&data)).expect(201);
    assert_eq!(draft.json()["procedure_weights"][1], json!({"procedure": "observation", "weight": 1.0}));
    let path = format!("/api/v1/instruments/{}/publication", draft.id());
    coordinator.post_if(&path, &draft.etag(), json!(null)).expect(200);
    let mut result = result_body(&app, "teacher", &draft.id(), "2026-02-01", &[]);
    result["scores"] = json!([
        {"competency_code": "B.1", "procedure": "test", "score": 80},
        {"competency_code": "B.1", "procedure": "observation", "score": 20},
    ]);
    let recorded = coordinator.post("/api/v1/diagnostic-results", result).expect(201).json();
    assert_eq!(
        (&recorded["levels"][0]["score"], &recorded["levels"][0]["level"]),
        (&json!(65.0), &json!("low_deficit"))
    );
}

/// A published instrument is changed by a new version that names the old one.
#[test]
fn a_new_version_of_an_instrument_names_the_old_one() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let framework = framework(&app, "coordinator", "coordinator");
    let old = instrument(&app, "coordinator", "coordinator", &framework);
    let mut data = instrument_data(&framework, "d-coordinator");
    data["supersedes_id"] = json!(old);
    let body = |data: &serde_json::Value| json!({"owner_id": app.organization("coordinator"), "data": data});
    coordinator.post("/api/v1/instruments", body(&data)).refused(422, "unknown");
    data["edition"] = json!(2);
    let new = coordinator.post("/api/v1/instruments", body(&data)).expect(201).json();
    assert_eq!(new["supersedes_id"], json!(old));
    data["edition"] = json!(3);
    coordinator.post("/api/v1/instruments", body(&data)).refused(409, "conflict.already_exists");
}

/// A cut-point table with holes or overlaps is refused with pointers.
#[test]
fn holes_and_overlaps_of_cut_points_are_refused() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let mut data = instrument_data(&framework, "d");
    data["scales"][0]["cut_points"][0]["until_score"] = json!(35);
    data["scales"][0]["cut_points"][1]["until_score"] = json!(75);
    data["scales"][0]["cut_points"][2]["until_score"] = json!(100);
    let body = json!({"owner_id": app.organization("coordinator"), "data": data});
    let refusal =
        app.persona("coordinator").post("/api/v1/instruments", body.clone()).refused(422, "hole").json();
    let found: Vec<(&str, &str)> = refusal["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["pointer"].as_str().unwrap(), one["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            ("/data/scales/0/cut_points/0/until_score", "hole"),
            ("/data/scales/0/cut_points/1/until_score", "overlap"),
        ]
    );
    let mut body = body;
    body["data"]["scales"][0]["cut_points"][0]["until_score"] = json!(40);
    body["data"]["scales"][0]["cut_points"][1]["until_score"] = json!(70);
    let read = app.persona("coordinator").post("/api/v1/instruments", body).expect(201).json();
    assert_eq!(read["scales"][1]["cut_points"][2]["until_score"], 100.0, "said of every scale");
}
