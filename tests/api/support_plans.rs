//! Support plans over HTTP, under the regulation of Kostroma.

use rost::authz::{Level, Role};
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_after_course::{begin_plan, completed, endorse, plan_data};
use crate::support::build_training::{enroll, etag, listed, open, seminar, with};
use crate::support::regulated_training::{also, altai_under_p2, live_under_changed};

const PATH: &str = "/api/v1/support-plans";
const MISSING: &str = "/api/v1/missing-support-plans";

fn missing(app: &TestApp, persona: &str, query: &str) -> Vec<Value> {
    listed(&app.persona(persona).get(&format!("{MISSING}{query}")).expect(200), "enrollment_id")
}

fn conclude(app: &TestApp, persona: &str, plan: &str) -> crate::support::Answer {
    let body = json!({"conclusion": "Критерии применяются на каждом уроке"});
    let path = format!("{PATH}/{plan}/completion");
    app.persona(persona).post_if(&path, &etag(app, "support_plans", plan), body)
}

/// P2-28: school and methodical service make the plan of a person together; until there is one the training is listed as
/// missing it.
#[test]
fn school_and_service_make_a_plan_for_each_completed_training() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let (_, enrollments) = completed(&app, &["teacher", "school_2_teacher"]);
    assert_eq!(missing(&app, "ministry", "").len(), 2);
    assert_eq!(missing(&app, "deputy", ""), [json!(enrollments[0])]);
    let line = app.persona("teacher").get(MISSING).expect(200).json()["items"][0].clone();
    assert_eq!(line["ended_on"], "2026-03-10");
    assert_eq!(line["person_id"], json!(app.person("teacher")));

    begin_plan(&app, "teacher", &enrollments[0], "barnaul_center").refused(403, "auth.forbidden");
    begin_plan(&app, "school_2_director", &enrollments[0], "barnaul_center").refused(422, "unknown");
    let refused =
        begin_plan(&app, "deputy", &enrollments[0], "school_2").refused(422, "wrong_service").json();
    assert_eq!(
        (&refused["errors"][0]["requirement"], &refused["errors"][0]["paragraph"]),
        (&json!("P2-28"), &json!("18"))
    );
    let made = begin_plan(&app, "deputy", &enrollments[0], "barnaul_center").expect(201);
    let plan = made.json();
    assert_eq!((&plan["state"], &plan["data"]), (&json!("draft"), &plan_data()));
    assert_eq!(plan["service_id"], json!(app.organization("barnaul_center")));
    assert_eq!(plan["allowed_actions"], json!(["update_support_plan", "endorse_support_plan"]));
    begin_plan(&app, "methodist", &enrollments[0], "barnaul_center").refused(409, "conflict.already_exists");
    assert_eq!(missing(&app, "ministry", ""), [json!(enrollments[1])]);

    let id = made.id();
    endorse(&app, "methodist", &id, "school").refused(403, "auth.forbidden");
    let half = endorse(&app, "methodist", &id, "service").expect(200).json();
    assert_eq!((&half["state"], &half["service_endorsed_on"]), (&json!("draft"), &json!("2026-03-10")));
    endorse(&app, "methodist", &id, "service").refused(409, "conflict.state");
    conclude(&app, "deputy", &id).refused(409, "conflict.state");
    let agreed = endorse(&app, "director", &id, "school").expect(200).json();
    assert_eq!((&agreed["state"], &agreed["school_endorsed_on"]), (&json!("agreed"), &json!("2026-03-10")));
    assert_eq!(agreed["allowed_actions"], json!(["complete_support_plan"]));
    let over = conclude(&app, "methodist", &id).expect(200).json();
    assert_eq!((&over["state"], &over["completed_on"]), (&json!("completed"), &json!("2026-03-10")));
    conclude(&app, "deputy", &id).refused(409, "conflict.state");
    let read = app.persona("teacher").get(&format!("{PATH}/{id}")).expect(200).json();
    assert_eq!((&read["conclusion"], &read["allowed_actions"]), (&over["conclusion"], &json!([])));
}

/// P2-28: where the service is that of the school, director and deputy are its two authors; nobody is both, and nobody an
/// author of his own plan.
#[test]
fn a_school_with_a_service_of_its_own_needs_two_people() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let (_, enrollments) = completed(&app, &["teacher", "deputy"]);
    let id = begin_plan(&app, "director", &enrollments[0], "school_1").expect(201).id();
    endorse(&app, "deputy", &id, "school").refused(403, "auth.forbidden");
    endorse(&app, "methodist", &id, "service").refused(403, "auth.forbidden");
    endorse(&app, "deputy", &id, "service").expect(200);
    let both = also(&app, "deputy", Role::Director, Level::School, "school_1");
    let path = format!("{PATH}/{id}/endorsements");
    both.post_if(&path, &etag(&app, "support_plans", &id), json!({"side": "school"}))
        .refused(403, "auth.separation_of_duties");
    assert_eq!(endorse(&app, "director", &id, "school").expect(200).json()["state"], "agreed");
    begin_plan(&app, "deputy", &enrollments[1], "barnaul_center").refused(403, "auth.separation_of_duties");
    let own = begin_plan(&app, "director", &enrollments[1], "barnaul_center").expect(201).id();
    endorse(&app, "deputy", &own, "school").refused(403, "auth.separation_of_duties");
}

