//! Cycles, monitorings and decisions, set up through the API.

use serde_json::{Value, json};

use super::build_diagnostics::{coordinator_instrument, load_results, snils, staff};
use super::{Answer, TestApp};

/// The cycle of a year, begun by that persona.
pub fn cycle(app: &TestApp, persona: &str, year: i32) -> Answer {
    app.persona(persona).post("/api/v1/monitoring-cycles", json!({"year": year}))
}

/// Opens or closes a stage of the newest version of a cycle.
pub fn stage(app: &TestApp, persona: &str, cycle: &str, position: i32, rest: &str) -> Answer {
    let version = app.db_text(&format!("select version from monitoring_cycles where id = '{cycle}'"));
    let path = format!("/api/v1/monitoring-cycles/{cycle}/stages/{position}/{rest}");
    app.persona(persona).post_if(&path, &format!("\"{version}\""), json!({}))
}

/// Submits into a stage.
pub fn submit(app: &TestApp, persona: &str, cycle: &str, position: i32) -> Answer {
    let body =
        json!({"cycle_id": cycle, "position": position, "text": "Потребность: формирующее оценивание"});
    app.persona(persona).post("/api/v1/stage-submissions", body)
}

/// The monitoring of professional growth of a year.
pub fn monitoring(app: &TestApp, persona: &str, year: i32) -> Answer {
    app.persona(persona).post("/api/v1/monitorings", json!({"subject": "professional_growth", "year": year}))
}

/// Changes the newest version of a monitoring.
pub fn change_monitoring(app: &TestApp, persona: &str, id: &str, rest: &str, body: Value) -> Answer {
    let version = app.db_text(&format!("select version from monitorings where id = '{id}'"));
    let path = format!("/api/v1/monitorings/{id}/{rest}");
    app.persona(persona).post_if(&path, &format!("\"{version}\""), body)
}

/// Submits into a monitoring.
pub fn submit_to(app: &TestApp, persona: &str, monitoring: &str) -> Answer {
    let body = json!({"monitoring_id": monitoring, "text": "Обучены 45 учителей из 60"});
    app.persona(persona).post("/api/v1/monitoring-submissions", body)
}

/// Takes a decision about an organization, due at the end of May.
pub fn decide(app: &TestApp, persona: &str, kind: &str, addressee: &str, monitoring: Option<&str>) -> Answer {
    let body = json!({"kind": kind, "addressee_id": app.organization(addressee), "monitoring_id": monitoring,
                      "text": "Провести диагностику во всех школах", "due_on": "2026-05-31"});
    app.persona(persona).post("/api/v1/managerial-decisions", body)
}

/// Results of the people with these numbers, all on one day with the same score.
#[track_caller]
pub fn scored(app: &TestApp, numbers: std::ops::Range<u32>, day: &str, score: u32) {
    scored_in(app, "B.1", numbers, day, score);
}

/// The same of another competency than the first.
#[track_caller]
pub fn scored_in(app: &TestApp, competency: &str, numbers: std::ops::Range<u32>, day: &str, score: u32) {
    let rows: Vec<String> = numbers
        .map(|number| format!("{};d-coordinator;;{day};online;{competency}:test={score}", snils(number)))
        .collect();
    let run = load_results(app, "coordinator", "?mode=atomic", &rows).expect(200).json();
    assert_eq!(run["rows_refused"], 0, "{run}");
}

/// Ten more teachers at school 1, eight at school 2, six at school 3; deficits at schools 1 and 2, five of them closed later.
pub fn measured() -> TestApp {
    let app = TestApp::start();
    coordinator_instrument(&app);
    staff(&app, "school_1", 100, 10);
    staff(&app, "school_2", 200, 8);
    staff(&app, "school_3", 300, 6);
    scored(&app, 100..110, "2025-01-10", 20);
    scored(&app, 200..208, "2025-01-10", 20);
    scored(&app, 300..306, "2025-01-10", 90);
    scored(&app, 100..105, "2026-02-10", 90);
    app
}
