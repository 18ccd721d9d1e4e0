//! How routes in force end: what must be done first, and what ends with them.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_revisions::{RevisionUnderTest, petition};
use crate::support::build_routes::{RouteUnderTest, activity};

fn offered(route: &RouteUnderTest<'_>, persona: &str, operation: &str) -> bool {
    let read = route.read(persona).expect(200).json();
    read["allowed_actions"].as_array().unwrap().contains(&json!(operation))
}

/// A revision that waits and a petition end with their route: both say why, nobody is asked any more, and what happened
/// is kept with the end of the route.
#[test]
fn what_goes_on_around_a_route_ends_with_it() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.approve_p0();
    let asked = petition(&app, &route, "chel_association_head").expect(201).id();
    let answered = petition(&app, &route, "chel_teacher").expect(201);
    let path = format!("/api/v1/route-petitions/{}", answered.id());
    app.persona("chel_deputy")
        .post_if(&format!("{path}/decline"), &answered.etag(), json!({"note": "Курс уже оплачен"}))
        .expect(200);
    let revision = RevisionUnderTest::retitle(&app, &route, "chel_teacher", "Чтение вдвоём");
    revision.submit("chel_teacher").expect(200);
    let inbox =
        || app.persona("chel_deputy").get("/api/v1/approvals/inbox").expect(200).json()["items"].clone();
    assert_eq!(inbox().as_array().unwrap().len(), 1);
    let before = revision.request("chel_deputy");

    route.post("chel_director", "/closure", json!({"reason": "Перевод в другую школу"})).expect(200);
    let ended = revision.read("chel_teacher").expect(200).json();
    let words = &ended["revision"]["close_reason"];
    assert_eq!((&ended["revision"]["state"], &ended["allowed_actions"]), (&json!("lapsed"), &json!([])));
    assert!(words.as_str().unwrap().contains("Маршрут закрыт"), "{words}");
    let request = revision.request("chel_deputy");
    let read = request.json();
    let last = read["decisions"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&read["state"], &read["allowed_decisions"]), (&json!("lapsed"), &json!([])));
    assert_eq!((&last["decision"], &last["note"]), (&json!("subject_ended"), words));
    assert_eq!(inbox(), json!([]));
    let decision = json!({"step": 2, "decision": "endorse"});
    let decide = format!("/api/v1/approval-requests/{}/decisions", request.id());
    app.persona("chel_deputy")
        .post_if(&decide, &before.etag(), decision.clone())
        .refused(412, "request.precondition_failed");
    app.persona("chel_deputy").post_if(&decide, &request.etag(), decision).expect(409);
    revision.withdraw("chel_teacher").refused(409, "conflict.state");

    let page = app.persona("chel_deputy").get(&route.path("/petitions")).expect(200).json();
    let states: Vec<&Value> = page["items"].as_array().unwrap().iter().map(|it| &it["state"]).collect();
    assert_eq!(states, [&json!("declined"), &json!("lapsed")], "what was answered stays answered");
    let lapsed = &page["items"][1];
    assert_eq!((&lapsed["id"], &lapsed["decision_note"]), (&json!(asked), words));
    assert_eq!((&lapsed["decided_by_person_id"], &lapsed["allowed_actions"]), (&Value::Null, &json!([])));
    petition(&app, &route, "chel_teacher").refused(409, "conflict.state");

    let kept = |what: &str| {
        app.db_text(&format!(
            "select changes {what} from audit_events where operation = 'close_route' and subject_id = '{}'",
            route.id
        ))
    };
    assert_eq!(kept("-> 'lapsed_revision' ->> 1"), revision.id);
    assert_eq!(kept("-> 'lapsed_petitions' -> 1 ->> 0"), asked);
}

