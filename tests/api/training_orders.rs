//! Training orders of schools and their municipality over HTTP, in Barnaul under the regulation of Georgievsk (P3).

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_orders::{
    begin, begin_for, lines, municipal, place, read, request, seminar_of_center, send, submitted,
};
use crate::support::build_requests::decide;
use crate::support::build_routes::RouteUnderTest;
use crate::support::build_training::{listed, open, seminar};
use crate::support::regulated_training::barnaul_under_p3;

fn start() -> TestApp {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    app
}

/// P3-3: lines come from a need, from an activity of an agreed route and from the head's own request; each keeps where it
/// came from.
#[test]
fn a_school_order_keeps_where_its_lines_come_from() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let activity = route.read("teacher").expect(200).json()["activities"][0]["id"].clone();
    let need =
        json!({"person_id": app.person("teacher_2"), "ground": "own_request", "topic": "Робототехника"});
    let need = app.persona("director").post("/api/v1/needs", need).expect(201).id();
    barnaul_under_p3(&app);
    let id = begin(&app, "director", "school_1", "school").expect(201).id();
    let from_route = json!({"origin": "route", "activity_id": activity});
    // A draft of a route orders nothing.
    send(&app, "director", &id, "lines", from_route.clone()).refused(422, "unknown");
    route.approve_p4();
    send(&app, "director", &id, "lines", from_route.clone()).expect(201);
    send(&app, "director", &id, "lines", from_route).refused(409, "conflict.already_exists");
    send(&app, "director", &id, "lines", json!({"origin": "need", "need_id": need})).expect(201);
    send(&app, "director", &id, "lines", request("Оценивание", 4)).expect(201);

    let found = lines(&app, "director", &id);
    let told: Vec<_> = found.iter().map(|line| (&line["origin"], &line["people"])).collect();
    assert_eq!(
        told,
        [(&json!("route"), &json!(1)), (&json!("need"), &json!(1)), (&json!("head_request"), &json!(4))]
    );
    assert_eq!(found[0]["activity_id"], activity);
    assert_eq!(found[0]["person_id"], json!(app.person("teacher")));
    assert_eq!((&found[1]["need_id"], &found[1]["topic"]), (&json!(need), &json!("Робототехника")));
    assert_eq!((&found[1]["ground"], &found[2]["person_hours"]), (&json!("own_request"), &json!(64.0)));
    let one = app
        .persona("director")
        .get(&format!("/api/v1/training-order-lines/{}", found[2]["id"].as_str().unwrap()));
    assert_eq!(one.expect(200).json(), found[2]);
}

/// Everything wrong with a line is told at once; what its origin says already is not sent.
#[test]
fn a_line_says_what_its_origin_does_not() {
    let app = start();
    let id = begin(&app, "director", "school_1", "school").expect(201).id();
    let wrong = json!({"origin": "need", "topic": "Тема", "people": 2});
    let refused = send(&app, "director", &id, "lines", wrong).expect(422);
    assert_eq!(refused.codes(), ["request.invalid", "required", "not_allowed", "not_allowed"]);
    let manual = json!({"origin": "manual", "topic": "Тема", "people": 2});
    send(&app, "director", &id, "lines", manual).refused(422, "not_allowed");
    let elsewhere = json!({"origin": "need", "need_id": rost::ids::new_id()});
    send(&app, "director", &id, "lines", elsewhere).refused(422, "unknown");
    let line = send(&app, "director", &id, "lines", request("Чтение", 2)).expect(201).id();
    let path = format!("/api/v1/training-orders/{id}/lines/{line}");
    let etag = read(&app, "director", &id).etag();
    app.persona("director").delete(&path, "\"1\"").refused(412, "request.precondition_failed");
    app.persona("director").delete(&path, &etag).expect(200);
    assert_eq!(lines(&app, "director", &id), Vec::<Value>::new());
    send(&app, "director", &id, "submission", json!({})).refused(422, "empty");
}

/// P0-40: a school submits its yearly need upward, and its municipality sees it.
#[test]
fn a_school_submits_its_yearly_need_and_the_municipality_sees_it() {
    let app = start();
    let id = submitted(&app, "director", "school_1", &[("Чтение", 2)]);
    for persona in ["municipal_officer", "methodist", "ministry", "auditor"] {
        let page = app.persona(persona).get("/api/v1/training-orders?state=submitted").expect(200);
        assert_eq!(listed(&page, "id"), [json!(id)], "{persona}");
    }
    let seen = read(&app, "municipal_officer", &id).expect(200).json();
    assert_eq!((&seen["starts_on"], &seen["ends_on"]), (&json!("2025-09-01"), &json!("2026-08-31")));
    assert_eq!(
        seen["sums"],
        json!({"lines": 1, "people": 2, "person_hours": 32.0, "amount_kopecks": 100_000, "placed": 0, "unplaced": 2})
    );
    for persona in ["school_2_director", "biysk_officer"] {
        read(&app, persona, &id).refused(404, "request.not_found");
    }
    let page = app.persona("biysk_officer").get("/api/v1/training-orders").expect(200);
    assert_eq!(listed(&page, "id"), Vec::<Value>::new());
}

