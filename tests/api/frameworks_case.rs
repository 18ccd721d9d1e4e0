//! Frameworks in the shape of CASE 1.1.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{competency, framework, framework_body};

fn standard(app: &TestApp) -> String {
    let coordinator = app.persona("coordinator");
    let body = json!({"owner_id": app.organization("coordinator"), "code": "teacher-standard", "title": "Педагог",
    "edition": 1, "kind": "occupational_standard", "competencies": [
        {"code": "A", "kind": "job_function", "title": "Педагогическая деятельность"},
        {"code": "A/01.6", "parent_code": "A", "kind": "job_function", "title": "Обучение"},
        {"code": "A/01.6-1", "parent_code": "A/01.6", "kind": "job_action", "title": "Проведение учебных занятий"},
    ]});
    let draft = coordinator.post("/api/v1/frameworks", body).expect(201);
    let path = format!("/api/v1/frameworks/{}/publication", draft.id());
    coordinator.post_if(&path, &draft.etag(), json!(null)).expect(200);
    draft.id()
}

/// P4-7: an occupational standard is a framework of its own kind; competencies are associated with its job functions.
#[test]
fn competencies_are_associated_with_job_functions_of_a_standard() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let standard = standard(&app);
    let function = competency(&app, "coordinator", &standard, "A/01.6");
    let mut body = framework_body(app.organization("coordinator"), "m");
    body["associations"] = json!([
        {"origin_code": "B.1", "kind": "is_related_to", "destination_id": function},
        {"origin_code": "B.1", "kind": "precedes", "destination_code": "B.2"},
    ]);
    let draft = coordinator.post("/api/v1/frameworks", body.clone()).expect(201).json();
    assert_eq!(draft["associations"][0]["destination_title"], "Обучение");
    assert_eq!(draft["associations"][1]["destination_id"], draft["competencies"][2]["id"]);
    body["code"] = json!("m2");
    body["competencies"][1]["kind"] = json!("job_function");
    coordinator.post("/api/v1/frameworks", body.clone()).refused(422, "not_of_framework");
    body["competencies"][1]["kind"] = json!("competency");
    body["associations"] = json!([
        {"origin_code": "X", "kind": "precedes", "destination_code": "Y"},
        {"origin_code": "B.1", "kind": "precedes", "destination_id": rost::ids::new_id()},
    ]);
    let refusal = coordinator.post("/api/v1/frameworks", body).refused(422, "unknown").json();
    assert_eq!(refusal["errors"].as_array().unwrap().len(), 3, "{refusal}");
    // A standard is no model that an instrument could measure.
    let data = json!({"framework_id": standard, "code": "d", "title": "Диагностика", "edition": 1,
        "procedures": ["test"], "scales": [{"competency_code": "A", "max_score": 10, "weight": 1,
        "cut_points": [{"level": "low", "from_score": 0, "is_deficit": true, "severity": 1}]}]});
    let body = json!({"owner_id": app.organization("coordinator"), "data": data});
    coordinator.post("/api/v1/instruments", body).refused(422, "unknown");
}

