//! What the regulations demand when a route is submitted.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_routes::{RouteUnderTest, activity, route_body};

fn check(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str) -> Value {
    app.persona(persona).get(&route.path("/submission-check")).expect(200).json()
}

fn found(findings: &Value, code: &str) -> Vec<Value> {
    findings.as_array().unwrap().iter().filter(|finding| finding["code"] == code).cloned().collect()
}

/// P0-24: 11 months are too short, exactly one and exactly three years are right, a day more is too long.
#[test]
fn the_term_is_one_to_three_years() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    for (ends_on, fits) in [
        ("2027-02-01", false),
        ("2027-02-28", false),
        ("2027-03-01", true),
        ("2027-03-02", true),
        ("2029-03-01", true),
        ("2029-03-02", true),
        ("2029-03-03", false),
    ] {
        let mut body = route_body(&app, "chel_teacher");
        body.as_object_mut().unwrap().remove("person_id");
        body["ends_on"] = json!(ends_on);
        route.put("chel_teacher", "", body).expect(200);
        let errors = check(&app, &route, "chel_teacher")["errors"].clone();
        let term = found(&errors, "route_term_out_of_range");
        assert_eq!(term.is_empty(), fits, "{ends_on}: {errors}");
        if let Some(problem) = term.first() {
            assert_eq!(problem["requirement"], "P0-24");
            assert_eq!(problem["paragraph"], "2.8");
        }
    }
}

/// P0-30, P0-11, P0-9, P0-24: an empty route of 11 months breaks many rules, and all are reported at once.
#[test]
fn every_violated_rule_is_reported_at_once() {
    let app = TestApp::start();
    let mut body = route_body(&app, "chel_teacher");
    body["ends_on"] = json!("2027-02-01");
    body["note"] = json!({});
    let created = app.persona("chel_teacher").post("/api/v1/routes", body).expect(201);
    let path = format!("/api/v1/routes/{}", created.id());
    let mut line = activity(Some("elective"));
    line.as_object_mut().unwrap().remove("justification");
    let added =
        app.persona("chel_teacher").post_if(&format!("{path}/activities"), &created.etag(), line).expect(201);
    let refused =
        app.persona("chel_teacher").post_if(&format!("{path}/submission"), &added.etag(), json!({}));
    let refused = refused.refused(422, "request.invalid");
    let errors = refused.json()["errors"].clone();
    for (code, pointer, requirement) in [
        ("route_term_out_of_range", "/ends_on", "P0-24"),
        ("required", "/note/goal", "P0-30"),
        ("required", "/note/expected_result", "P0-30"),
        ("required", "/note/study_form", "P0-30"),
        ("stages_missing", "/stages", "P0-30"),
        ("deficit_link_required", "/activities/0/deficit_ids", "P0-11"),
        ("part_missing", "/activities", "P0-9"),
    ] {
        let hit = found(&errors, code).into_iter().find(|error| error["pointer"] == pointer);
        let hit = hit.unwrap_or_else(|| panic!("no {code} at {pointer} in {errors}"));
        assert_eq!(hit["requirement"], requirement);
        assert!(hit["paragraph"].is_string(), "{hit}");
    }
    // Two parts are missing: the prospective plan and the base part; the competence plan has its elective line.
    assert_eq!(found(&errors, "part_missing").len(), 2);
    let english = app.persona("chel_teacher").header("accept-language", "en");
    let check = english.get(&format!("{path}/submission-check")).expect(200).json();
    assert_eq!(check["ready"], false);
    assert_eq!(check["errors"].as_array().unwrap().len(), errors.as_array().unwrap().len());
    assert_eq!(
        found(&check["errors"], "stages_missing")[0]["message"],
        "The number of stages must be at least 1"
    );
}

/// P0-11: an elective line names a deficit or justifies itself in words.
#[test]
fn a_justification_replaces_a_deficit() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    assert_eq!(check(&app, &route, "chel_teacher")["ready"], true);
    let mut line = activity(Some("elective"));
    line.as_object_mut().unwrap().remove("justification");
    route.add("chel_teacher", line).expect(201);
    let errors = check(&app, &route, "chel_teacher")["errors"].clone();
    assert_eq!(found(&errors, "deficit_link_required")[0]["pointer"], "/activities/3/deficit_ids");
}

/// P4-4: under P4 content, form, technologies, pace and total time are demanded, resources and context reported.
#[test]
fn p4_demands_what_its_definition_names() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let body = json!({"title": "Маршрут", "starts_on": "2026-03-02", "ends_on": "2036-03-01", "note": {}});
    route.put("teacher", "", body).expect(200);
    let check = check(&app, &route, "teacher");
    let pointers = |list: &str| -> Vec<String> {
        found(&check[list], "required").iter().map(|f| f["pointer"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        pointers("errors"),
        ["/note/content", "/note/study_form", "/note/technologies", "/note/pace", "/note/total_hours"]
    );
    assert_eq!(pointers("warnings"), ["/note/personal_resources", "/note/school_context"]);
    // No term is set: ten years are nobody's business.
    assert!(found(&check["errors"], "route_term_out_of_range").is_empty());
    route.submit("teacher").refused(422, "required");
    assert_eq!(route.state(), "draft");
}

/// P4-11: a route that the coordinator drafts alone lacks the learner's mark; the learner sets it.
#[test]
fn the_learners_mark_is_reported_until_it_is_set() {
    let app = TestApp::start();
    crate::support::build_diagnostics::deficit(&app, "teacher");
    let route = RouteUnderTest::start(&app, "coordinator", "teacher");
    let missing = |app: &TestApp| {
        found(&check(app, &route, "teacher")["warnings"], "learner_participation_missing").len()
    };
    assert_eq!(missing(&app), 1);
    route.post("teacher", "/participation", json!({"note": "Участвовал"})).expect(200);
    route.post("director", "/participation", json!({})).expect(200);
    assert_eq!(missing(&app), 0);
    let read = route.read("teacher").expect(200).json();
    let sides: Vec<_> =
        read["participants"].as_array().unwrap().iter().map(|p| p["capacity"].clone()).collect();
    assert!(
        sides.contains(&json!("learner"))
            && sides.contains(&json!("school"))
            && sides.contains(&json!("coordinator"))
    );
    route.post("municipal_officer", "/participation", json!({})).refused(403, "auth.forbidden");
}

/// What only the database would catch is refused at the edge, with pointers.
#[test]
fn an_activity_without_positive_hours_and_a_date_before_the_calendar_are_refused() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let mut body = json!({"kind": "self_education", "title": "Чтение", "content": "Книги", "hours": 0,
        "starts_on": "2026-03-10", "ends_on": "2026-05-31", "reason": "interest", "justification": "Интерес"});
    for hours in [json!(0), json!(-0.5), json!(10_000.5)] {
        body["hours"] = hours;
        let refused = route.add("teacher", body.clone()).refused(422, "request.invalid").json();
        assert_eq!(refused["errors"][0]["code"], "range");
        assert_eq!(refused["errors"][0]["pointer"], "/hours");
    }
    body["hours"] = json!(10);
    body["starts_on"] = json!("-5000-01-01");
    let refused = route.add("teacher", body).refused(422, "request.invalid").json();
    assert_eq!(refused["errors"][0]["code"], "invalid_date");
    assert_eq!(refused["errors"][0]["pointer"], "/starts_on");
}
