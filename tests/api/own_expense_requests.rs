//! Requests to learn outside the route at one's own expense, over HTTP, at a school that lives under P0.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_hours::{confirmed, record};
use crate::support::build_requests::{ask, decide, marks, paper, read, send, wish};
use crate::support::build_routes::{RouteUnderTest, chel_program};
use crate::support::build_training::{listed, with};

const REQUESTS: &str = "own-expense-requests";

/// P0-45: topic and dates are required, the sum is not; everything wrong is told at once.
#[test]
fn a_request_says_topic_and_dates_and_the_sum_where_needed() {
    let app = TestApp::start();
    let teacher = app.persona("chel_teacher");
    let path = format!("/api/v1/{REQUESTS}");
    for field in ["topic", "starts_on", "ends_on"] {
        let mut wish = wish();
        wish.as_object_mut().unwrap().remove(field);
        teacher.post(&path, json!({"wish": wish})).expect(422);
    }
    let wrong = json!({"starts_on": "2026-03-01", "ends_on": "2026-02-01", "module_id": rost::ids::new_id()});
    let refused = ask(&app, "chel_teacher", wrong).expect(422);
    assert_eq!(refused.codes(), ["request.invalid", "date_in_past", "dates_out_of_order", "required"]);
    let unknown = ask(&app, "chel_teacher", json!({"program_id": rost::ids::new_id()}));
    let unknown = unknown.refused(422, "unknown").json();
    assert_eq!(unknown["errors"][0]["pointer"], "/wish/program_id");

    let free = ask(&app, "chel_teacher", json!({})).expect(201);
    let shown = free.json();
    assert_eq!((&shown["state"], &shown["amount_kopecks"]), (&json!("in_review"), &Value::Null));
    assert_eq!(shown["organization_id"], json!(app.organization("chel_school")));
    assert_eq!(shown["allowed_actions"], json!(["withdraw_own_expense_request"]));
    let paid = ask(&app, "chel_teacher", json!({"topic": "Логопедия", "amount_kopecks": 1_200_000}));
    assert_eq!(paid.expect(201).json()["amount_kopecks"], json!(1_200_000));
    let elsewhere = json!({"wish": wish(), "organization_id": app.organization("chel_school_2")});
    teacher.post(&path, elsewhere).refused(422, "not_employed");
}

/// P0-45: what an agreed route of the person holds already is no matter for a request, whether the program, its module or
/// the words alone name it; a draft of a route holds nothing yet.
#[test]
fn what_the_route_holds_is_not_asked_for() {
    let app = TestApp::start();
    let program = chel_program(&app);
    let (whole, module) = (&program["id"], &program["modules"][0]["id"]);
    let route = RouteUnderTest::complete_p0(&app);
    let line = json!({"kind": "module", "part": "prospective_plan", "title": "Критерии оценивания",
        "module_id": module, "starts_on": "2026-04-01", "ends_on": "2026-05-31", "reason": "interest"});
    route.add("chel_teacher", line).expect(201);
    ask(&app, "chel_teacher", json!({"program_id": whole})).expect(201);
    route.approve_p0();

    let refused = |fields: Value| {
        let problem = ask(&app, "chel_teacher", fields).refused(422, "already_in_route").json();
        let field = problem["errors"][0].clone();
        assert_eq!((&field["requirement"], &field["paragraph"]), (&json!("P0-45"), &json!("5.2")));
        field["pointer"].as_str().unwrap().to_owned()
    };
    assert_eq!(refused(json!({"program_id": whole})), "/wish/program_id");
    assert_eq!(refused(json!({"program_id": whole, "module_id": module})), "/wish/module_id");
    assert_eq!(refused(json!({"topic": "чтение"})), "/wish/topic");
    let other = json!({"program_id": whole, "module_id": program["modules"][1]["id"]});
    ask(&app, "chel_teacher", other).expect(201);
    // Somebody else's route is no obstacle.
    ask(&app, "chel_teacher_2", json!({"program_id": whole})).expect(201);
}

/// P0-46: the director alone decides, and refuses with a reason.
#[test]
fn the_director_alone_decides_and_refuses_with_a_reason() {
    let app = TestApp::start();
    let id = ask(&app, "chel_teacher", json!({})).expect(201).id();
    decide(&app, "chel_deputy", &id, "approve", json!({})).refused(403, "not_your_step");
    decide(&app, "chel_director", &id, "reject", json!({})).refused(422, "reason_required");
    let reason = "Некем заменить на уроках";
    decide(&app, "chel_director", &id, "reject", json!({"note": reason})).expect(200);
    let shown = read(&app, "chel_teacher", REQUESTS, &id).expect(200).json();
    assert_eq!((&shown["state"], &shown["reason"]), (&json!("rejected"), &json!(reason)));
    assert_eq!((&shown["allowed_actions"], &shown["credential_ids"]), (&json!([]), &json!([])));
    assert_eq!(shown["decided_at"], "2026-03-02T06:00:00Z");
    send(&app, "chel_teacher", REQUESTS, &id, "withdrawal", json!({})).refused(409, "conflict.state");
}

