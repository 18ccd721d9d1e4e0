//! What the regulation of Altai (P4) says of routes, over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{coordinator_instrument, deficit, deficits, result};
use crate::support::build_registry::{accepted, entered, module, program};
use crate::support::build_routes::{RouteUnderTest, activity, note};

fn check(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str) -> Value {
    app.persona(persona).get(&route.path("/submission-check")).expect(200).json()
}

fn coded(findings: &Value, code: &str) -> Vec<Value> {
    findings.as_array().unwrap().iter().filter(|finding| finding["code"] == code).cloned().collect()
}

/// The approval of a route as that persona reads it.
fn request(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str) -> (String, Value) {
    let path = format!("/api/v1/approval-requests?subject_id={}", route.id);
    let id = app.persona(persona).get(&path).expect(200).json()["items"][0]["id"].clone();
    let path = format!("/api/v1/approval-requests/{}", id.as_str().unwrap());
    let read = app.persona(persona).get(&path).expect(200).json();
    (path, read)
}

fn states(request: &Value) -> Vec<&str> {
    request["steps"].as_array().unwrap().iter().map(|step| step["state"].as_str().unwrap()).collect()
}

/// P4-4: content, forms, technologies, pace, total time, resources, context and deficits of a route are read as written.
#[test]
fn a_route_says_what_the_definition_names() {
    let app = TestApp::start();
    let (route, deficit) = RouteUnderTest::complete_p4(&app);
    let read = route.read("teacher").expect(200).json();
    for (field, value) in note().as_object().unwrap() {
        let read = &read["note"][field];
        let same = read == value || read.as_f64().is_some_and(|number| value.as_f64() == Some(number));
        assert!(same, "{field}: {read}");
    }
    assert_eq!(read["activities"][0]["data"]["deficit_ids"], json!([deficit]));
    assert_eq!(coded(&check(&app, &route, "teacher")["warnings"], "required"), Vec::<Value>::new());
}

/// P4-4: a route that regards no deficit is reported and not stopped.
#[test]
fn a_route_without_deficits_is_reported() {
    let app = TestApp::start();
    deficit(&app, "teacher");
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    route.add("teacher", activity(None)).expect(201);
    let found = check(&app, &route, "teacher");
    let warned = coded(&found["warnings"], "required");
    assert_eq!(warned.len(), 1, "{found}");
    assert_eq!((&warned[0]["pointer"], &warned[0]["requirement"]), (&json!("/activities"), &json!("P4-4")));
    assert_eq!((&warned[0]["paragraph"], &found["ready"]), (&json!("1.2"), &json!(true)));
}

/// P4-14: programs of the registry that answer the deficits are suggested; another program is marked and not forbidden,
/// and so is one whose entry was suspended since.
#[test]
fn programs_of_the_registry_are_suggested_and_others_marked() {
    let app = TestApp::start();
    let (route, found) = RouteUnderTest::complete_p4(&app);
    let competency = deficits(&app, "coordinator", "teacher")[0]["competency_id"].clone();
    let competency: uuid::Uuid = competency.as_str().unwrap().parse().unwrap();
    let teaching = |title: &str| {
        let mut body = program(&app, "provider_x", title);
        body["modules"] = json!([module("Модуль", 36, &[competency])]);
        body
    };
    let (inside, entry) = entered(&app, &teaching("В реестре"));
    let outside = accepted(&app, "provider", "ministry", &teaching("Вне реестра"));
    let suggested = |app: &TestApp| -> Vec<Value> {
        let path = format!("/api/v1/programs?answers_deficits_of={}", app.person("teacher"));
        let page = app.persona("teacher").get(&path).expect(200).json();
        page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect()
    };
    assert_eq!(suggested(&app), [json!(inside)]);
    for (id, marked) in [(&inside, false), (&outside, true)] {
        let line = json!({"kind": "program", "title": "Программа", "program_id": id, "starts_on": "2026-04-01",
            "ends_on": "2026-05-31", "reason": "deficit", "deficit_ids": [found]});
        assert_eq!(route.add("teacher", line).expect(201).json()["outside_registry"], marked);
    }
    let warned = coded(&check(&app, &route, "teacher")["warnings"], "outside_registry");
    assert_eq!(warned.len(), 1);
    assert_eq!((&warned[0]["requirement"], &warned[0]["paragraph"]), (&json!("P4-14"), &json!("1.5")));
    let suspend = json!({"decision": "suspend", "reason": "Проверка"});
    let path = format!("/api/v1/registry-entries/{entry}/decision");
    app.persona("ministry").post_if(&path, "\"1\"", suspend).expect(200);
    assert_eq!(suggested(&app), Vec::<Value>::new());
    assert_eq!(coded(&check(&app, &route, "teacher")["warnings"], "outside_registry").len(), 2);
    route.submit("teacher").expect(200);
    assert_eq!(route.read("teacher").expect(200).json()["state"], "in_review");
}

