//! One report of diagnostics at three levels.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{
    campaign, competency, coordinator_instrument, framework, instrument, load_results, snils, staff,
};
use crate::support::build_registry::{entered, module, program};

/// Results of the people with these numbers, all on one day with the same score.
fn load(app: &TestApp, numbers: std::ops::Range<u32>, day: &str, score: u32) {
    let rows: Vec<String> = numbers
        .map(|number| format!("{};d-coordinator;;{day};online;B.1:test={score}", snils(number)))
        .collect();
    let run = load_results(app, "coordinator", "?mode=atomic", &rows).expect(200).json();
    assert_eq!(run["rows_refused"], 0, "{run}");
}

fn report(app: &TestApp, persona: &str, query: &str) -> Value {
    app.persona(persona).get(&format!("/api/v1/diagnostic-report{query}")).expect(200).json()
}

/// P2-18: the same report at three levels; each role sees its level and below.
#[test]
fn one_report_at_three_levels_each_role_its_own_and_below() {
    let app = TestApp::start();
    coordinator_instrument(&app);
    staff(&app, "school_1", 100, 10);
    staff(&app, "school_2", 200, 8);
    staff(&app, "school_3", 300, 6);
    load(&app, 100..110, "2026-01-10", 20);
    load(&app, 200..208, "2026-01-10", 20);
    load(&app, 300..306, "2026-01-10", 90);
    load(&app, 100..105, "2026-02-10", 90);

    let of_school = report(&app, "deputy", "");
    assert_eq!((&of_school["place"]["level"], &of_school["place"]["tested"]), (&json!("school"), &json!(10)));
    let counts = |value: &Value| value["deficits"].clone();
    assert_eq!(
        counts(&of_school["place"]),
        json!({"open": 5, "addressed": 0, "closed": 5, "total": 10, "closed_percent": 50})
    );
    assert_eq!(counts(&of_school["blocks"][0]), counts(&of_school["place"]));
    assert_eq!(of_school["competencies"][0]["code"], "B.1");
    assert_eq!(of_school["competencies"][0]["active_programs"], 0);
    let of_municipality = report(&app, "municipal_officer", "");
    assert_eq!(of_municipality["place"]["level"], "municipality");
    assert_eq!(
        (&of_municipality["place"]["tested"], &counts(&of_municipality["place"])["total"]),
        (&json!(18), &json!(18))
    );
    assert_eq!(of_municipality["parts"].as_array().unwrap().len(), 2);
    for reader in ["ministry", "coordinator", "quality_officer", "auditor"] {
        let of_region = report(&app, reader, "");
        assert_eq!(of_region["place"]["level"], "region", "{reader}");
        assert_eq!(
            (&of_region["place"]["tested"], &counts(&of_region["place"])["open"]),
            (&json!(24), &json!(13))
        );
    }
    let school = |name: &str| format!("?organization_id={}", app.organization(name));
    assert_eq!(counts(&report(&app, "ministry", &school("school_1"))["place"]), counts(&of_school["place"]));
    let below = report(&app, "ministry", &school("barnaul"));
    assert_eq!(counts(&below["place"]), counts(&of_municipality["place"]));
    let path = |name: &str| format!("/api/v1/diagnostic-report{}", school(name));
    app.persona("deputy").get(&path("school_2")).refused(403, "auth.forbidden");
    app.persona("deputy").get(&path("barnaul")).refused(403, "auth.forbidden");
    app.persona("municipal_officer").get(&path("school_3")).refused(403, "auth.forbidden");
    app.persona("municipal_officer").get(&path("altai_ministry")).refused(403, "auth.forbidden");
    app.persona("ministry").get(&path("chel_school")).refused(422, "unknown");
    app.persona("teacher").get("/api/v1/diagnostic-report").refused(403, "auth.forbidden");

    // As it stood before the repeat.
    let before = report(&app, "deputy", "?as_of=2026-01-31");
    assert_eq!(
        (&counts(&before["place"])["open"], &counts(&before["place"])["closed"]),
        (&json!(10), &json!(0))
    );
    assert_eq!(report(&app, "deputy", "?as_of=2025-12-31")["competencies"], json!([]));
    app.persona("deputy").get("/api/v1/diagnostic-report?as_of=2027-01-01").refused(422, "in_future");
    let unanswered = report(&app, "ministry", "?unanswered=true");
    assert_eq!(unanswered["competencies"].as_array().unwrap().len(), 1);
}

