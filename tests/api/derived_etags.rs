//! 304 is never said of what has changed, and every item that promises an ETag gives one.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_diagnostics::{coordinator_instrument, result};
use crate::support::build_registry::{accepted, program};
use crate::support::build_training::{apply, open, read, seminar};

/// What follows from other things changes the ETag, and `If-Match` takes the version all the same (RFC 9110, 8.8.3).
#[test]
fn a_place_on_the_waiting_list_is_never_stale() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(1));
    let first = apply(&app, "teacher", &offering).expect(201).id();
    apply(&app, "teacher_2", &offering).expect(201);
    let last = apply(&app, "deputy", &offering).expect(201).id();
    let before = read(&app, "deputy", "applications", &last);
    assert_eq!(before.json()["waiting_position"], 2);
    let path = format!("/api/v1/applications/{last}");
    let cached = app.persona("deputy").header("if-none-match", &before.etag());
    cached.get(&path).expect(304);
    app.persona("teacher")
        .post_if(&format!("/api/v1/applications/{first}/withdrawal"), "\"1\"", json!({}))
        .expect(200);
    assert_eq!(cached.get(&path).expect(200).json()["waiting_position"], 1);
    let etag = read(&app, "deputy", "applications", &last).etag();
    assert!(etag.starts_with("\"1."), "{etag}");
    app.persona("deputy").post_if(&format!("{path}/withdrawal"), "\"1.x\"", json!({})).expect(200);
}

/// The ETag, If-None-Match and 304 that the document lists are given (api-conventions: GET honours If-None-Match).
#[test]
fn every_item_has_an_etag() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let result = result(&app, "coordinator", "teacher", &instrument, "2026-02-01", &[("B.1", 20.0)]).id();
    let announcement = json!({"data": {"title": "Семинары", "text": "Приглашаем", "audience": ["persons"]}});
    let announcement = app.persona("ministry").post("/api/v1/announcements", announcement).expect(201).id();
    let program = accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Оценивание"));
    let header = "СНИЛС;Код инструмента;Код кампании;Дата;Формат;Баллы\n";
    let run = app
        .persona("coordinator")
        .header("content-type", "text/csv")
        .send("POST", "/api/v1/imports/diagnostic_results", Some(header.into()))
        .expect(200)
        .id();
    for path in [
        format!("diagnostic-results/{result}"),
        format!("announcements/{announcement}"),
        format!("programs/{program}/versions/1"),
        format!("import-runs/{run}"),
        "registry-publications/2026".to_owned(),
    ] {
        let path = format!("/api/v1/{path}");
        let etag = app.persona("coordinator").get(&path).expect(200).etag();
        app.persona("coordinator").header("if-none-match", &etag).get(&path).expect(304);
    }
}