/// A draft of a revision ends with a route that is completed; it was never handed in, so nobody had been asked.
#[test]
fn a_draft_of_a_revision_ends_with_a_completed_route() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.approve_p4();
    let revision = RevisionUnderTest::retitle(&app, &route, "teacher", "Иное");
    let line = route.read("director").expect(200).json()["activities"][0]["id"].clone();
    let done = format!("/activities/{}/completion", line.as_str().unwrap());
    route.post("director", &done, json!({"completed_on": "2026-03-02"})).expect(200);
    route.post("deputy", "/completion", json!({})).expect(200);
    let ended = revision.read("teacher").expect(200).json();
    assert_eq!(ended["revision"]["state"], "lapsed");
    assert!(ended["revision"]["close_reason"].as_str().unwrap().contains("Маршрут завершён"));
    revision.submit("teacher").refused(409, "conflict.state");
}

/// Where the regulation says nothing, a route is completed once nothing is left to do and something is done; the
/// refusal names every activity that is open, and an end with a reason is always left.
#[test]
fn a_route_is_completed_when_its_activities_are_done() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let mut second = activity(None);
    second["title"] = json!("Наставничество");
    route.add("teacher", second).expect(201);
    route.approve_p4();
    let refused =
        || route.post("deputy", "/completion", json!({})).refused(409, "conflict.not_fully_completed");
    let named = |answer: &Value| {
        let problems = answer["errors"].as_array().unwrap();
        problems.iter().map(|it| it["pointer"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let nothing = refused().json();
    assert_eq!(named(&nothing), ["/activities/0", "/activities/1"]);
    assert!(nothing["errors"][1]["message"].as_str().unwrap().contains("Наставничество"), "{nothing}");
    assert!(!offered(&route, "deputy", "complete_route") && offered(&route, "deputy", "close_route"));
    let lines = route.read("director").expect(200).json()["activities"].clone();
    let done = |place: usize| format!("/activities/{}/completion", lines[place]["id"].as_str().unwrap());
    route.post("director", &done(0), json!({"completed_on": "2026-03-02"})).expect(200);
    assert_eq!(named(&refused().json()), ["/activities/1"]);
    route.post("director", &done(1), json!({"completed_on": "2026-03-02"})).expect(200);
    assert!(offered(&route, "deputy", "complete_route"));
    route.post("deputy", "/completion", json!({})).expect(200);
    assert_eq!(route.state(), "completed");
}

/// Nobody says of an activity that it is done before its first day, nor that it was done before that.
#[test]
fn an_activity_is_not_done_before_it_begins() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let line = route.read("teacher").expect(200).json()["activities"][0].clone();
    let path = format!("/activities/{}", line["id"].as_str().unwrap());
    let mut later = line["data"].clone();
    later["starts_on"] = json!("2026-03-10");
    route.put("teacher", &path, later).expect(200);
    route.approve_p4();
    let complete =
        |day: &str| route.post("director", &format!("{path}/completion"), json!({"completed_on": day}));
    complete("2026-03-02").refused(409, "activity_not_begun");
    assert!(!offered(&route, "director", "complete_route_activity"));
    app.days_pass(8);
    assert!(offered(&route, "director", "complete_route_activity"));
    complete("2026-03-09").refused(422, "out_of_range");
    complete("2026-03-10").expect(200);
    complete("2026-03-10").refused(409, "activity_ended");
    assert!(!offered(&route, "director", "complete_route_activity"), "nothing is left to do");
}

/// A revision that lies in rework is a draft again when its request is taken back, as its route would be.
#[test]
fn a_returned_revision_is_a_draft_again() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.approve_p4();
    let revision = RevisionUnderTest::retitle(&app, &route, "teacher", "Иное");
    revision.submit("teacher").expect(200);
    revision
        .decide_with("director", "return", json!({"note": "Уточните", "due_on": "2026-03-20"}))
        .expect(200);
    assert_eq!(revision.state(), "rework");
    let request = revision.request("teacher");
    let path = format!("/api/v1/approval-requests/{}/withdrawal", request.id());
    app.persona("teacher").post_if(&path, &request.etag(), json!({})).expect(200);
    let read = revision.read("teacher").expect(200).json();
    assert_eq!((&read["revision"]["state"], read["revision"].get("rework")), (&json!("draft"), None));
    revision.submit("teacher").expect(200);
    assert_eq!(revision.state(), "in_review");
}