/// A deficit is answered by an active program of the registry, and by none while it is suspended.
#[test]
fn a_deficit_without_an_active_program_is_told() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    instrument(&app, "coordinator", "coordinator", &framework);
    staff(&app, "school_1", 100, 6);
    load(&app, 100..106, "2026-01-10", 20);
    let unanswered = || {
        let found = report(&app, "ministry", "?unanswered=true");
        found["competencies"].as_array().unwrap().iter().map(|it| it["code"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(unanswered(), ["B.1"]);
    let competency = competency(&app, "coordinator", &framework, "B.1").parse().unwrap();
    let mut body = program(&app, "provider_x", "Формирующее оценивание");
    body["modules"] = json!([module("Первый модуль", 24, &[competency]), module("Второй модуль", 12, &[])]);
    let (_, entry) = entered(&app, &body);
    assert_eq!(unanswered(), [""; 0]);
    assert_eq!(report(&app, "ministry", "")["competencies"][0]["active_programs"], 1);
    let decision = format!("/api/v1/registry-entries/{entry}/decision");
    let suspend = json!({"decision": "suspend", "reason": "Проверка"});
    app.persona("ministry").post_if(&decision, "\"1\"", suspend).expect(200);
    assert_eq!(unanswered(), ["B.1"]);
}

/// P2-11: the ministry reads all aggregates of the region, and nothing of another one.
#[test]
fn the_ministry_reads_the_aggregates_of_its_region() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    staff(&app, "school_1", 100, 6);
    load(&app, 100..106, "2026-01-10", 20);
    assert_eq!(report(&app, "ministry", "")["place"]["tested"], 6);
    let ministry = app.persona("ministry");
    let read = |path: &str| ministry.get(path).expect(200).json();
    let taking_part = campaign(&app, "coordinator", "coordinator", &instrument, "by_rule");
    let participation = read(&format!("/api/v1/diagnostic-campaigns/{taking_part}/participation"));
    assert_eq!(participation["total"]["tested"], 0, "nobody yet in this campaign");
    let asking = json!({"municipality_id": app.organization("barnaul"),
        "data": {"title": "Потребности", "opens_on": "2026-03-02", "closes_on": "2026-03-31"}});
    let asked = app.persona("municipal_officer").post("/api/v1/need-campaigns", asking).expect(201).id();
    let rate = read(&format!("/api/v1/need-campaigns/{asked}/response-rate"));
    assert_eq!(rate["municipalities"].as_array().unwrap().len(), 1);
    let school = read(&format!("/api/v1/organizations/{}/hours-compliance", app.organization("school_1")));
    let people = school["persons"].as_array().unwrap().len();
    assert_eq!(school["federal_frequency"]["never_trained"], people, "no paper is known of anybody");
    assert_eq!(ministry.get("/api/v1/deficit-closure").expect(200).json()["open"], 6);
    let compliance = format!("/api/v1/organizations/{}/hours-compliance", app.organization("altai_ministry"));
    ministry.get(&compliance).expect(200);
    app.persona("municipal_officer").get(&compliance).refused(403, "auth.forbidden");
    app.persona("chel_ministry").get(&compliance).refused(404, "request.not_found");
    let lists = [
        ("state-assignments", 403),
        ("programs-without-direction", 403),
        ("needs", 200),
        ("outcome-findings", 200),
    ];
    for (list, of_municipality) in lists {
        let path = format!("/api/v1/{list}");
        ministry.get(&path).expect(200);
        assert_eq!(app.persona("municipal_officer").get(&path).status, of_municipality, "{list}");
    }
    let other = report(&app, "chel_ministry", "");
    assert_eq!((&other["competencies"], &other["place"]["tested"]), (&json!([]), &json!(0)));
}

/// P2-18: fewer than five people are hidden, and what would tell of them by subtraction is hidden with them.
#[test]
fn small_groups_are_hidden_and_cannot_be_had_by_subtraction() {
    let app = TestApp::start();
    coordinator_instrument(&app);
    staff(&app, "school_1", 100, 3);
    staff(&app, "school_2", 200, 8);
    load(&app, 100..103, "2026-01-10", 20);
    load(&app, 200..208, "2026-01-10", 20);
    let own = report(&app, "deputy", "");
    assert_eq!((&own["place"]["hidden"], &own["competencies"][0]["hidden"]), (&json!(true), &json!(true)));
    for word in ["tested", "deficits"] {
        assert_eq!(own["place"].get(word), None, "{own}");
    }
    let whole = report(&app, "municipal_officer", "");
    assert_eq!(whole["place"]["tested"], 11);
    for part in whole["parts"].as_array().unwrap() {
        assert_eq!(part["hidden"], true, "11 less 8 would tell of three people: {whole}");
    }
    let query = format!("?organization_id={}", app.organization("school_2"));
    assert_eq!(report(&app, "municipal_officer", &query)["place"]["hidden"], true);
    // Whoever knows nothing of the others sees his own.
    assert_eq!(report(&app, "school_2_director", "")["place"]["tested"], 8);
}

/// P4-12, P2-18: the share of deficits closed follows the report: whoever may not list the deficits gets no number that
/// tells of fewer than five people, of a school or by taking schools from the region.
#[test]
fn the_share_closed_tells_of_no_small_group() {
    let app = TestApp::start();
    coordinator_instrument(&app);
    staff(&app, "school_1", 100, 3);
    staff(&app, "school_2", 200, 8);
    staff(&app, "school_3", 300, 6);
    for (numbers, day) in [(100..103, "2026-01-10"), (200..208, "2026-01-10"), (300..306, "2026-01-10")] {
        load(&app, numbers, day, 20);
    }
    let share = |persona: &str, query: &str| -> Value {
        app.persona(persona).get(&format!("/api/v1/deficit-closure{query}")).expect(200).json()
    };
    let school = |name: &str| format!("?organization_id={}", app.organization(name));
    assert_eq!(share("quality_officer", "")["open"], 17);
    assert_eq!(share("quality_officer", &school("school_3"))["open"], 6);
    for name in ["school_1", "school_2"] {
        let hidden = share("quality_officer", &school(name));
        assert_eq!((&hidden["hidden"], hidden.get("open")), (&json!(true), None), "{name}");
    }
    // Whoever works with these people knows their deficits one by one.
    assert_eq!(share("director", "")["open"], 3);
    assert_eq!(share("ministry", &school("school_1"))["open"], 3);
}
