//! Growth of hours over time, over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_hours::{balance, confirmed, paper};
use crate::support::build_regulations::amended;

fn points(app: &TestApp, person: &str, query: &str) -> Vec<Value> {
    let path = format!("/api/v1/persons/{}/hours-series{query}", app.person(person));
    let found = app.persona(person).get(&path).expect(200).json();
    assert_eq!(found["person_id"], json!(app.person(person)));
    found["points"].as_array().unwrap().clone()
}

/// P0-2, P0-17, P0-18: every point is the balance of its day: before the first job, within and after a gap, under each
/// regulation of the school, and in days to come.
#[test]
fn every_point_is_the_balance_of_its_day() {
    let app = TestApp::start();
    for (number, day) in [("1", "2020-01-15"), ("2", "2024-01-15"), ("3", "2025-04-10"), ("4", "2025-12-01")]
    {
        confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", number, day));
    }
    amended(&app, "chel_director", "chel_school", "p0-chelyabinsk-school", |document| {
        document["profile"]["hours"]["norms"][0]["hours"] = json!(80);
    });
    let found = points(&app, "chel_teacher", "?from=2019-12-15&until=2029-02-01&step=quarter");
    assert_eq!(found.len(), 38);
    for point in &found {
        let on = point["on"].as_str().unwrap();
        let balance = balance(&app, "chel_teacher", &format!("?as_of={on}"));
        let local = &balance["local_hours"];
        assert_eq!(point["counted"], local["counted"], "{on}");
        assert_eq!(point.get("required"), local.get("required"), "{on}");
        assert_eq!(point["local_hours"], local["status"], "{on}");
        assert_eq!(point["federal_frequency"], balance["federal_frequency"]["status"], "{on}");
        assert_eq!(point.get("organization_id"), balance.get("organization_id"), "{on}");
    }
    let at = |on: &str| found.iter().find(|point| point["on"] == on).unwrap();
    assert_eq!(at("2019-12-15")["local_hours"], "no_norm");
    assert_eq!(at("2025-12-15")["required"], json!(72.0));
    assert_eq!((&at("2026-03-15")["required"], &at("2026-03-15")["counted"]), (&json!(80.0), &json!(108.0)));
    assert_eq!(at("2023-06-15")["federal_frequency"], "overdue");
    assert_eq!(found.last().unwrap()["on"], "2029-02-01");
}

#[test]
fn a_series_covers_the_last_three_years_unless_asked_otherwise() {
    let app = TestApp::start();
    let usual = points(&app, "chel_teacher", "");
    assert_eq!(usual.len(), 37);
    assert_eq!((&usual[0]["on"], &usual[36]["on"]), (&json!("2023-03-02"), &json!("2026-03-02")));
    assert_eq!(points(&app, "chel_teacher", "?from=2006-04-02").len(), 240);
    let path = format!("/api/v1/persons/{}/hours-series", app.person("chel_teacher"));
    let asked = |query: &str| app.persona("chel_teacher").get(&format!("{path}{query}"));
    asked("?from=2006-03-02").refused(422, "too_many_points");
    asked("?from=2026-03-03").refused(422, "dates_out_of_order");
    asked("?from=2026-02-30").refused(422, "invalid_date");
    asked("?step=week").refused(422, "unknown_value");
    asked("?days=7").refused(400, "request.unknown_parameter");
}

#[test]
fn whoever_reads_a_balance_reads_how_it_grew() {
    let app = TestApp::start();
    let path = format!("/api/v1/persons/{}/hours-series", app.person("teacher"));
    for reader in ["teacher", "association_head", "deputy", "municipal_officer", "ministry", "auditor"] {
        app.persona(reader).get(&path).expect(200);
    }
    for stranger in ["teacher_2", "school_2_director", "biysk_officer", "chel_director"] {
        app.persona(stranger).get(&path).refused(404, "request.not_found");
    }
}
