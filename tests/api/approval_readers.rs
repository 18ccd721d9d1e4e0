//! Whoever is asked about a thing reads it: the route, a revision of it.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_revisions::RevisionUnderTest;
use crate::support::build_routes::RouteUnderTest;

/// A colleague who stands in for the deputy decides on a revision: he reads the revision and its route as long as he is
/// asked, and neither before nor after.
#[test]
fn a_substitute_reads_what_he_decides_on() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.approve_p0();
    let revision = RevisionUnderTest::retitle(&app, &route, "chel_teacher", "Чтение вдвоём");
    revision.submit("chel_teacher").expect(200);
    revision.read("chel_teacher_2").refused(404, "request.not_found");
    route.read("chel_teacher_2").refused(404, "request.not_found");

    let given = json!({"organization_id": app.organization("chel_school"), "person_id": app.person("chel_deputy"),
        "substitute_person_id": app.person("chel_teacher_2"), "starts_on": "2026-03-02", "ends_on": "2026-03-06"});
    app.persona("chel_deputy").post("/api/v1/approval-substitutions", given).expect(201);
    let read: Value = revision.read("chel_teacher_2").expect(200).json();
    assert_eq!(read["changes"][0]["after"], "Чтение вдвоём");
    assert_eq!(read["allowed_actions"], json!([]));
    route.read("chel_teacher_2").expect(200);
    let body = json!({"acting_for_person_id": app.person("chel_deputy")});
    revision.decide_with("chel_teacher_2", "endorse", body).expect(200);
    assert_eq!(revision.state(), "applied");

    app.days_pass(5);
    revision.read("chel_teacher_2").refused(404, "request.not_found");
    route.read("chel_teacher_2").refused(404, "request.not_found");
}

/// Who reviews for the region is asked by some chains, and reads those requests alone: remarks about others are not his.
#[test]
fn a_reviewer_of_the_region_reads_only_what_is_asked_of_him() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.submit("teacher").expect(200);
    let request = app.persona("teacher").get("/api/v1/approvals/outbox").expect(200).json();
    let path = format!("/api/v1/approval-requests/{}", request["items"][0]["id"].as_str().unwrap());
    app.persona("director").get(&path).expect(200);
    app.persona("quality_officer").get(&path).refused(404, "request.not_found");
    let listed = app.persona("quality_officer").get("/api/v1/approval-requests").expect(200).json();
    assert_eq!(listed["items"], json!([]));
}
