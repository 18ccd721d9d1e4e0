//! The search of programs by the dates and places of their offerings, over HTTP.

use serde_json::{Value, json};

use super::search::titles;
use crate::support::TestApp;
use crate::support::build_registry::{accepted, program};
use crate::support::build_training::{course, move_to, plan, with};

/// An open course by the program on these days; at that organization, when one is named.
fn held(app: &TestApp, program: &str, days: (&str, &str), venue: Option<&str>) -> String {
    let read = app.persona("provider").get(&format!("/api/v1/programs/{program}")).expect(200).json();
    let venue = venue.map(|name| app.organization(name));
    let dates = json!({"starts_on": days.0, "ends_on": days.1, "venue_id": venue});
    let id = plan(app, "provider", "provider_x", &with(course(&read, 5), dates)).expect(201).id();
    move_to(app, "provider", &id, "open").expect(200);
    id
}

/// Программы: «Алгебра» begins in May, «Биология» in March and June (in Barnaul), «Волейбол» and «География» not at all.
fn programs(app: &TestApp) -> [String; 4] {
    let made = ["Алгебра", "Биология", "Волейбол", "География"]
        .map(|title| accepted(app, "provider", "ministry", &program(app, "provider_x", title)));
    held(app, &made[0], ("2026-05-12", "2026-05-15"), None);
    held(app, &made[1], ("2026-06-01", "2026-06-05"), Some("school_1"));
    held(app, &made[1], ("2026-03-20", "2026-03-25"), None);
    made
}

/// P0-1: programs are found by the dates and the place of their open offerings, and listed by the next start: what
/// begins first comes first, what does not begin at all comes last.
#[test]
fn programs_are_found_and_sorted_by_their_next_start() {
    let app = TestApp::start();
    let made = programs(&app);
    let by = |query: &str| titles(&app.persona("ministry"), query.trim_start_matches('?'));
    let all = ["Биология", "Алгебра", "Волейбол", "География"];
    assert_eq!(by("?sort=start"), all);
    assert_eq!(by("?starts_from=2026-05-01"), ["Алгебра", "Биология"]);
    assert_eq!(by("?starts_from=2026-05-01&sort=start"), ["Алгебра", "Биология"]);
    assert_eq!(by("?starts_until=2026-04-01"), ["Биология"]);
    assert_eq!(by("?starts_from=2026-04-01&starts_until=2026-04-30"), Vec::<String>::new());
    let barnaul = format!("?offering_municipality_id={}", app.organization("barnaul"));
    assert_eq!(by(&barnaul), ["Биология"]);
    assert_eq!(by(&format!("{barnaul}&starts_until=2026-05-31")), Vec::<String>::new());
    assert_eq!(by("?q=%D0%B0%D0%BB%D0%B3%D0%B5%D0%B1%D1%80%D0%B0&sort=start"), ["Алгебра"]);
    let ministry = app.persona("ministry");
    let found = ministry.get("/api/v1/programs?sort=start").expect(200).json();
    let starts: Vec<&Value> =
        found["items"].as_array().unwrap().iter().map(|it| &it["next_starts_on"]).collect();
    assert_eq!(starts, [&json!("2026-03-20"), &json!("2026-05-12"), &Value::Null, &Value::Null]);
    let facets = ministry.get("/api/v1/programs/facets?starts_from=2026-05-01").expect(200).json();
    assert_eq!(facets["total"], 2);
    ministry
        .get("/api/v1/programs?starts_from=2026-05-01&starts_until=2026-04-01")
        .refused(422, "dates_out_of_order");
    ministry.get("/api/v1/programs?starts_from=2026-13-01").refused(422, "request.invalid");

    // Pages go on where the last one ended, each program once, midnight between them or not.
    let mut seen = Vec::new();
    let mut path = "/api/v1/programs?sort=start&limit=1".to_owned();
    loop {
        let page = app.persona("ministry").get(&path).expect(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|it| it["data"]["title"].clone()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        path = format!("/api/v1/programs?sort=start&limit=1&cursor={next}");
        if seen.len() == 1 {
            app.days_pass(20);
        }
    }
    assert_eq!(seen, all.map(|title| json!(title)));
    // From now on the course of March is past.
    assert_eq!(by("?sort=start"), ["Алгебра", "Биология", "Волейбол", "География"]);
    // What no longer takes applications begins for nobody.
    let path = format!("/api/v1/offerings?program_id={}", made[0]);
    let offering =
        app.persona("ministry").get(&path).expect(200).json()["items"][0]["id"].as_str().unwrap().to_owned();
    crate::support::build_training::move_with(
        &app,
        "provider",
        &offering,
        json!({"state": "cancelled", "reason": "Группа не набрана"}),
    )
    .expect(200);
    assert_eq!(by("?starts_from=2026-05-01"), ["Биология"]);
}
