//! Who accompanies a route, and on what ground and for whom it is made.

use serde_json::{Value, json};

use crate::support::build_diagnostics::deficit;
use crate::support::build_routes::{RouteUnderTest, activity, altai_program, route_body};
use crate::support::regulated_training::{altai_under_p2, school_1_under_p1};
use crate::support::{Answer, TestApp};

const ROLES: &str = "/api/v1/role-assignments";

fn curator(app: &TestApp, by: &str, person: &str, school: &str, act: Option<&str>, from: &str) -> Answer {
    let mut body = json!({"person_id": app.person(person), "role": "program_curator",
        "organization_id": app.organization(school), "valid_from": from});
    if let Some(number) = act {
        body["act"] = json!({"number": number, "date": "2026-02-27"});
    }
    app.persona(by).post(ROLES, body)
}

fn named(app: &TestApp, person: &str) -> Value {
    json!({"person_id": app.person(person)})
}

/// Ends the curator whom the world gives school 1.
fn vacate(app: &TestApp) {
    let query = format!("{ROLES}?person_id={}&role=program_curator", app.person("curator"));
    let list = app.persona("director").get(&query).expect(200).json();
    let path = format!("{ROLES}/{}", list["items"][0]["id"].as_str().unwrap());
    let etag = app.persona("director").get(&path).expect(200).etag();
    app.persona("director")
        .post_if(&format!("{path}/end"), &etag, json!({"valid_until": "2026-03-02"}))
        .expect(200);
}

/// P1-6: the curator is appointed by an act, whose number and date are kept; without it 422, where the regulation asks
/// for it and only there.
#[test]
fn a_curator_is_appointed_by_an_act() {
    let app = TestApp::start();
    curator(&app, "school_2_director", "school_2_teacher", "school_2", None, "2026-03-02").expect(201);
    school_1_under_p1(&app);
    vacate(&app);
    curator(&app, "director", "deputy", "school_1", None, "2026-03-03").refused(422, "act_required");
    let given = curator(&app, "director", "deputy", "school_1", Some("12-к"), "2026-03-03").expect(201);
    assert_eq!(given.json()["act"], json!({"number": "12-к", "date": "2026-02-27"}));
    let path = format!("{ROLES}/{}", given.id());
    assert_eq!(app.persona("director").get(&path).expect(200).json()["act"]["number"], "12-к");
}

/// P1-18: one employee is in charge: a second one is refused while the first holds the role; also when two appoint at once.
#[test]
fn one_employee_is_in_charge_of_the_programs() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    curator(&app, "director", "deputy", "school_1", Some("12-к"), "2026-03-02")
        .refused(409, "conflict.already_exists");
    vacate(&app);
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let appoint =
            |person| curator(&app, "director", person, "school_1", Some("13-к"), "2026-03-03").status;
        let both = [scope.spawn(move || appoint("deputy")), scope.spawn(move || appoint("teacher_2"))];
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let mut answers = answers;
    answers.sort_unstable();
    assert_eq!(answers, [201, 409]);
}

/// P1-50: every route has a curator: a new one that of the school; another one must be in charge there too, and without
/// any the route is not handed in.
#[test]
fn a_new_route_has_the_curator_of_the_school() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    let read = route.read("teacher").expect(200).json();
    assert_eq!(read["people"]["curator_id"], json!(app.person("curator")));
    route.put("deputy", "/curator", named(&app, "teacher_2")).refused(422, "curator_not_eligible");
    route.put("teacher", "/curator", named(&app, "curator")).refused(403, "auth.forbidden");
    route.put("deputy", "/curator", json!({})).expect(200);
    let check = app.persona("teacher").get(&route.path("/submission-check")).expect(200).json();
    let errors = check["errors"].as_array().unwrap();
    assert!(errors.iter().any(|error| error["code"] == "curator_missing" && error["requirement"] == "P1-50"));
    route.put("deputy", "/curator", named(&app, "curator")).expect(200);
    let check = app.persona("teacher").get(&route.path("/submission-check")).expect(200).json();
    assert!(!check["errors"].as_array().unwrap().iter().any(|error| error["code"] == "curator_missing"));
}