/// Twice, at the wrong level, for a period that is over: clear refusals.
#[test]
fn an_order_is_submitted_once_by_its_own_level_and_in_time() {
    let app = start();
    let id = submitted(&app, "director", "school_1", &[("Чтение", 2)]);
    send(&app, "director", &id, "submission", json!({})).refused(409, "conflict.state");
    send(&app, "director", &id, "lines", request("Ещё", 1)).refused(409, "conflict.state");
    begin(&app, "director", "school_1", "school").refused(409, "conflict.already_exists");
    begin_for(&app, "director", "school_1", "school", 2024).refused(422, "period_over");
    begin(&app, "director", "school_1", "municipality").refused(403, "auth.forbidden");
    begin(&app, "methodist", "school_2", "school").refused(403, "auth.forbidden");
    begin(&app, "municipal_officer", "barnaul", "municipality").refused(403, "auth.forbidden");
    begin(&app, "operator", "operator", "region").refused(422, "not_used");
    let late = begin(&app, "school_2_director", "school_2", "school").expect(201).id();
    send(&app, "school_2_director", &late, "lines", request("Чтение", 1)).expect(201);
    app.days_pass(183);
    send(&app, "school_2_director", &late, "submission", json!({})).refused(422, "period_over");
    assert_eq!(read(&app, "school_2_director", &late).expect(200).json()["state"], "draft");
}

/// P3-5: a municipal order is built only from submitted school orders, each taken once; lines by hand are marked.
#[test]
fn a_municipal_order_is_built_from_submitted_school_orders_alone() {
    let app = start();
    begin(&app, "methodist", "barnaul", "municipality").refused(422, "no_submitted_orders");
    let draft = begin(&app, "school_2_director", "school_2", "school").expect(201).id();
    send(&app, "school_2_director", &draft, "lines", request("Чтение", 3)).expect(201);
    let first = submitted(&app, "director", "school_1", &[("Чтение", 2)]);
    let id = begin(&app, "methodist", "barnaul", "municipality").expect(201).id();
    assert_eq!(read(&app, "methodist", &id).json()["sums"]["people"], json!(2));
    assert_eq!(read(&app, "director", &first).json()["taken_by_id"], json!(id));
    send(&app, "director", &first, "withdrawal", json!({})).refused(409, "conflict.state");

    // Who submits later is taken later, and nobody twice.
    send(&app, "school_2_director", &draft, "submission", json!({})).expect(200);
    send(&app, "methodist", &id, "refresh", json!({})).expect(200);
    let again = send(&app, "methodist", &id, "refresh", json!({})).expect(200).json();
    assert_eq!((&again["sums"]["people"], &again["sums"]["lines"]), (&json!(5), &json!(1)));
    let manual = json!({"origin": "manual", "topic": "Семинар для завучей", "people": 10});
    send(&app, "methodist", &id, "lines", manual).expect(201);
    let origins: Vec<_> = lines(&app, "methodist", &id).iter().map(|line| line["origin"].clone()).collect();
    assert_eq!(origins, ["orders", "manual"]);

    // What was taken waits again when the order above is taken back.
    let withdrawn = send(&app, "methodist", &id, "withdrawal", json!({})).expect(200).json();
    assert_eq!((&withdrawn["state"], &withdrawn["allowed_actions"]), (&json!("withdrawn"), &json!([])));
    assert_eq!(read(&app, "director", &first).json()["taken_by_id"], Value::Null);
    let anew = begin(&app, "methodist", "barnaul", "municipality").expect(201).json();
    assert_eq!(anew["sums"]["people"], json!(5));
}

/// P3-27: the lines of schools about the same are added up; each keeps the line it went into, and the totals are equal.
#[test]
fn lines_of_schools_are_added_up_and_keep_their_links() {
    let app = start();
    let id = municipal(&app);
    let above = lines(&app, "methodist", &id);
    let told: Vec<_> =
        above.iter().map(|line| (&line["topic"], &line["people"], &line["person_hours"])).collect();
    assert_eq!(
        told,
        [(&json!("Оценивание"), &json!(1), &json!(16.0)), (&json!("Чтение"), &json!(5), &json!(80.0))]
    );
    let page =
        app.persona("methodist").get(&format!("/api/v1/training-orders?taken_by_id={id}")).expect(200).json();
    let mut below = Vec::new();
    let (mut people, mut hours, mut money) = (0, 0.0, 0);
    for order in page["items"].as_array().unwrap() {
        people += order["sums"]["people"].as_i64().unwrap();
        hours += order["sums"]["person_hours"].as_f64().unwrap();
        money += order["sums"]["amount_kopecks"].as_i64().unwrap();
        below.extend(lines(&app, "methodist", order["id"].as_str().unwrap()));
    }
    let sums = read(&app, "methodist", &id).json()["sums"].clone();
    assert_eq!((&sums["people"], &sums["person_hours"]), (&json!(people), &json!(hours)));
    assert_eq!(sums["amount_kopecks"], json!(money));
    for line in &above {
        let parts = below.iter().filter(|it| it["upper_line_id"] == line["id"]);
        let sum: i64 = parts.map(|part| part["people"].as_i64().unwrap()).sum();
        assert_eq!(json!(sum), line["people"]);
    }
}

