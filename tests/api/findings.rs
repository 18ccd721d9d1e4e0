//! Findings of pupils' assessment over HTTP.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_guidance::{finding, finding_body, ids};

const PATH: &str = "/api/v1/outcome-findings";

/// P2-14: the quality centre supplies findings with source, subject, place, text and period, and marks zones of low
/// quality.
#[test]
fn the_quality_centre_supplies_findings() {
    let app = TestApp::start();
    let made = app.persona("quality_officer").post(PATH, finding_body(&app, Some("school_1"))).expect(201);
    let found = made.json();
    assert_eq!(found["organization_id"], json!(app.organization("school_1")));
    assert_eq!(found["municipality_id"], json!(app.organization("barnaul")));
    assert_eq!(found["recorded_by_id"], json!(app.organization("quality_center")));
    assert_eq!((&found["data"]["source"], &found["data"]["low_quality_zone"]), (&json!("vpr"), &json!(true)));
    assert_eq!(found["allowed_actions"], json!(["update_outcome_finding"]));
    let read = app.persona("director").get(&format!("{PATH}/{}", made.id())).expect(200).json();
    assert_eq!(read["data"], found["data"]);
    for persona in ["ministry", "operator", "municipal_officer", "director", "teacher"] {
        app.persona(persona).post(PATH, finding_body(&app, None)).refused(403, "auth.forbidden");
    }
    let of_a_provider = finding_body(&app, Some("provider_x"));
    app.persona("quality_officer").post(PATH, of_a_provider).refused(422, "wrong_kind");
    let elsewhere = finding_body(&app, Some("chel_school"));
    app.persona("quality_officer").post(PATH, elsewhere).refused(422, "unknown");
}

/// P2-14: a school reads what is about it and its territory, a municipality all of its own, the region everything.
#[test]
fn findings_are_read_where_they_belong_and_above() {
    let app = TestApp::start();
    let (school, city, region) =
        (finding(&app, Some("school_1")), finding(&app, Some("barnaul")), finding(&app, None));
    let seen = |persona: &str| {
        let mut found = ids(&app.persona(persona).get(PATH).expect(200));
        found.sort();
        found
    };
    let mut all = vec![school.clone(), city.clone(), region.clone()];
    all.sort();
    for persona in ["director", "teacher", "municipal_officer", "ministry", "operator", "quality_officer"] {
        assert_eq!(seen(persona), all, "{persona}");
    }
    let mut others = vec![city.clone(), region.clone()];
    others.sort();
    assert_eq!(seen("school_2_director"), others);
    assert_eq!(seen("biysk_officer"), [region.as_str()]);
    let path = format!("{PATH}/{school}");
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
    app.persona("chel_ministry").get(&path).refused(404, "request.not_found");
    app.persona("provider").get(&path).refused(403, "auth.forbidden");
    let page = |query: &str| ids(&app.persona("ministry").get(&format!("{PATH}?{query}")).expect(200));
    assert_eq!(page(&format!("organization_id={}", app.organization("school_1"))), [school]);
    assert_eq!(page("low_quality_zone=false"), Vec::<String>::new());
    assert_eq!(page("source=gia"), Vec::<String>::new());
    let first = app.persona("ministry").get(&format!("{PATH}?limit=2")).expect(200).json();
    let next = first["next_cursor"].as_str().unwrap();
    assert_eq!(page(&format!("limit=2&cursor={next}")).len(), 1);
}

#[test]
fn a_finding_is_mended_by_its_newest_version() {
    let app = TestApp::start();
    let (id, officer) = (finding(&app, None), app.persona("quality_officer"));
    let path = format!("{PATH}/{id}");
    let mut data = finding_body(&app, None)["data"].clone();
    data["low_quality_zone"] = json!(false);
    let body = json!({"data": data});
    officer.send_json("PUT", &path, &body).refused(428, "request.precondition_required");
    app.persona("ministry").put(&path, "\"1\"", body.clone()).refused(403, "auth.forbidden");
    officer.put(&path, "\"1\"", body.clone()).expect(200);
    officer.put(&path, "\"1\"", body).refused(412, "request.precondition_failed");
    let wrong = json!({"data": {"source": "vpr", "subject": "м", "text": "", "period_from": "2026-01-01",
                                "period_until": "2025-01-01", "low_quality_zone": true}});
    assert!(officer.put(&path, "\"2\"", wrong).expect(422).codes().len() >= 3);
    let mut reversed = finding_body(&app, None)["data"].clone();
    reversed["period_until"] = json!("2025-08-31");
    officer.put(&path, "\"2\"", json!({"data": reversed})).refused(422, "dates_reversed");
}
