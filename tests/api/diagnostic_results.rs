//! Diagnostic results over HTTP.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_diagnostics::{
    coordinator_instrument, cut_points, deficits, framework, instrument, instrument_data, result, result_body,
};
use crate::support::build_regulations::amended;

/// P4-6: a result consists of several procedures; the level of a competency is that of the mean of their scores.
#[test]
fn several_procedures_give_one_level_for_each_competency() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let mut body = result_body(&app, "teacher", &instrument, "2026-02-01", &[]);
    body["scores"] = json!([
        {"competency_code": "B.1", "procedure": "test", "score": 30},
        {"competency_code": "B.1", "procedure": "observation", "score": 55.5},
        {"competency_code": "B.2", "procedure": "test", "score": 70},
    ]);
    let recorded = app.persona("coordinator").post("/api/v1/diagnostic-results", body).expect(201);
    let path = recorded.header("location").unwrap().to_owned();
    let read = app.persona("teacher").get(&path).expect(200).json();
    let level = |score: f64| {
        let levels = read["levels"].as_array().unwrap();
        levels.iter().find(|level| level["score"] == json!(score)).map(|level| level["level"].clone())
    };
    assert_eq!(level(42.75), Some(json!("low_deficit")));
    assert_eq!(level(70.0), Some(json!("sufficient")));
    assert_eq!(read["scores"].as_array().unwrap().len(), 3);
    assert_eq!(deficits(&app, "teacher", "teacher").len(), 1);
}

/// P4-13: a result says whether it was taken online; a regulation may allow one mode only, P4 allows both.
#[test]
fn a_result_keeps_its_mode() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    for (day, mode) in [("2026-02-01", "online"), ("2026-02-02", "offline")] {
        let mut body = result_body(&app, "teacher", &instrument, day, &[("B.1", 80.0)]);
        body["mode"] = json!(mode);
        let recorded = app.persona("coordinator").post("/api/v1/diagnostic-results", body).expect(201);
        assert_eq!(recorded.json()["mode"], mode);
    }
    let path = format!("/api/v1/persons/{}/diagnostic-results?limit=1", app.person("teacher"));
    let page = app.persona("teacher").get(&path).expect(200).json();
    assert_eq!(page["items"][0]["taken_on"], "2026-02-02");
    let next = page["next_cursor"].as_str().unwrap();
    let page = app.persona("teacher").get(&format!("{path}&cursor={next}")).expect(200).json();
    assert_eq!(page["items"][0]["mode"], "online");
    let mut body = result_body(&app, "teacher", &instrument, "2026-02-03", &[("B.1", 80.0)]);
    body["mode"] = json!("by_post");
    app.persona("coordinator").post("/api/v1/diagnostic-results", body).refused(422, "unknown_value");
}

/// A block as a whole has cut-points of its own, and what the teacher thinks of himself is one procedure of several.
#[test]
fn a_block_is_measured_as_a_whole_and_by_self_assessment_too() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let mut data = instrument_data(&framework, "block");
    data["procedures"] = json!(["self_assessment", "expert"]);
    data["scales"] =
        json!([{"competency_code": "B", "max_score": 100, "weight": 1, "cut_points": cut_points()}]);
    let coordinator = app.persona("coordinator");
    let body = json!({"owner_id": app.organization("coordinator"), "data": data});
    let draft = coordinator.post("/api/v1/instruments", body).expect(201);
    let publication = format!("/api/v1/instruments/{}/publication", draft.id());
    coordinator.post_if(&publication, &draft.etag(), json!(null)).expect(200);
    let mut body = result_body(&app, "teacher", &draft.id(), "2026-02-01", &[]);
    body["scores"] = json!([
        {"competency_code": "B", "procedure": "self_assessment", "score": 90},
        {"competency_code": "B", "procedure": "expert", "score": 30},
    ]);
    coordinator.post("/api/v1/diagnostic-results", body).expect(201);
    let found = deficits(&app, "teacher", "teacher");
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["competency_code"], &found[0]["level"]), (&json!("B"), &json!("low_deficit")));
}

/// P4-21: a school diagnoses its people with a procedure of its own; the source of the result is the school.
#[test]
fn a_school_records_results_of_its_own_instrument() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let own = instrument(&app, "director", "school_1", &framework);
    let recorded = result(&app, "deputy", "teacher", &own, "2026-02-01", &[("B.1", 20.0)]).json();
    assert_eq!(recorded["conducted_by"], json!(app.organization("school_1")));
    assert_eq!(recorded["conducted_by_kind"], "school");
    let other = result_body(&app, "school_2_teacher", &own, "2026-02-01", &[("B.1", 20.0)]);
    app.persona("school_2_director").post("/api/v1/diagnostic-results", other).refused(422, "unknown");
}

