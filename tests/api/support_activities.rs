//! Activities of support over HTTP, under the regulations of Kostroma and Georgievsk.

use serde_json::{Value, json};

use crate::support::build_after_course::{activity_data, begin_plan, completed, plan_activity};
use crate::support::build_diagnostics::deficit;
use crate::support::build_training::{etag, listed, with};
use crate::support::regulated_training::{altai_under_p2, barnaul_under_p3};
use crate::support::{Answer, TestApp, world};

const PATH: &str = "/api/v1/support-activities";

fn send(app: &TestApp, persona: &str, id: &str, rest: &str, body: Value) -> Answer {
    let path = format!("{PATH}/{id}/{rest}");
    app.persona(persona).post_if(&path, &etag(app, "support_activities", id), body)
}

fn innovation_site(app: &TestApp, school: &str) {
    let path = format!("/api/v1/organizations/{}", app.organization(school));
    let officer = app.persona("municipal_officer");
    let read = officer.get(&path).expect(200);
    let data = with(read.json()["data"].clone(), json!({"functions": ["innovation_site"]}));
    officer.put(&path, &read.etag(), data).expect(200);
}

/// P2-35: the operator, services of municipality and school, innovation sites and associations organise support; nobody else.
#[test]
fn each_participant_of_the_third_stage_organises_support() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let seminar = activity_data(&app, "seminar", &["teacher"]);
    plan_activity(&app, "operator", "operator", &seminar).expect(201);
    plan_activity(&app, "methodist", "barnaul_center", &seminar).expect(201);
    plan_activity(&app, "deputy", "school_1", &seminar).expect(201);
    let site = activity_data(&app, "innovation_site", &["teacher"]);
    plan_activity(&app, "school_2_director", "school_2", &site).refused(422, "wrong_organiser");
    innovation_site(&app, "school_2");
    plan_activity(&app, "school_2_director", "school_2", &site).expect(201);

    let work = activity_data(&app, "association_work", &["teacher"]);
    let of_school = json!({"association_id": world::association(1), "data": work});
    let made = app.persona("association_head").post(PATH, of_school.clone()).expect(201).json();
    assert_eq!(made["organization_id"], json!(app.organization("school_1")));
    assert_eq!(made["association_id"], json!(world::association(1)));
    let regional = json!({"organization_id": app.organization("operator"),
                          "data": {"name": "РУМО учителей начальных классов"}});
    let rumo = app.persona("ministry").post("/api/v1/associations", regional).expect(201).id();
    app.persona("operator").post(PATH, json!({"association_id": rumo, "data": work})).expect(201);
    plan_activity(&app, "methodist", "barnaul_center", &work).refused(422, "wrong_organiser");
    let elsewhere = with(of_school, json!({"organization_id": app.organization("school_2")}));
    app.persona("association_head").post(PATH, elsewhere).refused(422, "wrong_organiser");
    app.persona("operator").post(PATH, json!({"data": work})).refused(422, "required");

    let refused = plan_activity(&app, "municipal_officer", "barnaul", &seminar);
    let refused = refused.refused(422, "wrong_organiser").json();
    assert_eq!(refused["errors"][0]["requirement"], "P2-35");
    plan_activity(&app, "provider", "provider_x", &seminar).refused(422, "wrong_organiser");
    plan_activity(&app, "methodist", "school_1", &seminar).refused(403, "auth.forbidden");
    plan_activity(&app, "teacher", "school_1", &seminar).refused(403, "auth.forbidden");
}

