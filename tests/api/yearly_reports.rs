//! Yearly reports of school, municipality and region over HTTP, as data and printed: their numbers are those of measures.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{coordinator_instrument, staff};
use crate::support::build_monitoring::{measured, scored};
use crate::support::build_plans::{compose, tell};
use crate::support::build_requests::decide;
use crate::support::pdf_text::pdf_text;

fn path(app: &TestApp, year: i32, of: Option<&str>) -> String {
    let of = of.map(|name| format!("?organization_id={}", app.organization(name)));
    format!("/api/v1/yearly-reports/{year}{}", of.unwrap_or_default())
}

/// The words of the printed report.
#[track_caller]
fn printed(app: &TestApp, persona: &str, path: &str) -> String {
    let file = app.persona(persona).header("accept", "application/pdf").get(path).expect(200);
    assert_eq!(file.header("content-type"), Some("application/pdf"));
    pdf_text(&file.bytes)
}

/// Every measure of that day as `list_measures` tells it.
fn listed(app: &TestApp, persona: &str, query: &str) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = app
            .persona(persona)
            .get(&format!("/api/v1/measures?limit=200{query}{cursor}"))
            .expect(200)
            .json();
        all.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

/// What the printed report must say of each row of measures.
fn said(row: &Value) -> String {
    if row["hidden"] == true {
        return "скрыто".to_owned();
    }
    match row["percent"].as_i64() {
        Some(percent) => format!("{percent} % ({} из {})", row["numerator"], row["denominator"]),
        None => format!("— ({} из {})", row["numerator"], row["denominator"]),
    }
}

/// P2-40, P2-41, P4-17: the report of a municipality, of the region and of a school has exactly the numbers of measures, and the
/// printed one says each of them.
#[test]
fn a_yearly_report_says_what_measures_say() {
    let app = measured();
    for (persona, of, name) in [
        ("municipal_officer", None, "barnaul"),
        ("ministry", None, "altai"),
        ("ministry", Some("barnaul"), "barnaul"),
        ("director", None, "school_1"),
    ] {
        let path = path(&app, 2026, of);
        let report = app.persona(persona).get(&path).expect(200).json();
        assert_eq!((&report["name"], &report["as_of"]), (&json!(name), &json!("2026-03-02")));
        assert_eq!(report["days"], json!(["2025-12-31", "2026-03-02"]));
        let query = of.map(|of| format!("&organization_id={}", app.organization(of))).unwrap_or_default();
        let known = listed(&app, persona, &query);
        let measures = report["measures"].as_array().unwrap();
        assert_eq!(measures.len(), 16);
        let mut count = 0;
        for measure in measures {
            let code = &measure["definition"]["measure"];
            let of_measure: Vec<&Value> = known.iter().filter(|row| row["measure"] == *code).collect();
            let values: Vec<&Value> = measure["values"].as_array().unwrap().iter().collect();
            assert_eq!(values, of_measure, "{persona}: {code}");
            count += values.len();
        }
        assert_eq!(count, known.len());
        assert!(count > 5, "{count}");

        let text = printed(&app, persona, &path);
        for words in ["Годовой отчёт о профессиональном развитии педагогов за 2026 год", name, "02.03.2026"]
        {
            assert!(text.contains(words), "{words} in {text}");
        }
        for measure in measures {
            let title = measure["definition"]["title"].as_str().unwrap();
            if measure["values"].as_array().unwrap().is_empty() {
                continue;
            }
            assert!(text.contains(title), "{title} in {text}");
            let by_key = !measure["definition"]["broken_down_by"].is_null();
            let units: BTreeSet<&str> = measure["values"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["place_id"].as_str().unwrap())
                .collect();
            for row in measure["values"].as_array().unwrap() {
                // One unit below has no table to stand in beside others.
                if !by_key || row["place_id"] == report["place_id"] || units.len() > 2 {
                    assert!(text.contains(&said(row)), "{title}: {row} in {text}");
                }
            }
        }
    }
}