/// P4-21, P4-10: those conduct diagnostics whom the regulation of their organization names.
#[test]
fn only_those_who_diagnose_record_results() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let body = || result_body(&app, "teacher", &instrument, "2026-02-01", &[("B.1", 20.0)]);
    let path = "/api/v1/diagnostic-results";
    app.persona("teacher").post(path, body()).refused(403, "auth.forbidden");
    app.persona("ministry").post(path, body()).refused(403, "auth.forbidden");
    app.persona("school_2_director").post(path, body()).refused(422, "unknown");
    app.persona("chel_director").post(path, body()).refused(422, "unknown");
    app.anonymous().post(path, body()).refused(401, "auth.unauthenticated");
    // P4 names the coordinator and the heads of schools; curator and operator conduct nothing there.
    for other in ["curator", "methodist", "operator"] {
        app.persona(other).post(path, body()).refused(403, "auth.forbidden");
    }
    let recorded = app.persona("deputy").post(path, body()).expect(201);
    assert_eq!(recorded.json()["allowed_actions"], json!(["record_diagnostic_result"]));
    let path = recorded.header("location").unwrap();
    for reader in ["association_head", "curator"] {
        assert_eq!(app.persona(reader).get(path).expect(200).json()["allowed_actions"], json!([]));
    }
    app.persona("teacher_2").get(path).refused(404, "request.not_found");
    app.persona("school_2_director").get(path).refused(404, "request.not_found");
    app.persona("provider").get(path).refused(403, "auth.forbidden");
}

#[test]
fn every_wrong_score_is_reported_at_once() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let mut body = result_body(&app, "teacher", &instrument, "2026-02-01", &[]);
    body["scores"] = json!([
        {"competency_code": "B.1", "procedure": "test", "score": 100.01},
        {"competency_code": "B.1", "procedure": "test", "score": 10},
        {"competency_code": "B.1", "procedure": "expert", "score": 10},
        {"competency_code": "B", "procedure": "test", "score": 10},
        {"procedure": "test", "score": 10},
    ]);
    let refusal =
        app.persona("coordinator").post("/api/v1/diagnostic-results", body).refused(422, "above_max_score");
    let refusal = refusal.json();
    let found: Vec<String> = refusal["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| {
            format!("{} {}", problem["pointer"].as_str().unwrap(), problem["code"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        found,
        [
            "/scores/0/score above_max_score",
            "/scores/1/procedure duplicate",
            "/scores/2/procedure not_of_instrument",
            "/scores/3/competency_code not_of_instrument",
            "/scores/4 one_of",
        ]
    );
}

#[test]
fn a_result_is_neither_of_the_future_nor_twice_of_one_day() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let path = "/api/v1/diagnostic-results";
    let body = |day: &str| result_body(&app, "teacher", &instrument, day, &[("B.1", 20.0)]);
    app.persona("coordinator").post(path, body("2026-03-03")).refused(422, "in_future");
    app.persona("coordinator").post(path, body("2019-01-01")).refused(422, "not_employed");
    app.persona("coordinator").post(path, body("2026-03-02")).expect(201);
    app.persona("deputy").post(path, body("2026-03-02")).refused(409, "conflict.already_exists");
}

/// P4-12: a correction replaces a result, and the deficits follow.
#[test]
fn a_result_is_corrected_by_another_one() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let path = "/api/v1/diagnostic-results";
    let first =
        result(&app, "coordinator", "teacher", &instrument, "2026-02-01", &[("B.1", 20.0), ("B.2", 20.0)]);
    let mut body = result_body(&app, "teacher", &instrument, "2026-02-01", &[("B.1", 90.0)]);
    body["corrects_id"] = json!(first.id());
    let second = app.persona("coordinator").post(path, body.clone()).expect(201);
    let states = || -> Vec<String> {
        deficits(&app, "teacher", "teacher")
            .iter()
            .map(|deficit| deficit["state"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(states(), ["closed", "closed"]);
    let old = app.persona("teacher").get(&format!("{path}/{}", first.id())).expect(200).json();
    assert_eq!(old["corrected_by_id"], json!(second.id()));
    app.persona("coordinator").post(path, body.clone()).refused(409, "conflict.already_exists");
    body["corrects_id"] = json!(second.id());
    body["scores"][0]["score"] = json!(10);
    app.persona("coordinator").post(path, body.clone()).expect(201);
    let mut found = states();
    found.sort_unstable();
    assert_eq!(found, ["closed", "open"]);
    body["corrects_id"] = json!(rost::ids::new_id());
    app.persona("coordinator").post(path, body).refused(422, "unknown");
}

/// P4-13: a mode that the regulation does not provide for is refused, with the paragraph; the others are taken.
#[test]
fn only_modes_of_the_regulation_are_taken() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    amended(&app, "ministry", "altai_ministry", "p4-altai-krai", |document| {
        document["profile"]["diagnostics"]["modes"]["modes"] = json!(["offline"]);
    });
    let record = |mode: &str| {
        let mut body = result_body(&app, "teacher", &instrument, "2026-03-02", &[("B.1", 20.0)]);
        body["mode"] = json!(mode);
        app.persona("coordinator").post("/api/v1/diagnostic-results", body)
    };
    let refused = record("online").refused(422, "mode_not_allowed").json();
    assert_eq!(
        (&refused["errors"][0]["pointer"], &refused["errors"][0]["paragraph"]),
        (&json!("/mode"), &json!("1.4"))
    );
    record("offline").expect(201);
}
