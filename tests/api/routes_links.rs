//! What a line of a route rests on: recommendations, findings; and terms and parts of the other regulations.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_guidance::finding;
use crate::support::build_routes::{RouteUnderTest, activity, route_body};
use crate::support::regulated_training::{altai_under_p2, barnaul_under_p3};

fn with(fields: Value) -> Value {
    let mut line = activity(None);
    for (name, value) in fields.as_object().unwrap() {
        line[name] = value.clone();
    }
    line
}

/// P3-44: the route follows the teacher's own needs and the recommendations given; another's is not cited.
#[test]
fn a_line_cites_a_recommendation() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let given = |person: &str| {
        let need = json!({"person_id": app.person(person), "ground": "new_post", "topic": "Оценивание"});
        let need = app.persona("director").post("/api/v1/needs", need).expect(201).id();
        let body =
            json!({"person_id": app.person(person), "basis": "need", "need_id": need, "topic": "Оценивание"});
        (need, app.persona("director").post("/api/v1/recommendations", body).expect(201).id())
    };
    let (need, own) = given("teacher");
    let (_, other) = given("teacher_2");
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    let line = with(json!({"reason": "recommendation", "recommendation_ids": [own]}));
    let added = route.add("teacher", line).expect(201).json();
    assert_eq!(added["data"]["recommendation_ids"], json!([own]));
    let line = with(json!({"reason": "need", "need_ids": [need]}));
    assert_eq!(route.add("teacher", line).expect(201).json()["data"]["need_ids"], json!([need]));
    let line = with(json!({"reason": "recommendation", "recommendation_ids": [other]}));
    let refused = route.add("teacher", line).refused(422, "unknown").json();
    assert_eq!(refused["errors"][0]["pointer"], "/recommendation_ids/0");
}

/// P2-7: a line cites a finding of the assessment of pupils or a deficit; without either the route is told so.
#[test]
fn a_line_cites_a_finding() {
    let app = TestApp::start();
    let found = finding(&app, Some("school_1"));
    altai_under_p2(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    route.add("teacher", with(json!({"reason": "need"}))).expect(201);
    let warned = |route: &RouteUnderTest<'_>| {
        let check = app.persona("teacher").get(&route.path("/submission-check")).expect(200).json();
        check["warnings"].as_array().unwrap().iter().any(|it| it["code"] == "evidence_missing")
    };
    assert!(warned(&route));
    let line = with(json!({"reason": "outcome_finding", "finding_ids": [found]}));
    assert_eq!(route.add("teacher", line).expect(201).json()["data"]["finding_ids"], json!([found]));
    assert!(!warned(&route));
}

/// P3-19: 364 days are too short, a year is right, and there is no longest term.
#[test]
fn the_term_under_georgievsk_is_a_year_at_least() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    route.add("teacher", with(json!({"reason": "need"}))).expect(201);
    for (ends_on, fits) in [("2027-02-28", false), ("2027-03-01", true), ("2031-03-01", true)] {
        let mut body = route_body(&app, "teacher");
        body.as_object_mut().unwrap().remove("person_id");
        body["ends_on"] = json!(ends_on);
        route.put("teacher", "", body).expect(200);
        let check = app.persona("teacher").get(&route.path("/submission-check")).expect(200).json();
        assert_eq!(check["ready"], fits, "{ends_on}: {check}");
    }
    let mut body = route_body(&app, "teacher");
    body.as_object_mut().unwrap().remove("person_id");
    body["ends_on"] = json!("2027-02-28");
    route.put("teacher", "", body).expect(200);
    route.submit("teacher").refused(422, "route_term_out_of_range");
}

/// P3-20: under Georgievsk a program may be a topic in the listener's own words.
#[test]
fn a_topic_in_own_words_is_chosen() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    let line = with(json!({"kind": "program", "title": "Оценивание проектов", "reason": "need"}));
    route.add("teacher", line).expect(201);
    route.submit("teacher").expect(200);
}

/// P0-9: the route shows both parts, and the second with its base and elective lines.
#[test]
fn a_route_shows_its_parts() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    let parts = route.read("chel_teacher").expect(200).json()["parts"].clone();
    let summary = |index: usize| {
        let part = &parts[index];
        (part["part"].clone(), part["within"].clone(), part["activities"].clone(), part["hours"].clone())
    };
    assert_eq!(summary(0), (json!("prospective_plan"), Value::Null, json!(1), json!(10.0)));
    assert_eq!(summary(1), (json!("competence_plan"), Value::Null, json!(2), json!(20.0)));
    assert_eq!(summary(2), (json!("base"), json!("competence_plan"), json!(1), json!(10.0)));
    assert_eq!(summary(3), (json!("elective"), json!("competence_plan"), json!(1), json!(10.0)));
    assert_eq!(parts[3]["editors"], json!(["teacher", "deputy_director"]));
}

/// P0-19: methodical work is done alone or in a creative group, which has a name.
#[test]
fn methodical_work_says_alone_or_in_which_group() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    let mut line = activity(Some("elective"));
    line["kind"] = json!("methodical_work");
    let added = route.add("chel_teacher", line.clone()).expect(201).json();
    let path = format!("/activities/{}", added["id"].as_str().unwrap());
    let refused = route.submit("chel_teacher").refused(422, "work_mode_required").json();
    assert_eq!(refused["errors"][0]["requirement"], "P0-19");
    line["work_mode"] = json!("creative_group");
    route.put("chel_teacher", &path, line.clone()).expect(200);
    route.submit("chel_teacher").refused(422, "group_title_required");
    line["group_title"] = json!("Творческая группа «Оценивание»");
    route.put("chel_teacher", &path, line.clone()).expect(200);
    assert_eq!(
        route.read("chel_teacher").expect(200).json()["activities"][3]["data"]["group_title"],
        line["group_title"]
    );
    line["work_mode"] = json!("individual");
    line.as_object_mut().unwrap().remove("group_title");
    route.put("chel_teacher", &path, line).expect(200);
    route.submit("chel_teacher").expect(200);
}
