//! Associations over HTTP.

use serde_json::json;

use crate::support::build_directory::column;
use crate::support::{TestApp, world};

fn path() -> String {
    format!("/api/v1/associations/{}", world::association(1))
}

#[test]
fn a_director_adds_an_association_with_a_head() {
    let app = TestApp::start();
    let body = json!({"organization_id": app.organization("school_1"),
                      "data": {"name": "МО математиков", "subject": "математика", "head_person_id": app.person("deputy")}});
    let created = app.persona("director").post("/api/v1/associations", body.clone()).expect(201);
    assert_eq!(created.json()["data"]["head_person_id"], json!(app.person("deputy")));
    app.persona("director")
        .post("/api/v1/associations", body.clone())
        .refused(409, "conflict.already_exists");
    app.persona("teacher").post("/api/v1/associations", body.clone()).refused(403, "auth.forbidden");
    app.persona("biysk_officer").post("/api/v1/associations", body.clone()).refused(403, "auth.forbidden");
    app.persona("chel_director").post("/api/v1/associations", body).refused(422, "unknown");
}

#[test]
fn a_head_works_at_the_school() {
    let app = TestApp::start();
    for stranger in ["school_2_teacher", "chel_teacher"] {
        let body = json!({"organization_id": app.organization("school_1"),
                          "data": {"name": "МО", "head_person_id": app.person(stranger)}});
        app.persona("director").post("/api/v1/associations", body).refused(422, "not_employed");
    }
}

#[test]
fn a_school_sees_its_associations_and_others_do_not() {
    let app = TestApp::start();
    let seen =
        |persona: &str| column(&app.persona(persona).get("/api/v1/associations").expect(200), "id").len();
    assert_eq!(seen("teacher"), 1);
    assert_eq!(seen("director"), 1);
    assert_eq!(seen("ministry"), 1);
    assert_eq!(seen("school_2_teacher"), 0);
    assert_eq!(seen("biysk_officer"), 0);
    app.persona("school_2_director").get(&path()).refused(404, "request.not_found");
    app.persona("chel_director").get(&path()).refused(404, "request.not_found");
    let filter = format!("/api/v1/associations?organization_id={}", app.organization("school_2"));
    assert!(column(&app.persona("ministry").get(&filter).expect(200), "id").is_empty());
}

#[test]
fn members_come_and_go_with_dates() {
    let app = TestApp::start();
    let director = app.persona("director");
    let members = format!("{}/members", path());
    let deputy = app.person("deputy");
    let added = director.post(&members, json!({"person_id": deputy})).expect(201);
    assert_eq!(added.json()["since"], json!("2026-03-02"));
    director.post(&members, json!({"person_id": deputy})).refused(409, "conflict.already_exists");
    director
        .post(&members, json!({"person_id": app.person("school_2_teacher")}))
        .refused(422, "not_employed");
    assert_eq!(column(&app.persona("association_head").get(&members).expect(200), "person_id").len(), 3);
    app.persona("teacher").get(&members).refused(403, "auth.forbidden");

    let one = format!("{members}/{deputy}");
    director.delete(&one, "\"1\"").refused(412, "request.precondition_failed");
    director.delete(&format!("{one}?until=2020-01-01"), &added.etag()).refused(422, "dates_out_of_order");
    director.delete(&one, &added.etag()).expect(204);
    let etag = director.get(&path()).expect(200).etag();
    director.delete(&one, &etag).refused(404, "request.not_found");
    let ended =
        app.db_text(&format!("select until::text from association_members where person_id = '{deputy}'"));
    assert_eq!(ended, "2026-03-02", "the history stays");
}

#[test]
fn a_new_head_is_a_change_of_the_association() {
    let app = TestApp::start();
    let director = app.persona("director");
    let read = director.get(&path()).expect(200);
    let body = json!({"name": "МО 1", "head_person_id": app.person("teacher")});
    director.put(&path(), &read.etag(), body.clone()).expect(200);
    director.put(&path(), &read.etag(), body.clone()).refused(412, "request.precondition_failed");
    director.send_json("PUT", &path(), &body).refused(428, "request.precondition_required");
    app.persona("association_head").put(&path(), "\"2\"", body).refused(403, "auth.forbidden");
}
