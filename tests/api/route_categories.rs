//! Priority categories of teachers and routes made for them.

use serde_json::{Value, json};

use crate::support::build_diagnostics::{coordinator_instrument, deficits, result};
use crate::support::build_routes::{RouteUnderTest, route_body};
use crate::support::regulated_training::school_1_under_p1;
use crate::support::{Answer, TestApp};

fn path(app: &TestApp, person: &str) -> String {
    format!("/api/v1/persons/{}/priority-categories", app.person(person))
}

fn record(app: &TestApp, by: &str, code: &str, deficit_ids: &[&str]) -> Answer {
    let body = json!({"code": code, "since": "2026-02-01", "deficit_ids": deficit_ids});
    app.persona(by).post(&path(app, "teacher"), body)
}

/// School 1 under the regulation of Grozny; a deficit of its teacher and one of the other.
fn with_deficits() -> (TestApp, String, String) {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    for person in ["teacher", "teacher_2"] {
        result(&app, "coordinator", person, &instrument, "2026-02-01", &[("B.1", 20.0)]);
    }
    let id = |person: &str| deficits(&app, "coordinator", person)[0]["id"].as_str().unwrap().to_owned();
    let (own, other) = (id("teacher"), id("teacher_2"));
    school_1_under_p1(&app);
    (app, own, other)
}

/// P1-15: the five categories of the regulation are stored with their date; two of them need a linked difficulty of the
/// teacher, else 422.
#[test]
fn categories_are_stored_with_their_date_and_difficulty() {
    let (app, own, other) = with_deficits();
    for code in ["category_claimant", "interrupted_service"] {
        let refused = record(&app, "director", code, &[]).refused(422, "difficulty_required").json();
        assert_eq!(refused["errors"][0]["pointer"], "/deficit_ids");
        record(&app, "director", code, &[&other]).refused(422, "unknown");
        let made = record(&app, "director", code, &[&own]).expect(201).json();
        assert_eq!((&made["since"], &made["deficit_ids"]), (&json!("2026-02-01"), &json!([own])));
    }
    for code in ["early_career", "contest_participant", "changed_organization_type"] {
        record(&app, "curator", code, &[]).expect(201);
    }
    let twice = record(&app, "curator", "early_career", &[]).refused(409, "conflict.already_exists");
    assert!(twice.json()["detail"].as_str().is_some_and(|words| words.contains('-')), "{}", twice.text);
    record(&app, "director", "management_reserve", &[]).refused(422, "category_unknown");
    let list = app.persona("teacher").get(&path(&app, "teacher")).expect(200).json();
    assert_eq!(list["items"].as_array().unwrap().len(), 5);
}

#[test]
fn categories_are_recorded_by_the_school_and_end() {
    let (app, own, _) = with_deficits();
    record(&app, "teacher", "early_career", &[]).refused(403, "auth.forbidden");
    record(&app, "school_2_director", "early_career", &[]).refused(404, "request.not_found");
    record(&app, "municipal_officer", "early_career", &[]).refused(403, "auth.forbidden");
    let made = record(&app, "association_head", "category_claimant", &[&own]).expect(201);
    let one = format!("/api/v1/priority-categories/{}", made.id());
    for sees in ["teacher", "deputy", "municipal_officer", "coordinator"] {
        assert_eq!(app.persona(sees).get(&one).expect(200).json()["code"], "category_claimant");
    }
    app.persona("teacher_2").get(&one).refused(404, "request.not_found");
    app.persona("teacher_2").get(&path(&app, "teacher")).refused(404, "request.not_found");
    app.persona("biysk_officer").get(&one).refused(404, "request.not_found");
    let end = format!("{one}/end");
    let director = app.persona("director");
    director.post(&end, json!({})).refused(428, "request.precondition_required");
    director.post_if(&end, "\"7\"", json!({})).refused(412, "request.precondition_failed");
    director.post_if(&end, &made.etag(), json!({"until": "2026-01-31"})).refused(422, "dates_out_of_order");
    app.persona("teacher").post_if(&end, &made.etag(), json!({})).refused(403, "auth.forbidden");
    let ended = director.post_if(&end, &made.etag(), json!({})).expect(200);
    assert_eq!(ended.json()["until"], "2026-03-02");
    director.post_if(&end, &ended.etag(), json!({})).refused(409, "conflict.state");
}

/// P1-15: a route is made for a category that the learner holds, with its difficulty where it needs one; a route for
/// somebody else is reported.
#[test]
fn a_route_is_made_for_a_category_of_its_learner() {
    let (app, own, _) = with_deficits();
    let teacher = app.persona("teacher");
    let with = |code: &str| {
        let mut body = route_body(&app, "teacher");
        body["category"] = json!(code);
        body
    };
    teacher.post("/api/v1/routes", with("management_reserve")).refused(422, "category_unknown");
    teacher.post("/api/v1/routes", with("category_claimant")).refused(422, "category_not_held");
    record(&app, "director", "category_claimant", &[&own]).expect(201);
    let made = teacher.post("/api/v1/routes", with("category_claimant")).expect(201);
    assert_eq!(made.json()["people"]["category"], "category_claimant");
    let warned = |id: &str| {
        let check = teacher.get(&format!("/api/v1/routes/{id}/submission-check")).expect(200).json();
        let warnings: &Vec<Value> = check["warnings"].as_array().unwrap();
        warnings.iter().any(|warning| warning["code"] == "category_missing" && warning["paragraph"] == "2.1")
    };
    assert!(!warned(&made.id()));
    assert!(warned(&RouteUnderTest::start(&app, "teacher", "teacher").id));
    // A difficulty that is closed carries the category no longer.
    app.db_execute(&format!("update deficits set state = 'closed', closed_on = '2026-03-02', closed_by_result_id = result_id where id = '{own}'"))
        .unwrap();
    teacher.post("/api/v1/routes", with("category_claimant")).refused(422, "difficulty_required");
}