/// P2-36: the codes cover every form of the regulation; a form that it does not know is refused.
#[test]
fn support_takes_every_form_of_the_regulation() {
    let app = TestApp::start();
    altai_under_p2(&app);
    for kind in ["seminar", "conference", "master_class", "contest", "methodical_service"] {
        let data = activity_data(&app, kind, &["teacher"]);
        plan_activity(&app, "methodist", "barnaul_center", &data).expect(201);
    }
    for kind in ["association_work", "subject_union"] {
        let data = activity_data(&app, kind, &["teacher"]);
        let body = json!({"association_id": world::association(1), "data": data});
        app.persona("association_head").post(PATH, body).expect(201);
    }
    innovation_site(&app, "school_2");
    let data = activity_data(&app, "innovation_site", &["teacher"]);
    plan_activity(&app, "school_2_director", "school_2", &data).expect(201);
    let data = activity_data(&app, "consultation", &["teacher"]);
    let refused =
        plan_activity(&app, "methodist", "barnaul_center", &data).refused(422, "not_allowed").json();
    assert_eq!(
        (&refused["errors"][0]["requirement"], &refused["errors"][0]["paragraph"]),
        (&json!("P2-36"), &json!("23"))
    );
    let data = activity_data(&app, "party", &["teacher"]);
    plan_activity(&app, "methodist", "barnaul_center", &data).refused(422, "unknown_value");
    let found = app.persona("ministry").get(&format!("{PATH}?kind=contest")).expect(200);
    assert_eq!(listed(&found, "kind"), [json!("contest")]);
}

/// P2-37: support is given to named people whom the organiser supports, never to a group alone; what it links to is theirs.
#[test]
fn support_is_given_to_named_people() {
    let app = TestApp::start();
    let lack = deficit(&app, "teacher");
    altai_under_p2(&app);
    let (_, enrollments) = completed(&app, &["teacher", "school_2_teacher"]);
    let nobody = activity_data(&app, "seminar", &[]);
    plan_activity(&app, "methodist", "barnaul_center", &nobody).expect(422);
    let plan = begin_plan(&app, "deputy", &enrollments[0], "barnaul_center").expect(201).id();
    let others = begin_plan(&app, "methodist", &enrollments[1], "barnaul_center").expect(201).id();
    let wrong = with(
        activity_data(&app, "seminar", &["teacher", "school_3_teacher"]),
        json!({"deficit_ids": [plan], "plan_id": others, "product_id": plan, "route_id": plan,
               "ends_on": "2026-03-11"}),
    );
    let refused = plan_activity(&app, "methodist", "barnaul_center", &wrong).refused(422, "unknown").json();
    let pointers: Vec<&str> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(
        pointers,
        [
            "/data/ends_on",
            "/data/person_ids/1",
            "/data/deficit_ids/0",
            "/data/plan_id",
            "/data/product_id",
            "/data/route_id"
        ]
    );
    let of_school = activity_data(&app, "seminar", &["school_2_teacher"]);
    plan_activity(&app, "deputy", "school_1", &of_school).refused(422, "unknown");

    let data = with(
        activity_data(&app, "seminar", &["teacher"]),
        json!({"deficit_ids": [lack], "plan_id": plan, "description": "Открытый урок"}),
    );
    let made = plan_activity(&app, "methodist", "barnaul_center", &data).expect(201);
    assert_eq!((&made.json()["data"], &made.json()["state"]), (&data, &json!("planned")));
    let path = format!("{PATH}/{}", made.id());
    for persona in ["teacher", "deputy", "municipal_officer", "ministry"] {
        assert_eq!(app.persona(persona).get(&path).expect(200).json()["data"], data, "{persona}");
    }
    for persona in ["teacher_2", "school_2_director", "biysk_officer", "provider"] {
        app.persona(persona).get(&path).refused(404, "request.not_found");
    }
    let seen = |persona: &str, query: &str| {
        listed(&app.persona(persona).get(&format!("{PATH}{query}")).expect(200), "id")
    };
    for persona in ["teacher", "deputy", "municipal_officer", "operator"] {
        assert_eq!(seen(persona, ""), [json!(made.id())], "{persona}");
    }
    assert_eq!(seen("methodist", &format!("?plan_id={plan}&person_id={}", app.person("teacher"))).len(), 1);
    assert_eq!(seen("teacher_2", ""), Vec::<Value>::new());
    assert_eq!(seen("biysk_officer", ""), Vec::<Value>::new());
}