/// P2-40: how each measure went in the year is the measure of each of its days.
#[test]
fn the_charts_of_a_report_join_the_measures_of_its_days() {
    let app = measured();
    let path = path(&app, 2025, None);
    let report = app.persona("municipal_officer").get(&path).expect(200).json();
    let days = json!(["2024-12-31", "2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]);
    assert_eq!((&report["as_of"], &report["days"]), (&json!("2025-12-31"), &days));
    let coverage = &report["measures"][0];
    assert_eq!(coverage["definition"]["measure"], "diagnostic_coverage");
    let points = coverage["lines"][0]["points"].as_array().unwrap();
    for (point, day) in points.iter().zip(days.as_array().unwrap()) {
        let query = format!("&measure=diagnostic_coverage&as_of={}", day.as_str().unwrap());
        let row = listed(&app, "municipal_officer", &query).remove(0);
        assert_eq!((&point["day"], &point["percent"]), (day, &row["percent"]));
    }
    let text = printed(&app, "municipal_officer", &path);
    for day in ["31.12.2024", "31.03.2025", "30.06.2025", "30.09.2025", "31.12.2025"] {
        assert!(text.contains(day), "{day}");
    }
    let shown: Vec<&Value> = points.iter().map(|point| &point["percent"]).collect();
    assert_eq!(shown, [&json!(0), &json!(64), &json!(64), &json!(64), &json!(64)]);
}

/// P0-33: money stands in the report by its source, in roubles.
#[test]
fn money_stands_in_the_report_by_its_source() {
    let app = TestApp::start();
    let plan = compose(&app, "chel_deputy", json!({})).expect(201).id();
    let funding = json!({"source": "municipal", "amount_kopecks": 123_456_789});
    tell(&app, "chel_deputy", &plan, "funding-lines", funding).expect(201);
    tell(&app, "chel_deputy", &plan, "submission", json!({})).expect(200);
    decide(&app, "chel_director", &plan, "approve", json!({})).expect(200);
    let text = printed(&app, "chel_director", "/api/v1/yearly-reports/2026");
    assert!(text.contains("Муниципальные средства") && text.contains("1 234 567,89 руб."), "{text}");
    let english =
        app.persona("chel_director").header("accept", "application/pdf").header("accept-language", "en");
    let text = pdf_text(&english.get("/api/v1/yearly-reports/2026").expect(200).bytes);
    assert!(text.contains("Municipal funds") && text.contains("1 234 567,89 RUB"), "{text}");
}

/// What measures hide, the report hides.
#[test]
fn small_groups_are_hidden_in_reports() {
    let app = TestApp::start();
    coordinator_instrument(&app);
    staff(&app, "school_1", 100, 10);
    staff(&app, "school_2", 200, 3);
    scored(&app, 100..110, "2026-01-10", 20);
    scored(&app, 200..203, "2026-01-10", 30);
    let path = path(&app, 2026, None);
    let text = printed(&app, "municipal_officer", &path);
    assert!(text.contains("100 % (13 из 13)"), "{text}");
    assert!(text.contains("скрыто") && !text.contains("(3 из 3)") && !text.contains("(10 из 10)"), "{text}");
    let own = printed(&app, "school_2_director", &path);
    assert!(own.contains("скрыто") && !own.contains("(3 из 3)"), "{own}");
}

/// P2-41: a municipality has its own report alone; no report of a year that has not begun.
#[test]
fn reports_are_of_ones_own_place_and_of_years_that_have_come() {
    let app = TestApp::start();
    let get = |persona: &str, year: i32, of: Option<&str>| app.persona(persona).get(&path(&app, year, of));
    get("municipal_officer", 2026, Some("barnaul")).expect(200);
    get("municipal_officer", 2026, Some("school_1")).expect(200);
    for other in ["biysk", "school_3", "altai_ministry", "state_school"] {
        get("municipal_officer", 2026, Some(other)).refused(403, "auth.forbidden");
    }
    get("director", 2026, Some("school_2")).refused(403, "auth.forbidden");
    get("director", 2026, Some("barnaul")).refused(403, "auth.forbidden");
    get("teacher", 2026, None).refused(403, "auth.forbidden");
    get("provider", 2026, None).refused(403, "auth.forbidden");
    get("ministry", 2026, Some("chel_school")).refused(422, "unknown");
    for persona in ["ministry", "municipal_officer", "director"] {
        get(persona, 2027, None).refused(422, "in_future");
    }
    get("teacher", 2027, None).refused(403, "auth.forbidden");
    get("ministry", 1999, None).refused(422, "out_of_range");
    app.persona("ministry").get("/api/v1/yearly-reports/spring").expect(404);
    app.persona("ministry").get("/api/v1/yearly-reports/2026?organization_id=barnaul").expect(422);
    let stranger = format!("/api/v1/yearly-reports/2026?organization_id={}", rost::ids::new_id());
    app.persona("ministry").get(&stranger).refused(422, "unknown");
}

/// The same data give the same file, and what has not changed is not sent again.
#[test]
fn the_same_data_give_the_same_report() {
    let app = measured();
    let path = path(&app, 2026, None);
    let officer = app.persona("municipal_officer").header("accept", "application/pdf");
    let (one, other) = (officer.get(&path).expect(200), officer.get(&path).expect(200));
    assert_eq!(one.bytes, other.bytes);
    assert!(one.header("vary").is_some_and(|names| names.starts_with("Accept")));
    assert_eq!(officer.header("if-none-match", &one.etag()).get(&path).status, 304);
    scored(&app, 205..208, "2026-02-20", 90);
    assert_ne!(officer.get(&path).expect(200).etag(), one.etag());
}
