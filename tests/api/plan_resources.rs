//! Resources of plans, over HTTP, at a school that lives under the regulation of Grozny (P1).

use serde_json::{Value, json};

use crate::support::build_following::{active_p1, stages};
use crate::support::build_plans::compose;
use crate::support::build_requests::send;
use crate::support::build_training::{listed, with};
use crate::support::{Answer, TestApp};

/// The plan of the school year by the curator, with the lines of a route in force.
#[track_caller]
fn year(app: &TestApp) -> String {
    let year = json!({"kind": "school_year", "title": "2025/26", "starts_on": "2025-09-01", "ends_on": "2026-08-31"});
    compose(app, "curator", year).expect(201).id()
}

fn money() -> Value {
    json!({"kind": "financial", "owner": "external", "title": "Оплата курсов", "unit": "kopecks", "needed": 1_000_000,
        "available": 400_000, "forecast_on": "2026-06-01"})
}

fn add(app: &TestApp, plan: &str, fields: Value) -> Answer {
    app.persona("curator").post(&format!("/api/v1/plans/{plan}/resources"), with(money(), fields))
}

fn laptops() -> Value {
    json!({"kind": "material", "owner": "internal", "title": "Ноутбуки", "unit": "шт.", "needed": 10, "available": 12})
}

/// P1-44: the plan lists what resources there are: financial, material and methodical, of the school and of others.
/// P1-45: each with what is needed, what there is and by when the rest is expected, estimated anew as it changes.
#[test]
fn resources_are_listed_and_estimated() {
    let app = TestApp::start();
    active_p1(&app);
    let plan = year(&app);
    let id = add(&app, &plan, json!({})).expect(201).id();
    add(&app, &plan, laptops()).expect(201);
    let help = json!({"kind": "methodical", "title": "Методист центра", "unit": "часы", "needed": 20, "available": 20});
    add(&app, &plan, help).expect(201);
    add(&app, &plan, json!({"unit": "шт."})).refused(422, "wrong_unit");
    add(&app, &plan, json!({"needed": 0})).refused(422, "range");
    add(&app, &plan, json!({"owner": "nobody"})).expect(422);
    app.persona("director")
        .post(&format!("/api/v1/plans/{plan}/resources"), money())
        .refused(403, "auth.forbidden");
    let list = |query: &str| {
        let path = format!("/api/v1/plans/{plan}/resources{query}");
        listed(&app.persona("director").get(&path).expect(200), "title")
    };
    assert_eq!(list(""), ["Оплата курсов", "Ноутбуки", "Методист центра"]);
    assert_eq!(list("?owner=internal"), ["Ноутбуки"]);
    assert_eq!(list("?kind=methodical"), ["Методист центра"]);
    let path = format!("/api/v1/plan-resources/{id}");
    let curator = app.persona("curator");
    let found = curator.get(&path).expect(200);
    assert_eq!((&found.json()["gap"], &found.json()["forecast_on"]), (&json!(600_000), &json!("2026-06-01")));
    let estimate = json!({"needed": 1_000_000, "available": 900_000, "forecast_on": "2026-07-01"});
    curator.patch(&path, "\"7\"", estimate.clone()).refused(412, "request.precondition_failed");
    let after = curator.patch(&path, &found.etag(), estimate).expect(200).json();
    assert_eq!((&after["gap"], &after["forecast_on"]), (&json!(100_000), &json!("2026-07-01")));
}