/// Whoever changes the words of a draft asks both authors again; all that is wrong with them is told at once.
#[test]
fn new_words_need_new_agreement() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let (_, enrollments) = completed(&app, &["teacher"]);
    let id = begin_plan(&app, "methodist", &enrollments[0], "barnaul_center").expect(201).id();
    endorse(&app, "methodist", &id, "service").expect(200);
    let path = format!("{PATH}/{id}");
    let deputy = app.persona("deputy");
    let wrong =
        json!({"data": with(plan_data(), json!({"starts_on": "2026-03-09", "ends_on": "2026-03-08"}))});
    let current = etag(&app, "support_plans", &id);
    let refused = deputy.put(&path, &current, wrong).refused(422, "date_out_of_range").json();
    let pointers: Vec<&Value> =
        refused["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/data/starts_on", "/data/ends_on"]);
    let other = json!({"data": with(plan_data(), json!({"goals": "Вести портфолио класса"}))});
    deputy.put(&path, "\"1\"", other.clone()).refused(412, "request.precondition_failed");
    let changed = deputy.put(&path, &current, other.clone()).expect(200).json();
    assert_eq!((&changed["data"], &changed["service_endorsed_on"]), (&other["data"], &Value::Null));
    endorse(&app, "deputy", &id, "school").expect(200);
    endorse(&app, "methodist", &id, "service").expect(200);
    deputy.put(&path, &etag(&app, "support_plans", &id), other.clone()).refused(409, "conflict.state");
    let stranger = app.persona("biysk_officer");
    stranger.get(&path).refused(404, "request.not_found");
    app.persona("school_2_director").put(&path, "\"1\"", other).refused(404, "request.not_found");
}

/// P2-42: the municipality sees the plans of its schools and the gaps in them, another sees its own.
#[test]
fn a_municipality_sees_its_plans_with_their_gaps() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let (_, enrollments) = completed(&app, &["teacher", "school_2_teacher", "school_3_teacher"]);
    let plan = begin_plan(&app, "deputy", &enrollments[0], "barnaul_center").expect(201).id();
    let seen = |persona: &str, query: &str| {
        listed(&app.persona(persona).get(&format!("{PATH}{query}")).expect(200), "id")
    };
    assert_eq!(seen("municipal_officer", ""), [json!(plan)]);
    assert_eq!(seen("municipal_officer", "?state=agreed"), Vec::<Value>::new());
    assert_eq!(seen("biysk_officer", ""), Vec::<Value>::new());
    assert_eq!(missing(&app, "municipal_officer", ""), [json!(enrollments[1])]);
    assert_eq!(missing(&app, "biysk_officer", ""), [json!(enrollments[2])]);
    let school = format!("?organization_id={}", app.organization("school_1"));
    assert_eq!(missing(&app, "municipal_officer", &school), Vec::<Value>::new());
    assert_eq!(missing(&app, "ministry", "?limit=1"), [json!(enrollments[1])]);
    let page = app.persona("ministry").get(&format!("{MISSING}?limit=1")).expect(200).json();
    let next = format!("?limit=1&cursor={}", page["next_cursor"].as_str().unwrap());
    assert_eq!(missing(&app, "ministry", &next), [json!(enrollments[2])]);
    let table = app.persona("municipal_officer").header("accept", "text/csv").get(MISSING).expect(200);
    assert!(table.text.contains("Критерии оценивания"));
}

/// A school lives under the nearest regulation: one that demands no plan for each training leaves no gaps, one that knows no
/// plans refuses them. What is not completed has none.
#[test]
fn plans_are_made_as_the_regulation_of_the_school_has_it() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(5));
    let unfinished = enroll(&app, "teacher", &offering);
    begin_plan(&app, "deputy", &unfinished, "barnaul_center").refused(422, "not_used");
    altai_under_p2(&app);
    begin_plan(&app, "deputy", &unfinished, "barnaul_center").refused(422, "not_completed");
    let (_, enrollments) = completed(&app, &["teacher_2", "school_2_teacher"]);
    live_under_changed(&app, "director", "school_1", "p1-grozny-school-91", |profile| {
        let authors = ["director", "deputy_director"];
        profile["support"]["plan"] = json!({"authors": authors, "for_each_completion": false});
    });
    assert_eq!(missing(&app, "ministry", ""), [json!(enrollments[1])]);
}