/// P3-36: the methodical centre accompanies the introduction of a product, which the activity names.
#[test]
fn the_centre_accompanies_the_introduction_of_a_product() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let body = json!({"data": {"kind": "technology", "title": "Комплект критериев", "summary": "К двенадцати урокам"}});
    let product = app.persona("teacher").post("/api/v1/products", body).expect(201).id();
    let data = activity_data(&app, "implementation_support", &["teacher"]);
    let refused = plan_activity(&app, "methodist", "barnaul_center", &data).refused(422, "required").json();
    assert_eq!(
        (&refused["errors"][0]["pointer"], &refused["errors"][0]["requirement"]),
        (&json!("/data/product_id"), &json!("P3-36"))
    );
    let of_other =
        with(activity_data(&app, "implementation_support", &["teacher_2"]), json!({"product_id": product}));
    plan_activity(&app, "methodist", "barnaul_center", &of_other).refused(422, "unknown");
    let data = with(data, json!({"product_id": product}));
    let made = plan_activity(&app, "methodist", "barnaul_center", &data).expect(201).json();
    assert_eq!(made["data"]["product_id"], json!(product));
    let found = app.persona("deputy").get(&format!("{PATH}?product_id={product}")).expect(200);
    assert_eq!(listed(&found, "id"), [made["id"].clone()]);
}

/// Planned, then held with results or cancelled for a reason; once, by the organiser.
#[test]
fn an_activity_is_held_or_cancelled() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let data = activity_data(&app, "seminar", &["teacher"]);
    let id = plan_activity(&app, "methodist", "barnaul_center", &data).expect(201).id();
    let held = json!({"held_on": "2026-03-12", "results": "Опробовано в двух классах"});
    send(&app, "methodist", &id, "record", held.clone()).refused(422, "date_out_of_range");
    app.days_pass(12);
    let path = format!("{PATH}/{id}");
    let moved =
        with(data.clone(), json!({"title": "Оценивание на уроках", "person_ids": [app.person("teacher_2")]}));
    let changed =
        app.persona("methodist").put(&path, &etag(&app, "support_activities", &id), json!({"data": moved}));
    assert_eq!(changed.expect(200).json()["data"], moved);
    app.persona("teacher").get(&path).refused(404, "request.not_found");
    send(&app, "deputy", &id, "record", held.clone()).refused(403, "auth.forbidden");
    send(&app, "biysk_officer", &id, "record", held.clone()).refused(404, "request.not_found");
    let done = send(&app, "methodist", &id, "record", held.clone()).expect(200).json();
    assert_eq!((&done["state"], &done["held_on"]), (&json!("held"), &held["held_on"]));
    assert_eq!((&done["results"], &done["allowed_actions"]), (&held["results"], &json!([])));
    send(&app, "methodist", &id, "record", held).refused(409, "conflict.state");
    let reason = json!({"reason": "Карантин в школе"});
    send(&app, "methodist", &id, "cancellation", reason.clone()).refused(409, "conflict.state");
    app.persona("methodist")
        .put(&path, &etag(&app, "support_activities", &id), json!({"data": data}))
        .refused(409, "conflict.state");

    let other = plan_activity(&app, "deputy", "school_1", &data).expect(201);
    let actions = ["update_support_activity", "record_support_activity", "cancel_support_activity"];
    assert_eq!(other.json()["allowed_actions"], json!(actions));
    let (path, body) = (format!("{PATH}/{}/cancellation", other.id()), reason.clone());
    app.persona("deputy").post(&path, body.clone()).refused(428, "request.precondition_required");
    app.persona("deputy").post_if(&path, "\"9\"", body).refused(412, "request.precondition_failed");
    let off = send(&app, "director", &other.id(), "cancellation", reason.clone()).expect(200).json();
    assert_eq!((&off["state"], &off["reason"]), (&json!("cancelled"), &reason["reason"]));
}