/// P1-46: one report shows all kinds side by side with what is missing; too much of one fills no gap of another.
#[test]
fn one_report_shows_all_kinds_with_their_gaps() {
    let app = TestApp::start();
    active_p1(&app);
    let plan = year(&app);
    add(&app, &plan, laptops()).expect(201);
    add(&app, &plan, with(laptops(), json!({"title": "Проекторы", "needed": 3, "available": 1}))).expect(201);
    add(&app, &plan, json!({})).expect(201);
    let path = format!("/api/v1/plans/{plan}/resource-report");
    let report = app.persona("municipal_officer").get(&path).expect(200).json();
    let row = |row: &Value| {
        ["kind", "owner", "resources", "needed", "available", "gap"].map(|field| row[field].clone())
    };
    let rows: Vec<[Value; 6]> = report["rows"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(
        rows,
        [
            [
                json!("financial"),
                json!("external"),
                json!(1),
                json!(1_000_000),
                json!(400_000),
                json!(600_000)
            ],
            [json!("material"), json!("internal"), json!(2), json!(13), json!(13), json!(2)],
        ]
    );
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
}

/// P1-47: what goes to a route, or to a stage of it, is stored; never more than is needed, nor provided more than there is.
#[test]
fn resources_go_to_routes_of_the_plan() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let plan = year(&app);
    let money = add(&app, &plan, json!({})).expect(201).id();
    let assign = |fields: Value| {
        let body = with(json!({"route_id": route.id, "amount": 300_000}), fields);
        app.persona("curator").post(&format!("/api/v1/plan-resources/{money}/allocations"), body)
    };
    assign(json!({"route_id": rost::ids::new_id()})).refused(422, "unknown");
    assign(json!({"stage_id": rost::ids::new_id()})).refused(422, "unknown");
    let refused = assign(json!({"amount": 1_000_001})).refused(422, "allocation_exceeded").json();
    assert_eq!(refused["errors"][0]["requirement"], "P1-47");
    let stage = &stages(&route, "curator")[1];
    let first = assign(json!({"stage_id": stage})).expect(201).json();
    assert_eq!((&first["due_on"], &first["deviation"]), (&json!("2026-06-01"), &json!(false)));
    let second = assign(json!({"amount": 200_000})).expect(201).id();
    assign(json!({"amount": 500_001})).refused(422, "allocation_exceeded");
    let provide =
        |id: &str, body: Value| send(&app, "curator", "plan-resource-allocations", id, "provision", body);
    provide(&second, json!({"provided_on": "2026-03-03"})).refused(422, "date_out_of_range");
    provide(&second, json!({})).expect(200);
    provide(&second, json!({})).refused(409, "conflict.state");
    provide(first["id"].as_str().unwrap(), json!({})).refused(422, "not_available");
    let path = format!("/api/v1/plans/{plan}/resource-allocations?route_id={}", route.id);
    let amounts = listed(&app.persona("director").get(&path).expect(200), "amount");
    assert_eq!(amounts, [json!(200_000), json!(300_000)]);
    let found = app.persona("director").get(&format!("/api/v1/plan-resources/{money}")).expect(200).json();
    assert_eq!((&found["allocated"], &found["provided"]), (&json!(500_000), &json!(200_000)));
    let less = json!({"needed": 499_999, "available": 199_999, "forecast_on": "2026-06-01"});
    let refused = app.persona("curator").patch(&format!("/api/v1/plan-resources/{money}"), "\"1\"", less);
    assert_eq!(refused.expect(422).codes(), ["request.invalid", "below_allocated", "below_provided"]);
}

/// P1-48: what is not provided on the first day of its stage is a deviation from that day on.
#[test]
fn what_is_not_provided_at_the_start_of_a_stage_is_a_deviation() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let plan = year(&app);
    let money = add(&app, &plan, json!({})).expect(201).id();
    let stages = stages(&route, "curator");
    let assign = |stage: &str| {
        let body = json!({"route_id": route.id, "stage_id": stage, "amount": 100_000});
        app.persona("curator")
            .post(&format!("/api/v1/plan-resources/{money}/allocations"), body)
            .expect(201)
            .id()
    };
    let (begun, later) = (assign(&stages[0]), assign(&stages[1]));
    let deviating = || {
        let path = format!("/api/v1/plans/{plan}/resource-allocations?deviating=true");
        listed(&app.persona("director").get(&path).expect(200), "id")
    };
    assert_eq!(deviating(), [json!(begun)]);
    send(&app, "curator", "plan-resource-allocations", &begun, "provision", json!({})).expect(200);
    assert_eq!(deviating(), Vec::<Value>::new());
    app.days_pass(91);
    assert_eq!(deviating(), [json!(later)]);
    app.days_pass(3);
    let late = send(&app, "curator", "plan-resource-allocations", &later, "provision", json!({}));
    let late = late.expect(200).json();
    assert_eq!((&late["deviation"], &late["days_late"]), (&json!(true), &json!(3)));
    assert_eq!(deviating(), [json!(later)]);
}

/// Where the regulation knows no resources of plans none are recorded.
#[test]
fn resources_are_not_used_elsewhere() {
    let app = TestApp::start();
    let plan = compose(&app, "chel_deputy", json!({})).expect(201).id();
    let path = format!("/api/v1/plans/{plan}/resources");
    app.persona("chel_deputy").post(&path, money()).refused(422, "not_used");
}