/// P4-7: a framework travels as a CASE package and comes back as it was, identifiers included.
#[test]
fn a_framework_travels_as_a_case_package_and_comes_back_as_it_was() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let id = framework(&app, "coordinator", "coordinator");
    let package = |id: &str| -> Value {
        let mut package = app
            .persona("coordinator")
            .get(&format!("/api/v1/frameworks/{id}/case-package"))
            .expect(200)
            .json();
        let document = package["CFDocument"].as_object_mut().unwrap();
        for changing in ["creator", "lastChangeDateTime", "adoptionStatus", "version"] {
            document.remove(changing).unwrap();
        }
        for list in ["CFItems", "CFAssociations"] {
            for part in package[list].as_array_mut().unwrap() {
                part.as_object_mut().unwrap().remove("lastChangeDateTime").unwrap();
            }
        }
        package
    };
    let sent =
        app.persona("teacher").get(&format!("/api/v1/frameworks/{id}/case-package")).expect(200).json();
    assert_eq!(sent["CFDocument"]["caseVersion"], "1.1");
    assert_eq!(sent["CFItems"][1]["humanCodingScheme"], "B.1");
    assert_eq!(sent["CFItems"][1]["fullStatement"], "Владеет формирующим оцениванием");
    assert_eq!(sent["CFAssociations"][0]["associationType"], "isChildOf");
    let body =
        json!({"owner_id": app.organization("coordinator"), "code": "back", "edition": 1, "package": sent});
    let back = coordinator.post("/api/v1/case-packages", body.clone()).expect(201);
    assert_eq!(package(&back.id()), package(&id));
    app.persona("teacher").post("/api/v1/case-packages", body.clone()).refused(403, "auth.forbidden");
    app.persona("chel_director").post("/api/v1/case-packages", body).refused(422, "unknown");
    app.persona("chel_teacher")
        .get(&format!("/api/v1/frameworks/{id}/case-package"))
        .refused(404, "request.not_found");
}

/// P4-7: a package with a cycle, a dangling parent or a repeated identifier is refused by places; nothing is stored.
#[test]
fn a_broken_package_is_refused_by_its_places_and_nothing_is_lost() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let id = framework(&app, "coordinator", "coordinator");
    let good = coordinator.get(&format!("/api/v1/frameworks/{id}/case-package")).expect(200).json();
    let send = |package: &Value| {
        let body = json!({"owner_id": app.organization("coordinator"), "code": "bad", "edition": 1, "package": package});
        let refusal = app.persona("coordinator").post("/api/v1/case-packages", body).expect(422).json();
        let mut found: Vec<(String, String)> = refusal["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                (one["pointer"].as_str().unwrap().to_owned(), one["code"].as_str().unwrap().to_owned())
            })
            .collect();
        found.sort_unstable();
        found
    };
    let place = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    let mut cycle = good.clone();
    cycle["CFAssociations"][0]["destinationNodeURI"]["identifier"] =
        cycle["CFItems"][1]["identifier"].clone();
    assert_eq!(
        send(&cycle),
        [place("/package/CFItems/0/identifier", "cycle"), place("/package/CFItems/1/identifier", "cycle")]
    );
    let mut dangling = good.clone();
    dangling["CFAssociations"][1]["destinationNodeURI"]["identifier"] = json!(rost::ids::new_id());
    assert_eq!(send(&dangling), [place("/package/CFAssociations/1/destinationNodeURI", "unknown")]);
    let mut twice = good.clone();
    twice["CFItems"][2]["identifier"] = twice["CFItems"][1]["identifier"].clone();
    assert!(send(&twice).contains(&place("/package/CFItems/2/identifier", "duplicate")));
    let mut other = good;
    other["CFItems"][0]["educationLevel"] = json!(["08"]);
    assert_eq!(send(&other), [place("/package/CFItems/0/educationLevel", "unknown_field")]);
    assert_eq!(app.db_text("select count(*) from frameworks"), "1");
}

/// P4-7: the next edition names the one it replaces and keeps the identifiers of the same rows.
#[test]
fn the_next_edition_keeps_the_identifiers() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let id = framework(&app, "coordinator", "coordinator");
    let first = coordinator.get(&format!("/api/v1/frameworks/{id}")).expect(200).json();
    let mut body = framework_body(app.organization("coordinator"), "model-coordinator");
    body["supersedes_id"] = json!(id);
    coordinator.post("/api/v1/frameworks", body.clone()).refused(422, "unknown");
    body["edition"] = json!(2);
    let second = coordinator.post("/api/v1/frameworks", body).expect(201).json();
    assert_eq!(second["supersedes_id"], json!(id));
    for index in 0..3 {
        assert_eq!(second["competencies"][index]["identifier"], first["competencies"][index]["identifier"]);
        assert_ne!(second["competencies"][index]["id"], first["competencies"][index]["id"]);
    }
}