/// P1-12: the tutor is one of the administration or the head of an association, of the same school; else 422.
#[test]
fn a_tutor_is_one_of_the_administration_or_a_head_of_an_association() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    for wrong in ["teacher_2", "tutor", "school_2_director", "chel_director", "coordinator", "teacher"] {
        route.put("deputy", "/tutor", named(&app, wrong)).refused(422, "tutor_not_eligible");
    }
    let nobody = json!({"person_id": rost::ids::new_id()});
    route.put("deputy", "/tutor", nobody).refused(422, "tutor_not_eligible");
    for fits in ["association_head", "deputy", "director"] {
        let read = route.put("curator", "/tutor", named(&app, fits)).expect(200).json();
        assert_eq!(read["people"]["tutor_id"], json!(app.person(fits)));
    }
    route.put("teacher", "/tutor", named(&app, "director")).refused(403, "auth.forbidden");
    route.put("school_2_director", "/tutor", named(&app, "director")).refused(404, "request.not_found");
    let deputy = app.persona("deputy");
    deputy
        .put(&route.path("/tutor"), "\"1\"", named(&app, "director"))
        .refused(412, "request.precondition_failed");
    deputy
        .send_json("PUT", &route.path("/tutor"), &named(&app, "director"))
        .refused(428, "request.precondition_required");
    let read = route.put("deputy", "/tutor", json!({})).expect(200).json();
    assert!(read["people"].get("tutor_id").is_none());
    let actions = read["allowed_actions"].as_array().unwrap();
    assert!(actions.contains(&json!("set_route_tutor")) && actions.contains(&json!("set_route_curator")));
}

/// Under the regulation of Altai a tutor of the school or a methodist of the coordinator accompanies: and sees the route
/// from then on, in lists as well.
#[test]
fn a_tutor_sees_the_route_entrusted_to_him() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.read("tutor").refused(404, "request.not_found");
    route.put("coordinator", "/tutor", named(&app, "director")).refused(422, "tutor_not_eligible");
    route.put("coordinator", "/tutor", named(&app, "tutor")).expect(200);
    route.read("tutor").expect(200);
    let list = app.persona("tutor").get("/api/v1/routes").expect(200).json();
    assert_eq!(list["items"][0]["id"], json!(route.id));
    route.put("coordinator", "/tutor", json!({})).expect(200);
    route.read("tutor").refused(404, "request.not_found");
}

/// P2-29: the route is made by the operator together with the teacher, of modules whose forms of delivery are known: both
/// mark their part before it is handed in, and both are its authors.
#[test]
fn a_joint_route_has_two_authors() {
    let app = TestApp::start();
    let found = deficit(&app, "teacher");
    let program = altai_program(&app);
    altai_under_p2(&app);
    let module = &program["modules"][0];
    let delivery = module["data"].get("delivery").or_else(|| module.get("delivery")).unwrap();
    assert_eq!(*delivery, json!(["distance"]));
    let route = RouteUnderTest::start(&app, "operator", "teacher");
    let line = json!({"kind": "module", "title": "Модуль", "module_id": module["id"], "starts_on": "2026-04-01",
        "ends_on": "2026-12-31", "reason": "deficit", "deficit_ids": [found]});
    route.add("operator", line).expect(201);
    route.submit("operator").refused(422, "joint_participation_missing");
    let people = route.read("teacher").expect(200).json()["people"].clone();
    assert_eq!(people["author_ids"], json!([app.person("operator")]));
    route.post("teacher", "/participation", json!({})).expect(200);
    let read = route.read("teacher").expect(200).json();
    assert_eq!(read["participants"].as_array().unwrap().len(), 2);
    assert_eq!(read["people"]["author_ids"], json!([app.person("operator"), app.person("teacher")]));
    route.submit("operator").expect(200);
}

/// P2-10: a planned referral names one of the six grounds of the regulation; another code is refused.
#[test]
fn a_route_names_a_ground_of_the_regulation() {
    let app = TestApp::start();
    let mut body = route_body(&app, "teacher");
    body["ground"] = json!("new_post");
    altai_under_p2(&app);
    let teacher = app.persona("teacher");
    for ground in [
        "term_due",
        "attestation_recommendation",
        "management_reserve",
        "new_post",
        "innovation_projects",
        "modernization",
    ] {
        body["ground"] = json!(ground);
        let route = teacher.post("/api/v1/routes", body.clone()).expect(201).json();
        assert_eq!(route["people"]["ground"], ground);
    }
    body["ground"] = json!("whim");
    let refused = teacher.post("/api/v1/routes", body.clone()).refused(422, "ground_unknown").json();
    let problem = &refused["errors"][0];
    assert_eq!((&problem["pointer"], &problem["paragraph"]), (&json!("/ground"), &json!("5")));
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    let mut change =
        json!({"title": "Маршрут", "starts_on": "2026-03-02", "ends_on": "2028-03-01", "ground": "whim"});
    route.put("teacher", "", change.clone()).refused(422, "ground_unknown");
    change["ground"] = json!("modernization");
    assert_eq!(route.put("teacher", "", change).expect(200).json()["people"]["ground"], "modernization");
    route.add("teacher", activity(None)).expect(201);
}