/// P3-6: an order is placed with the municipal centre or a base school, nowhere else.
#[test]
fn an_order_is_placed_with_the_centre_or_a_base_school() {
    let app = start();
    let id = municipal(&app);
    let line = lines(&app, "methodist", &id)[1].clone();
    let elsewhere = open(&app, &seminar(10));
    let refused = place(&app, &id, &line, &elsewhere, 1).refused(422, "wrong_target").json();
    let field = &refused["errors"][0];
    assert_eq!((&field["requirement"], &field["paragraph"]), (&json!("P3-6"), &json!("1.4")));
    let body = json!({"organization_id": app.organization("school_2"), "data": seminar(10)});
    let at_school = app.persona("school_2_director").post("/api/v1/offerings", body).expect(201).id();
    place(&app, &id, &line, &at_school, 1).refused(422, "wrong_target");
    let school = app.organization("school_2");
    app.db_execute(&format!("update organizations set functions = '{{base_school}}' where id = '{school}'"))
        .unwrap();
    place(&app, &id, &line, &at_school, 1).expect(200);
    place(&app, &id, &line, &rost::ids::new_id().to_string(), 1).refused(422, "unknown");
    let body = json!({"line_id": line["id"], "offering_id": at_school, "people": 1});
    send(&app, "municipal_officer", &id, "placements", body.clone()).refused(403, "auth.forbidden");
    send(&app, "director", &id, "placements", body).refused(404, "request.not_found");
}

/// P3-29: a line is placed into one or more offerings; what is not placed is told.
#[test]
fn a_line_is_placed_into_several_offerings_and_the_rest_is_told() {
    let app = start();
    let id = municipal(&app);
    let line = lines(&app, "methodist", &id)[1].clone();
    let (one, other) = (seminar_of_center(&app, "Весна"), seminar_of_center(&app, "Осень"));
    send(&app, "methodist", &id, "placement", json!({})).refused(422, "nothing_placed");
    place(&app, &id, &line, &one, 3).expect(200);
    place(&app, &id, &line, &other, 3).refused(422, "above_rest");
    let sums = place(&app, &id, &line, &other, 1).expect(200).json()["sums"].clone();
    assert_eq!((&sums["placed"], &sums["unplaced"]), (&json!(4), &json!(2)));
    let shown = lines(&app, "methodist", &id)[1].clone();
    assert_eq!((&shown["unplaced"], &shown["placements"].as_array().unwrap().len()), (&json!(1), &2));
    let sums = place(&app, &id, &line, &other, 0).expect(200).json()["sums"].clone();
    assert_eq!((&sums["placed"], &sums["unplaced"]), (&json!(3), &json!(3)));
}

/// P3-11: an order is placed by the step of the education department and not otherwise.
#[test]
fn an_order_is_placed_only_when_the_department_agrees() {
    let app = start();
    let id = municipal(&app);
    let line = lines(&app, "methodist", &id)[1].clone();
    let offering = seminar_of_center(&app, "Весна");
    place(&app, &id, &line, &offering, 3).expect(200);
    let placing = send(&app, "methodist", &id, "placement", json!({})).expect(200).json();
    assert_eq!((&placing["state"], &placing["placed_at"]), (&json!("placing"), &Value::Null));
    place(&app, &id, &line, &offering, 4).refused(409, "conflict.state");
    decide(&app, "methodist", &id, "endorse", json!({})).expect(403);

    let words = json!({"note": "Перенесите на каникулы", "due_on": "2026-03-20"});
    decide(&app, "municipal_officer", &id, "return", words).expect(200);
    let returned = read(&app, "methodist", &id).expect(200).json();
    assert_eq!(returned["state"], "submitted");
    assert_eq!(returned["rework"]["reason"], "Перенесите на каникулы");
    place(&app, &id, &line, &offering, 4).expect(200);
    send(&app, "methodist", &id, "placement", json!({})).expect(200);
    decide(&app, "municipal_officer", &id, "endorse", json!({})).expect(200);
    let placed = read(&app, "methodist", &id).expect(200).json();
    assert_eq!((&placed["state"], &placed["sums"]["unplaced"]), (&json!("placed"), &json!(2)));
    assert_eq!(placed["placed_at"], "2026-03-02T06:00:00Z");
    send(&app, "methodist", &id, "withdrawal", json!({})).refused(409, "conflict.state");
}
