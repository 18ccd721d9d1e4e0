//! Review, activation, fulfilment and the end of routes over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::deficits;
use crate::support::build_routes::{RouteUnderTest, activity};

/// P0-15, P0-6: under P0 the head of the association and the deputy agree in this order before the director approves;
/// until then the route stays in review, and nobody brings it into force.
#[test]
fn p0_passes_its_chain_in_order() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.submit("chel_teacher").expect(200);
    assert_eq!(route.state(), "in_review");
    assert!(!route.may_decide("chel_deputy") && !route.may_decide("chel_director"));
    for (persona, decision) in [("chel_association_head", "endorse"), ("chel_deputy", "endorse")] {
        route.decide(persona, decision).expect(200);
        assert_eq!(route.state(), "in_review");
        route.post("chel_teacher", "/activation", json!({})).refused(409, "conflict.state");
    }
    route.decide("chel_director", "approve").expect(200);
    assert_eq!(route.state(), "active");
}

/// P0-6, P4-11: a route that only the organization has agreed to does not come into force.
#[test]
fn one_side_alone_brings_nothing_into_force() {
    let app = TestApp::start();
    crate::support::build_diagnostics::deficit(&app, "teacher");
    let route = RouteUnderTest::start(&app, "director", "teacher");
    route.add("director", activity(None)).expect(201);
    route.submit("director").expect(200);
    assert!(!route.may_decide("coordinator"));
    assert_eq!(route.state(), "in_review");
    route.decide("teacher", "consent").expect(200);
    assert_eq!(route.state(), "in_review");
    route.decide("coordinator", "endorse").expect(200);
    assert_eq!(route.state(), "active");
}

/// P4-12: school and coordinator take their steps; the route comes into force and its deficit is addressed.
#[test]
fn activation_addresses_the_deficits() {
    let app = TestApp::start();
    let (route, deficit) = RouteUnderTest::complete_p4(&app);
    let state = |app: &TestApp| {
        let found = deficits(app, "coordinator", "teacher");
        found.iter().find(|d| d["id"] == json!(deficit)).unwrap()["state"].clone()
    };
    assert_eq!(state(&app), "open");
    route.approve_p4();
    assert_eq!(route.state(), "active");
    assert_eq!(state(&app), "addressed");
    let closed = route.post("director", "/closure", json!({"reason": "Перевод"})).expect(200).json();
    assert_eq!((&closed["state"], &closed["close_reason"]), (&json!("closed_incomplete"), &json!("Перевод")));
    assert_eq!(state(&app), "open");
    // The deficit tells which route moved it.
    let history =
        app.persona("teacher").get(&format!("/api/v1/deficits/{deficit}/events")).expect(200).json();
    let moved: Vec<_> = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (event["kind"].clone(), event["route_id"].clone()))
        .collect();
    let by_route = |kind: &str| (json!(kind), json!(route.id));
    assert_eq!(moved, [(json!("opened"), Value::Null), by_route("addressed"), by_route("released")]);
}

/// P0-42, P0-43: a return carries reason and date, the route is reworked, overdue is derived, and it is submitted again.
#[test]
fn a_returned_route_is_reworked_and_submitted_again() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.submit("chel_teacher").expect(200);
    route.decide("chel_association_head", "endorse").expect(200);
    route.decide("chel_deputy", "endorse").expect(200);
    let resolution = json!({"note": "Добавить стажировку", "due_on": "2026-03-20"});
    route.decide_with("chel_director", "return", resolution).expect(200);
    let read = route.read("chel_teacher").expect(200).json();
    assert_eq!(read["state"], "rework");
    assert_eq!(
        read["rework"],
        json!({"reason": "Добавить стажировку", "due_on": "2026-03-20", "overdue": false})
    );
    app.days_pass(20);
    assert_eq!(route.read("chel_teacher").expect(200).json()["rework"]["overdue"], true);
    route.add("chel_teacher", activity(Some("elective"))).expect(201);
    route.submit("chel_teacher").expect(200);
    assert_eq!(route.state(), "in_review");
    assert!(route.read("chel_teacher").expect(200).json()["rework"].is_null());
}

#[test]
fn nobody_edits_a_route_in_review() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let old = route.etag();
    route.submit("teacher").expect(200);
    route.add("teacher", activity(None)).refused(409, "conflict.state");
    route.put("teacher", "/stages", json!({"stages": []})).refused(409, "conflict.state");
    route.submit("teacher").refused(409, "conflict.state");
    app.persona("teacher")
        .post_if(&route.path("/submission"), &old, json!({}))
        .refused(412, "request.precondition_failed");
    let actions = route.read("teacher").expect(200).json()["allowed_actions"].clone();
    assert_eq!(actions, json!(["mark_route_participation", "withdraw_route", "create_route_comment"]));
    route.post("teacher", "/withdrawal", json!({})).expect(200);
    assert_eq!(route.state(), "withdrawn");
    route.post("teacher", "/participation", json!({})).refused(409, "conflict.state");
}

/// P0-31, P4-27: an activity past its end is overdue and puts the route on the list; completing it takes it off.
#[test]
fn late_activities_put_a_route_on_the_overdue_list() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.approve_p4();
    let late = |app: &TestApp| {
        app.persona("director").get("/api/v1/routes?overdue=true").expect(200).json()["items"].clone()
    };
    assert_eq!(late(&app), json!([]));
    app.days_pass(100);
    assert_eq!(late(&app)[0]["id"], json!(route.id));
    let read = route.read("director").expect(200).json();
    assert_eq!((&read["overdue"], &read["activities"][0]["overdue"]), (&json!(true), &json!(true)));
    let completion = format!("/activities/{}/completion", read["activities"][0]["id"].as_str().unwrap());
    route.post("teacher", &completion, json!({"completed_on": "2026-05-30"})).refused(403, "auth.forbidden");
    route.post("director", &completion, json!({"completed_on": "2027-05-30"})).refused(422, "out_of_range");
    let done = route.post("director", &completion, json!({"completed_on": "2026-05-30"})).expect(200).json();
    assert_eq!(done["progress"]["share"], 100);
    assert_eq!(done["overdue"], false);
    assert_eq!(late(&app), json!([]));
    route.post("director", &completion, json!({"completed_on": "2026-05-30"})).refused(409, "conflict.state");
    let completed = route.post("deputy", "/completion", json!({})).expect(200).json();
    assert_eq!((&completed["state"], &completed["closed_on"]), (&json!("completed"), &json!("2026-06-10")));
}

/// P0-6: a route approved before its term begins waits, and comes into force on its first day.
#[test]
fn an_approved_route_waits_for_its_first_day() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let mut content = route.written("teacher");
    content["starts_on"] = json!("2026-03-09");
    content["activities"][0]["data"]["starts_on"] = json!("2026-03-09");
    route.put("teacher", "/contents", content).expect(200);
    route.approve_p4();
    assert_eq!(route.state(), "approved");
    route.post("director", "/activation", json!({})).refused(409, "conflict.state");
    app.days_pass(7);
    // Whoever may draft it brings it into force; the regulation names neither curator nor operator.
    for other in ["curator", "operator", "association_head"] {
        route.post(other, "/activation", json!({})).refused(403, "auth.forbidden");
        let shown = route.read(other).expect(200).json();
        assert!(!shown["allowed_actions"].as_array().unwrap().contains(&json!("activate_route")), "{other}");
    }
    route.post("director", "/activation", json!({})).expect(200);
    assert_eq!(route.state(), "active");
}
