//! Hearings of interim results.

use serde_json::{Value, json};

use crate::support::build_routes::{RouteUnderTest, activity};
use crate::support::regulated_training::barnaul_under_p3;
use crate::support::{Answer, TestApp};

fn record(app: &TestApp, route: &RouteUnderTest<'_>, by: &str, held_on: &str) -> Answer {
    let body = json!({"held_on": held_on, "conclusion": "Продолжить", "protocol_number": "4"});
    app.persona(by).post(&route.path("/hearings"), body)
}

fn under_p3(app: &TestApp) -> RouteUnderTest<'_> {
    barnaul_under_p3(app);
    let route = RouteUnderTest::start(app, "teacher", "teacher");
    let mut line = activity(None);
    line["reason"] = json!("need");
    route.add("teacher", line).expect(201);
    route
}

/// P3-24: the interim results of a route in force may be heard at the expert and methodical council: day, council and
/// conclusion are kept. It is optional.
#[test]
fn interim_results_are_heard_at_the_council() {
    let app = TestApp::start();
    let route = under_p3(&app);
    record(&app, &route, "secretary", "2026-03-02").refused(409, "conflict.state");
    route.submit("teacher").expect(200);
    route.decide("director", "endorse").expect(200);
    let list = |persona: &str| {
        app.persona(persona).get(&route.path("/hearings")).expect(200).json()["items"].clone()
    };
    assert_eq!(list("teacher"), json!([]));
    let held = record(&app, &route, "secretary", "2026-03-02").expect(201).json();
    assert_eq!(held["council"], "Экспертно-методический совет образовательного учреждения");
    assert_eq!((&held["held_on"], &held["conclusion"]), (&json!("2026-03-02"), &json!("Продолжить")));
    assert_eq!(list("teacher"), json!([held]));
    record(&app, &route, "secretary", "2026-03-03").refused(422, "date_out_of_range");
    record(&app, &route, "secretary", "2026-03-01").refused(422, "date_out_of_range");
    record(&app, &route, "teacher", "2026-03-02").refused(403, "auth.forbidden");
    record(&app, &route, "school_2_director", "2026-03-02").refused(404, "request.not_found");
    let english = app.persona("director").header("accept-language", "en").get(&route.path("/hearings"));
    let council: Value = english.expect(200).json()["items"][0]["council"].clone();
    assert_eq!(council, "Expert and methodical council of the school");
    assert!(app.db_execute("update route_hearings set conclusion = 'Иначе'").is_err());
}

/// The director does not hear himself, and other regulations know no hearings.
#[test]
fn a_hearing_needs_a_rule() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.approve_p4();
    record(&app, &route, "secretary", "2026-03-02").refused(422, "hearing_not_used");
    let actions = route.read("secretary").expect(200).json()["allowed_actions"].clone();
    assert!(!actions.as_array().unwrap().contains(&json!("record_route_hearing")));
}