/// P4-23: the school's part in forming a route is recorded: who endorsed, in which role and when, and who took part.
#[test]
fn the_step_of_the_school_is_recorded() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.post("deputy", "/participation", json!({"note": "Уточнили сроки"})).expect(200);
    route.submit("teacher").expect(200);
    route.decide("director", "endorse").expect(200);
    let (path, read) = request(&app, &route, "coordinator");
    assert_eq!((&read["state"], states(&read)), (&json!("in_review"), vec!["decided", "decided", "open"]));
    let line = read["decisions"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&line["step"], &line["decision"]), (&json!(2), &json!("endorse")));
    assert_eq!((&line["person_id"], &line["role"]), (&json!(app.person("director")), &json!("director")));
    assert_eq!(line["decided_at"], "2026-03-02T06:00:00Z");
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
    route.decide("coordinator", "endorse").expect(200);
    let taken = route.read("teacher").expect(200).json()["participants"].clone();
    let school =
        |side: &&Value| side["capacity"] == "school" && side["person_id"] == json!(app.person("deputy"));
    assert_eq!(taken.as_array().unwrap().iter().filter(school).count(), 1, "{taken}");
}

/// P4-25: a head of a school is a learner like a teacher: the own school does not endorse, the coordinator does, and the
/// route comes into force.
#[test]
fn a_head_takes_part_in_the_own_route() {
    let app = TestApp::start();
    let person = app.person("director");
    let work = format!("/api/v1/persons/{person}/employments");
    let work = app.persona("municipal_officer").get(&work).expect(200).json()["items"][0].clone();
    let path = format!("/api/v1/employments/{}", work["id"].as_str().unwrap());
    let etag = app.persona("municipal_officer").get(&path).expect(200).etag();
    let mut data = work["data"].clone();
    data["position"] = json!("директор");
    app.persona("municipal_officer").put(&path, &etag, data).expect(200);
    let instrument = coordinator_instrument(&app);
    result(&app, "coordinator", "director", &instrument, "2026-02-01", &[("B.1", 20.0)]);
    let found = deficits(&app, "coordinator", "director")[0]["id"].clone();
    let line = || {
        let mut line = activity(None);
        line["reason"] = json!("deficit");
        line["deficit_ids"] = json!([found]);
        line
    };

    let own = RouteUnderTest::start(&app, "director", "director");
    own.add("director", line()).expect(201);
    own.submit("director").expect(200);
    let (_, read) = request(&app, &own, "director");
    assert_eq!(states(&read), ["decided", "skipped", "open"]);
    assert!(!own.may_decide("director"));
    own.decide("coordinator", "endorse").expect(200);
    assert_eq!(own.read("director").expect(200).json()["state"], "active");
    assert_eq!(deficits(&app, "coordinator", "director")[0]["state"], "addressed");
    own.post("coordinator", "/closure", json!({"reason": "Новый маршрут"})).expect(200);

    let drafted = RouteUnderTest::start(&app, "coordinator", "director");
    drafted.add("coordinator", line()).expect(201);
    drafted.submit("coordinator").expect(200);
    assert_eq!(drafted.read("director").expect(200).json()["state"], "in_review");
    drafted.post("coordinator", "/activation", json!({})).refused(409, "conflict.state");
    drafted.decide("director", "consent").expect(200);
    assert_eq!(drafted.read("director").expect(200).json()["state"], "active");
}

/// P4-11: a route that the region's only coordinator forms and hands in is not stuck: teacher and school agree to it, and
/// neither can be left out.
#[test]
fn a_route_of_the_only_coordinator_waits_for_teacher_and_school() {
    let app = TestApp::start();
    deficit(&app, "teacher");
    let route = RouteUnderTest::start(&app, "coordinator", "teacher");
    route.add("coordinator", activity(None)).expect(201);
    route.submit("coordinator").expect(200);
    let (_, read) = request(&app, &route, "coordinator");
    assert_eq!(states(&read), ["open", "pending", "decided"]);
    assert_eq!(read["decisions"][0]["steps_taken"], json!([3]));
    assert!(!route.may_decide("coordinator") && !route.may_decide("director"));
    route.post("coordinator", "/activation", json!({})).refused(409, "conflict.state");
    route.decide("teacher", "consent").expect(200);
    assert_eq!(route.read("teacher").expect(200).json()["state"], "in_review");
    route.decide("director", "endorse").expect(200);
    assert_eq!(route.read("teacher").expect(200).json()["state"], "active");
}
