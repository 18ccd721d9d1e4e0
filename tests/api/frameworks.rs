//! Competency frameworks over HTTP.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_diagnostics::{framework, framework_body};

/// P4-7: a competency has a kind and a description; the framework is versioned.
#[test]
fn a_framework_keeps_its_tree_with_kinds_and_descriptions() {
    let app = TestApp::start();
    let id = framework(&app, "coordinator", "coordinator");
    let read = app.persona("teacher").get(&format!("/api/v1/frameworks/{id}")).expect(200).json();
    assert_eq!((&read["edition"], &read["state"]), (&json!(1), &json!("published")));
    let rows = read["competencies"].as_array().unwrap();
    assert_eq!(rows.iter().map(|row| row["code"].as_str().unwrap()).collect::<Vec<_>>(), ["B", "B.1", "B.2"]);
    assert_eq!(rows[1]["kind"], "competency");
    assert_eq!(rows[1]["description"], "Владеет формирующим оцениванием");
    assert_eq!(rows[1]["parent_id"], rows[0]["id"]);
    assert_eq!(read["allowed_actions"], json!([]));
}

/// P4-7: another edition stands beside the first one, the same edition twice does not.
#[test]
fn editions_of_a_framework_stand_side_by_side() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let first = framework(&app, "coordinator", "coordinator");
    let mut body = framework_body(app.organization("coordinator"), "model-coordinator");
    coordinator.post("/api/v1/frameworks", body.clone()).refused(409, "conflict.already_exists");
    body["edition"] = json!(2);
    let draft = coordinator.post("/api/v1/frameworks", body).expect(201);
    let published = || {
        let list = app.persona("teacher").get("/api/v1/frameworks?state=published").expect(200).json();
        list["items"].as_array().unwrap().len()
    };
    assert_eq!(published(), 1);
    let path = format!("/api/v1/frameworks/{}/publication", draft.id());
    coordinator.post_if(&path, &draft.etag(), json!(null)).expect(200);
    assert_eq!(published(), 2);
    let read = app.persona("teacher").get(&format!("/api/v1/frameworks/{first}")).expect(200).json();
    assert_eq!((&read["edition"], &read["state"]), (&json!(1), &json!("published")));
}

#[test]
fn cycles_unknown_parents_and_repeated_codes_are_reported_at_once() {
    let app = TestApp::start();
    let body = json!({"owner_id": app.organization("coordinator"), "code": "m", "title": "Модель", "edition": 1,
    "competencies": [
        {"code": "A", "parent_code": "B", "kind": "block", "title": "Первый"},
        {"code": "B", "parent_code": "A", "kind": "block", "title": "Второй"},
        {"code": "C", "parent_code": "X", "kind": "competency", "title": "Третий"},
        {"code": "C", "kind": "competency", "title": "Четвёртый"},
    ]});
    let refusal = app.persona("coordinator").post("/api/v1/frameworks", body).refused(422, "cycle").json();
    let mut pointers: Vec<(&str, &str)> = refusal["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["pointer"].as_str().unwrap(), problem["code"].as_str().unwrap()))
        .collect();
    pointers.sort_unstable();
    assert_eq!(
        pointers,
        [
            ("/competencies/0/parent_code", "cycle"),
            ("/competencies/1/parent_code", "cycle"),
            ("/competencies/2/parent_code", "unknown"),
            ("/competencies/3/code", "duplicate"),
        ]
    );
}

#[test]
fn a_draft_is_written_anew_by_its_keeper_alone_and_published_once() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let mut body = framework_body(app.organization("coordinator"), "m");
    let draft = coordinator.post("/api/v1/frameworks", body.clone()).expect(201);
    let path = format!("/api/v1/frameworks/{}", draft.id());
    assert_eq!(draft.json()["allowed_actions"], json!(["update_framework", "publish_framework"]));

    body.as_object_mut().unwrap().remove("owner_id");
    body["competencies"] = json!([{"code": "N", "kind": "competency", "title": "Новая"}]);
    app.persona("chel_director").put(&path, &draft.etag(), body.clone()).refused(404, "request.not_found");
    coordinator.send_json("PUT", &path, &body).refused(428, "request.precondition_required");
    let changed = coordinator.put(&path, &draft.etag(), body.clone()).expect(200);
    assert_eq!(changed.json()["competencies"].as_array().unwrap().len(), 1);
    coordinator.put(&path, &draft.etag(), body.clone()).refused(412, "request.precondition_failed");

    let publication = format!("{path}/publication");
    let published = coordinator.post_if(&publication, &changed.etag(), json!(null)).expect(200);
    coordinator.post_if(&publication, &published.etag(), json!(null)).refused(409, "conflict.state");
    coordinator.put(&path, &published.etag(), body.clone()).refused(409, "conflict.state");
    for reader in ["director", "teacher"] {
        app.persona(reader).put(&path, &published.etag(), body.clone()).refused(403, "auth.forbidden");
    }
}

/// Design §2: nobody but its keeper knows of a draft; what is published is for the whole region.
#[test]
fn a_draft_is_known_to_its_keeper_alone() {
    let app = TestApp::start();
    let mut body = framework_body(app.organization("coordinator"), "m");
    let draft = app.persona("coordinator").post("/api/v1/frameworks", body.clone()).expect(201);
    let path = format!("/api/v1/frameworks/{}", draft.id());
    body.as_object_mut().unwrap().remove("owner_id");
    let listed =
        |persona: &str| app.persona(persona).get("/api/v1/frameworks").expect(200).json()["items"].clone();
    for stranger in ["teacher", "director", "ministry", "operator"] {
        app.persona(stranger).get(&path).refused(404, "request.not_found");
        assert_eq!(listed(stranger), json!([]), "{stranger}");
    }
    app.persona("director").put(&path, &draft.etag(), body.clone()).refused(404, "request.not_found");
    app.persona("coordinator").get(&path).expect(200);
    assert_eq!(listed("coordinator")[0]["id"], json!(draft.id()));
}

#[test]
fn a_framework_of_another_region_does_not_exist() {
    let app = TestApp::start();
    let id = framework(&app, "coordinator", "coordinator");
    app.persona("chel_teacher").get(&format!("/api/v1/frameworks/{id}")).refused(404, "request.not_found");
    let body = framework_body(app.organization("coordinator"), "m");
    app.persona("chel_director").post("/api/v1/frameworks", body).refused(422, "unknown");
    let body = framework_body(app.organization("coordinator"), "m");
    app.persona("director").post("/api/v1/frameworks", body).refused(403, "auth.forbidden");
}

/// A body that is wrong from end to end is answered with as many problems as the document of the API allows.
#[test]
fn a_refusal_lists_at_most_a_thousand_problems() {
    let app = TestApp::start();
    let rows = vec![json!({"code": "A", "kind": "block", "title": "Первый", "parent_code": "X"}); 1000];
    let body = json!({"owner_id": app.organization("coordinator"), "code": "m", "title": "Модель", "edition": 1,
                      "competencies": rows});
    let refusal =
        app.persona("coordinator").post("/api/v1/frameworks", body).refused(422, "duplicate").json();
    assert_eq!(refusal["errors"].as_array().unwrap().len(), 1000);
}
