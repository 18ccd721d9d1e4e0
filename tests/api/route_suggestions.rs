//! Lines suggested for a route.

use serde_json::{Value, json};

use crate::support::build_routes::{RouteUnderTest, activity};
use crate::support::regulated_training::school_1_under_p1;
use crate::support::{Answer, TestApp};

fn suggest(app: &TestApp, route: &RouteUnderTest<'_>, by: &str, part: &str) -> Answer {
    let body = json!({"activity": activity(Some(part)), "reason": "Школе нужна эта методика"});
    app.persona(by).post(&route.path("/suggestions"), body)
}

fn decide(app: &TestApp, made: &Answer, by: &str, decision: &str, note: Option<&str>) -> Answer {
    let path = format!("/api/v1/route-suggestions/{}", made.id());
    let mut body = json!({"decision": decision});
    if let Some(note) = note {
        body["note"] = json!(note);
    }
    app.persona(by).post_if(&format!("{path}/decision"), &made.etag(), body)
}

fn under_p1(app: &TestApp) -> RouteUnderTest<'_> {
    school_1_under_p1(app);
    RouteUnderTest::start(app, "teacher", "teacher")
}

/// P1-34: both customers, the teacher and the head, choose content and form: each suggests lines, what is accepted becomes
/// a line of the route, and the proposal keeps its author.
#[test]
fn teacher_and_head_suggest_lines_that_keep_their_author() {
    let app = TestApp::start();
    let route = under_p1(&app);
    let by_head = suggest(&app, &route, "director", "elective").expect(201);
    assert_eq!(by_head.json()["author_id"], json!(app.person("director")));
    assert_eq!(
        (&by_head.json()["author_role"], &by_head.json()["state"]),
        (&json!("director"), &json!("open"))
    );
    let by_teacher = suggest(&app, &route, "teacher", "core").expect(201);
    assert_eq!(by_teacher.json()["author_role"], "teacher");
    assert!(route.read("teacher").expect(200).json()["activities"].as_array().unwrap().is_empty());
    // The teacher chooses the elective part, the curator the core.
    let accepted = decide(&app, &by_head, "teacher", "accept", None).expect(200).json();
    assert_eq!(
        (&accepted["state"], &accepted["decided_by"]),
        (&json!("accepted"), &json!(app.person("teacher")))
    );
    decide(&app, &by_teacher, "teacher", "accept", None).refused(403, "auth.forbidden");
    decide(&app, &by_teacher, "curator", "accept", Some("Согласна")).expect(200);
    let lines = route.read("director").expect(200).json()["activities"].clone();
    let lines: &Vec<Value> = lines.as_array().unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["id"], accepted["activity_id"]);
    let author = |line: &Value| {
        let id = line["id"].as_str().unwrap();
        app.db_text(&format!("select author_person_id from route_activities where id = '{id}'"))
    };
    assert_eq!(author(&lines[0]), app.person("director").to_string());
    assert_eq!(author(&lines[1]), app.person("teacher").to_string());
    let list = app.persona("teacher").get(&route.path("/suggestions?state=accepted")).expect(200).json();
    let authors: Vec<&Value> =
        list["items"].as_array().unwrap().iter().map(|item| &item["author_id"]).collect();
    assert_eq!(authors, [&json!(app.person("director")), &json!(app.person("teacher"))]);
}

#[test]
fn a_suggestion_is_decided_once_by_somebody_else() {
    let app = TestApp::start();
    let route = under_p1(&app);
    suggest(&app, &route, "deputy", "elective").refused(403, "auth.forbidden");
    suggest(&app, &route, "teacher_2", "elective").refused(404, "request.not_found");
    suggest(&app, &route, "school_2_director", "elective").refused(404, "request.not_found");
    let mut body = json!({"activity": activity(Some("base")), "reason": "Так"});
    body["activity"]["ends_on"] = json!("2026-01-01");
    let refused = app.persona("director").post(&route.path("/suggestions"), body).expect(422).json();
    let pointers: Vec<&Value> =
        refused["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/activity/ends_on", "/activity/part"]);
    let own = suggest(&app, &route, "teacher", "elective").expect(201);
    assert_eq!(own.json()["allowed_actions"], json!(["withdraw_route_suggestion"]));
    decide(&app, &own, "teacher", "accept", None).refused(403, "auth.separation_of_duties");
    decide(&app, &own, "director", "accept", None).refused(403, "auth.forbidden");
    decide(&app, &own, "school_2_director", "accept", None).refused(404, "request.not_found");
    decide(&app, &own, "curator", "decline", None).refused(422, "required");
    let path = format!("/api/v1/route-suggestions/{}", own.id());
    let declined = decide(&app, &own, "curator", "decline", Some("Нет часов")).expect(200).json();
    assert_eq!((&declined["state"], &declined["decision_note"]), (&json!("declined"), &json!("Нет часов")));
    decide(&app, &own, "curator", "accept", None).refused(412, "request.precondition_failed");
    let newest = app.persona("curator").get(&path).expect(200);
    decide(&app, &newest, "curator", "accept", None).refused(409, "conflict.state");
    let second = suggest(&app, &route, "director", "elective").expect(201);
    let withdrawal = format!("/api/v1/route-suggestions/{}/withdrawal", second.id());
    app.persona("teacher").post_if(&withdrawal, &second.etag(), json!(null)).refused(403, "auth.forbidden");
    let withdrawn = app.persona("director").post_if(&withdrawal, &second.etag(), json!(null)).expect(200);
    assert_eq!(withdrawn.json()["state"], "withdrawn");
    assert!(route.read("teacher").expect(200).json()["activities"].as_array().unwrap().is_empty());
}

#[test]
fn nothing_is_suggested_for_a_route_that_is_not_formed() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let made = app
        .persona("director")
        .post(&route.path("/suggestions"), json!({"activity": activity(None), "reason": "Так"}))
        .expect(201);
    route.approve_p4();
    decide(&app, &made, "teacher", "accept", None).refused(409, "conflict.state");
    app.persona("director")
        .post(&route.path("/suggestions"), json!({"activity": activity(None), "reason": "Так"}))
        .refused(409, "conflict.state");
    // It does not stay open for ever.
    let path = format!("/api/v1/route-suggestions/{}", made.id());
    let seen = app.persona("teacher").get(&path).expect(200).json();
    assert_eq!(seen["allowed_actions"], json!(["decide_route_suggestion"]));
    decide(&app, &made, "teacher", "decline", Some("Маршрут уже действует")).expect(200);
}
