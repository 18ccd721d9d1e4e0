//! Measures of school, municipality and region, on any day and as series, over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{coordinator_instrument, load_results, snils, staff};
use crate::support::build_hours::{confirmed, paper};

const MEASURES: &str = "/api/v1/measures";
const SERIES: &str = "/api/v1/measure-series";

/// Results of the people with these numbers, all on one day with the same score.
fn load(app: &TestApp, numbers: std::ops::Range<u32>, day: &str, score: u32) {
    let rows: Vec<String> = numbers
        .map(|number| format!("{};d-coordinator;;{day};online;B.1:test={score}", snils(number)))
        .collect();
    let run = load_results(app, "coordinator", "?mode=atomic", &rows).expect(200).json();
    assert_eq!(run["rows_refused"], 0, "{run}");
}

fn rows(app: &TestApp, persona: &str, query: &str) -> Vec<Value> {
    let page = app.persona(persona).get(&format!("{MEASURES}{query}")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// Name, numerator, denominator and per cent of each row.
fn told(rows: &[Value]) -> Vec<(String, Value, Value, Value)> {
    rows.iter()
        .map(|row| {
            let name = row["name"].as_str().unwrap().to_owned();
            (name, row["numerator"].clone(), row["denominator"].clone(), row["percent"].clone())
        })
        .collect()
}

fn line(name: &str, numerator: i64, denominator: i64, percent: i64) -> (String, Value, Value, Value) {
    (name.to_owned(), json!(numerator), json!(denominator), json!(percent))
}

/// Ten more teachers at school 1, eight at school 2, six at school 3; deficits at schools 1 and 2, five of them closed later.
fn measured() -> TestApp {
    let app = TestApp::start();
    coordinator_instrument(&app);
    staff(&app, "school_1", 100, 10);
    staff(&app, "school_2", 200, 8);
    staff(&app, "school_3", 300, 6);
    load(&app, 100..110, "2025-01-10", 20);
    load(&app, 200..208, "2025-01-10", 20);
    load(&app, 300..306, "2025-01-10", 90);
    load(&app, 100..105, "2026-02-10", 90);
    app
}

/// P2-18: one definition of each measure at school, municipality and region, comparable between units.
#[test]
fn a_measure_is_the_same_at_every_level() {
    let app = measured();
    let closed = |persona: &str| told(&rows(&app, persona, "?measure=deficits_closed"));
    assert_eq!(closed("director"), [line("school_1", 5, 10, 50)]);
    assert_eq!(
        closed("municipal_officer"),
        [line("barnaul", 5, 18, 27), line("school_1", 5, 10, 50), line("school_2", 0, 8, 0)]
    );
    let of_region = closed("ministry");
    assert_eq!(&of_region[..2], [line("altai", 5, 18, 27), line("barnaul", 5, 18, 27)]);
    let school = format!("?measure=deficits_closed&organization_id={}", app.organization("school_1"));
    assert_eq!(told(&rows(&app, "ministry", &school)), closed("director"));
    let coverage = told(&rows(&app, "municipal_officer", "?measure=diagnostic_coverage"));
    assert_eq!(coverage[0], line("barnaul", 18, 28, 64));
    // As it stood before the repeat.
    let before = told(&rows(&app, "director", "?measure=deficits_closed&as_of=2026-01-31"));
    assert_eq!(before, [line("school_1", 0, 10, 0)]);
    app.persona("director").get(&format!("{MEASURES}?as_of=2027-01-01")).refused(422, "in_future");
    let block = &rows(&app, "director", "?measure=deficits_open")[0];
    assert_eq!((&block["key"], &block["percent"]), (&json!("B"), &json!(50)));
    let definitions = app.persona("teacher").get("/api/v1/measure-definitions").expect(200).json();
    assert_eq!(definitions["items"].as_array().unwrap().len(), 11);
}

/// P2-41: a municipality sees its own measures alone, another's are refused.
#[test]
fn another_place_is_refused() {
    let app = TestApp::start();
    let path = |name: &str| format!("{MEASURES}?organization_id={}", app.organization(name));
    for other in ["biysk", "school_3", "altai_ministry", "state_school"] {
        app.persona("municipal_officer").get(&path(other)).refused(403, "auth.forbidden");
    }
    app.persona("director").get(&path("school_2")).refused(403, "auth.forbidden");
    app.persona("director").get(&path("barnaul")).refused(403, "auth.forbidden");
    app.persona("ministry").get(&path("chel_school")).refused(422, "unknown");
    app.persona("teacher").get(MEASURES).refused(403, "auth.forbidden");
    let series = |name: &str| format!("{SERIES}?measure=growth&organization_id={}", app.organization(name));
    app.persona("municipal_officer").get(&series("biysk")).refused(403, "auth.forbidden");
    app.persona("municipal_officer").get(&series("barnaul")).expect(200);
}

/// P2-40: the growth of teachers year on year: how many have fewer deficits than a year ago.
#[test]
fn growth_is_told_year_on_year() {
    let app = measured();
    let growth = told(&rows(&app, "municipal_officer", "?measure=growth"));
    assert_eq!(growth, [line("barnaul", 5, 18, 27), line("school_1", 5, 10, 50), line("school_2", 0, 8, 0)]);
    let before = told(&rows(&app, "municipal_officer", "?measure=growth&as_of=2026-02-01"));
    assert_eq!(before[0], line("barnaul", 0, 18, 0));
}

/// Hours are those of `get_hours_compliance`, today and on another day.
#[test]
fn the_norm_of_hours_is_that_of_compliance() {
    let app = TestApp::start();
    confirmed(&app, "provider", "director", paper(&app, "teacher", "1", "2026-01-10"));
    let path = format!("/api/v1/organizations/{}/hours-compliance", app.organization("school_1"));
    for day in ["2026-03-02", "2025-12-31"] {
        let compliance = app.persona("director").get(&format!("{path}?as_of={day}")).expect(200).json();
        let of_day = |measure: &str| {
            rows(&app, "director", &format!("?measure={measure}&as_of={day}")).first().cloned()
        };
        let frequency = of_day("training_frequency").unwrap();
        assert_eq!(frequency["numerator"], compliance["federal_frequency"]["met"], "{day}");
        if let Some(norm) = of_day("hours_norm") {
            assert_eq!(norm["numerator"], compliance["local_hours"]["met"], "{day}");
        }
    }
}

/// Fewer than five people are hidden, with as much else as it takes.
#[test]
fn small_groups_are_hidden_in_measures() {
    let app = TestApp::start();
    coordinator_instrument(&app);
    staff(&app, "school_1", 100, 10);
    staff(&app, "school_2", 200, 3);
    load(&app, 100..110, "2026-01-10", 20);
    load(&app, 200..203, "2026-01-10", 20);
    let found = rows(&app, "municipal_officer", "?measure=deficits_open");
    let hidden: Vec<&Value> = found.iter().map(|row| &row["hidden"]).collect();
    assert_eq!(hidden, [&json!(false), &json!(true), &json!(true)]);
    assert_eq!((&found[0]["numerator"], &found[2]["numerator"]), (&json!(13), &Value::Null));
    let own = rows(&app, "school_2_director", "?measure=deficits_open");
    assert_eq!(own[0]["hidden"], true);
}

/// Lists of measures are files as other lists are, page by page.
#[test]
fn measures_are_files_and_pages_too() {
    let app = measured();
    let officer = app.persona("municipal_officer");
    let whole = officer.get(&format!("{MEASURES}?limit=200")).expect(200).json();
    let count = whole["items"].as_array().unwrap().len();
    let first = officer.get(&format!("{MEASURES}?limit=2")).expect(200).json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = officer.get(&format!("{MEASURES}?limit=2&cursor={cursor}")).expect(200).json();
    assert_eq!(second["items"][0], whole["items"][2]);
    let csv = officer.header("accept", "text/csv").get(MEASURES).expect(200);
    assert_eq!(csv.text.lines().count(), count + 1);
    let lines = officer.header("accept", "application/x-ndjson").get(MEASURES).expect(200);
    assert_eq!(lines.text.lines().count(), count);
    let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    assert!(officer.header("accept", workbook).get(MEASURES).expect(200).text.starts_with("PK"));
}

/// A series has the same numbers as the measure of each of its days.
#[test]
fn a_series_tells_the_measure_of_each_day() {
    let app = measured();
    let path = format!("{SERIES}?measure=deficits_closed&points=3&step_months=1&until=2026-02-28");
    let series = app.persona("director").get(&path).expect(200).json();
    let points = series["lines"][0]["points"].as_array().unwrap();
    let told: Vec<(&str, &Value)> =
        points.iter().map(|point| (point["day"].as_str().unwrap(), &point["percent"])).collect();
    assert_eq!(told, [("2025-12-28", &json!(0)), ("2026-01-28", &json!(0)), ("2026-02-28", &json!(50))]);
    app.persona("director").get(&format!("{path}0")).expect(422);
    app.persona("director").get(SERIES).expect(422);
}
