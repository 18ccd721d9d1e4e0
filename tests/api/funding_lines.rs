//! What pays for plans, over HTTP, at a school that lives under P0.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_plans::{agreed, compose, tell};
use crate::support::build_routes::chel_program;
use crate::support::build_training::{listed, with};

/// P0-33: the municipality pays, or extra-budget funds do, or another source that the regulation names; the sums of a plan
/// are told by source, by route and by stage, and make up the same total.
#[test]
fn sums_of_a_plan_are_told_by_source_route_and_stage() {
    let app = TestApp::start();
    let route = agreed(&app, "chel_teacher", &chel_program(&app));
    let stage = route.read("chel_deputy").expect(200).json()["stages"][0]["id"].clone();
    let plan = compose(&app, "chel_deputy", json!({})).expect(201).id();
    let add = |fields: Value| {
        let line = json!({"source": "municipal", "amount_kopecks": 1_000_000});
        tell(&app, "chel_deputy", &plan, "funding-lines", with(line, fields))
    };
    let refused = add(json!({"source": "voucher"})).refused(422, "funding_source_not_allowed").json();
    let problem = &refused["errors"][0];
    assert_eq!((&problem["requirement"], &problem["paragraph"]), (&json!("P0-33"), &json!("4.1")));
    for amount in [json!(0), json!(-1), json!(1.5)] {
        add(json!({"amount_kopecks": amount})).expect(422);
    }
    add(json!({"route_id": rost::ids::new_id()})).refused(422, "unknown");
    add(json!({"stage_id": stage})).refused(422, "unknown");
    add(json!({})).expect(201);
    add(json!({"route_id": route.id, "amount_kopecks": 50_050})).expect(201);
    add(json!({"route_id": route.id, "stage_id": stage, "source": "off_budget", "amount_kopecks": 7}))
        .expect(201);
    let path = format!("/api/v1/plans/{plan}/funding");
    let funding = app.persona("chel_director").get(&path).expect(200).json();
    assert_eq!(funding["total_kopecks"], 1_050_057);
    let sum = |part: &str| {
        let sums = funding[part].as_array().unwrap().iter();
        sums.map(|sum| (sum["source"].clone(), sum["amount_kopecks"].clone())).collect::<Vec<_>>()
    };
    let (municipal, off_budget) = (json!("municipal"), json!("off_budget"));
    assert_eq!(sum("by_source"), [(municipal.clone(), json!(1_050_050)), (off_budget.clone(), json!(7))]);
    let each = [(municipal.clone(), json!(1_000_000)), (municipal, json!(50_050)), (off_budget, json!(7))];
    assert_eq!(sum("by_route"), each);
    assert_eq!(sum("by_stage"), each);
    assert_eq!(funding["by_stage"][2]["stage_id"], stage);
}

/// A line is taken out again while the plan is not being decided on; what was not seen is not overwritten.
#[test]
fn a_line_of_funding_is_taken_out() {
    let app = TestApp::start();
    let plan = compose(&app, "chel_deputy", json!({})).expect(201).id();
    let line = json!({"source": "grant", "amount_kopecks": 100, "note": "Грант № 12"});
    let stale = app.persona("chel_deputy").get(&format!("/api/v1/plans/{plan}")).expect(200).etag();
    let id = tell(&app, "chel_deputy", &plan, "funding-lines", line.clone()).expect(201).id();
    let path = format!("/api/v1/plans/{plan}/funding-lines");
    let deputy = app.persona("chel_deputy");
    let listed = |query: &str| listed(&deputy.get(&format!("{path}{query}")).expect(200), "id");
    assert_eq!(listed("?source=grant"), [json!(id)]);
    assert_eq!(listed("?source=own"), Vec::<Value>::new());
    let one = format!("{path}/{id}");
    deputy.delete(&one, &stale).refused(412, "request.precondition_failed");
    let etag = deputy.get(&format!("/api/v1/plans/{plan}")).expect(200).etag();
    app.persona("chel_director").delete(&one, &etag).refused(403, "auth.forbidden");
    assert_eq!(deputy.delete(&one, &etag).expect(200).json()["total_kopecks"], 0);
    tell(&app, "chel_deputy", &plan, "submission", json!({})).expect(200);
    tell(&app, "chel_deputy", &plan, "funding-lines", line).refused(409, "conflict.state");
    app.persona("chel_teacher").get(&path).refused(403, "auth.forbidden");
}