/// P0-46: what was learnt by an approved request stands in the ledger as learnt outside the route; a request that waits,
/// of somebody else, or a paper about an activity of the route gives no such mark.
#[test]
fn what_was_learnt_by_a_request_is_marked_in_the_ledger() {
    let app = TestApp::start();
    let id = ask(&app, "chel_teacher", json!({})).expect(201).id();
    let of_other = ask(&app, "chel_teacher_2", json!({})).expect(201).id();
    decide(&app, "chel_director", &of_other, "approve", json!({})).expect(200);
    app.days_pass(30);
    let named = |id: &str| paper(&app, "17", json!({"own_expense_request_id": id}));
    for wrong in [&id, &of_other] {
        let refused = record(&app, "chel_teacher", named(wrong)).refused(422, "unknown").json();
        assert_eq!(refused["errors"][0]["pointer"], "/own_expense_request_id");
    }
    decide(&app, "chel_director", &id, "approve", json!({})).expect(200);
    let both = with(named(&id), json!({"external_offer_id": id}));
    record(&app, "chel_teacher", both).refused(422, "not_allowed");

    let outside = confirmed(&app, "chel_teacher", "chel_director", named(&id));
    let inside = confirmed(&app, "chel_teacher", "chel_director", paper(&app, "18", json!({})));
    let mut expected = vec![(outside.clone(), true), (inside, false)];
    let mut found = marks(&app);
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    let shown = read(&app, "chel_teacher", REQUESTS, &id).expect(200).json();
    assert_eq!((&shown["state"], &shown["credential_ids"]), (&json!("approved"), &json!([outside])));
}

/// A returned request is written anew and goes on; one that waits is taken back with its request for approval.
#[test]
fn a_request_is_returned_handed_in_again_and_taken_back() {
    let app = TestApp::start();
    let id = ask(&app, "chel_teacher", json!({})).expect(201).id();
    let again = |persona: &str| {
        let body = json!({"wish": with(wish(), json!({"starts_on": "2026-06-01", "ends_on": "2026-06-20"}))});
        send(&app, persona, REQUESTS, &id, "submission", body)
    };
    again("chel_teacher").refused(409, "conflict.state");
    let words = json!({"note": "Перенесите на каникулы", "due_on": "2026-03-20"});
    decide(&app, "chel_director", &id, "return", words).expect(200);
    let shown = read(&app, "chel_teacher", REQUESTS, &id).expect(200).json();
    assert_eq!(shown["rework"], json!({"reason": "Перенесите на каникулы", "due_on": "2026-03-20"}));
    assert_eq!(
        shown["allowed_actions"],
        json!(["submit_own_expense_request", "withdraw_own_expense_request"])
    );
    again("chel_director").refused(403, "auth.forbidden");
    again("chel_teacher_2").refused(404, "request.not_found");
    let handed_in = again("chel_teacher").expect(200).json();
    assert_eq!((&handed_in["state"], &handed_in["starts_on"]), (&json!("in_review"), &json!("2026-06-01")));

    let path = format!("/api/v1/{REQUESTS}/{id}/withdrawal");
    let teacher = app.persona("chel_teacher");
    teacher.post(&path, json!({})).refused(428, "request.precondition_required");
    teacher.post_if(&path, "\"1\"", json!({})).refused(412, "request.precondition_failed");
    let withdrawn = send(&app, "chel_teacher", REQUESTS, &id, "withdrawal", json!({})).expect(200).json();
    assert_eq!(withdrawn["state"], "withdrawn");
    let found = format!("/api/v1/approval-requests?subject_id={id}");
    let approval = app.persona("chel_director").get(&found).expect(200).json();
    assert_eq!(approval["items"][0]["state"], "withdrawn");
    again("chel_teacher").refused(409, "conflict.state");
}

/// One's own, those to one's school, those of one's region; nobody else's.
#[test]
fn requests_are_seen_by_the_school_and_above() {
    let app = TestApp::start();
    let first = ask(&app, "chel_teacher", json!({})).expect(201).id();
    let second = ask(&app, "chel_teacher_2", json!({})).expect(201).id();
    let ids = |persona: &str, query: &str| {
        listed(&app.persona(persona).get(&format!("/api/v1/{REQUESTS}{query}")).expect(200), "id")
    };
    assert_eq!(ids("chel_teacher", ""), [json!(first)]);
    assert_eq!(ids("chel_deputy", ""), [json!(second), json!(first)]);
    assert_eq!(ids("chel_ministry", "?state=in_review&limit=1"), [json!(second)]);
    let of_one = format!("?person_id={}", app.person("chel_teacher"));
    assert_eq!(ids("chel_director", &of_one), [json!(first)]);
    assert_eq!(ids("director", ""), Vec::<Value>::new());
    read(&app, "director", REQUESTS, &first).refused(404, "request.not_found");
    read(&app, "chel_teacher_2", REQUESTS, &first).refused(404, "request.not_found");
    read(&app, "chel_director", REQUESTS, &first).expect(200);
    ask(&app, "chel_ministry", json!({})).refused(403, "auth.forbidden");
}

/// Where the regulation knows no such requests nobody asks.
#[test]
fn requests_are_not_used_elsewhere() {
    let app = TestApp::start();
    ask(&app, "teacher", json!({})).refused(422, "not_used");
}
