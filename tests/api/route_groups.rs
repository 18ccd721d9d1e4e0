//! Working groups, and the acts they rest on.

use rost::authz::{Level, Role};
use serde_json::{Value, json};

use crate::support::build_following::complete_p1;
use crate::support::build_routes::{RouteUnderTest, activity};
use crate::support::regulated_training::{also, school_1_under_p1};
use crate::support::{Answer, TestApp};

const GROUPS: &str = "/api/v1/working-groups";
const ACTS: &str = "/api/v1/administrative-acts";

fn act(app: &TestApp, kind: &str, number: &str, route_ids: &[&str]) -> Value {
    json!({"organization_id": app.organization("school_1"), "data": {"kind": kind, "number": number,
        "dated_on": "2026-02-27", "title": "О группе разработчиков", "route_ids": route_ids}})
}

fn member(app: &TestApp, person: &str, role: &str, function: &str) -> Value {
    json!({"person_id": app.person(person), "role": role, "function": function})
}

/// A leader, a developer who heads an association, an expert.
fn members(app: &TestApp) -> Value {
    json!([
        member(app, "curator", "leader", "methodical_work"),
        member(app, "association_head", "developer", "association_head"),
        member(app, "teacher_2", "expert", "teacher"),
    ])
}

fn create(app: &TestApp, by: &str, members: &Value, route_ids: &[&str]) -> Answer {
    let body = json!({"organization_id": app.organization("school_1"),
        "data": {"title": "Группа", "members": members, "route_ids": route_ids}});
    app.persona(by).post(GROUPS, body)
}

/// P1-19, P1-21: members work at the school in the functions that the regulation lists; developers head associations,
/// experts are teachers or of the economic service; there is one leader and at least one expert. Everything wrong is told
/// at once.
#[test]
fn members_are_employees_with_the_functions_of_the_regulation() {
    let app = TestApp::start();
    let chel = json!({"organization_id": app.organization("chel_school"), "data": {"title": "Группа", "members": []}});
    app.persona("chel_director").post(GROUPS, chel).refused(422, "working_group_not_used");
    school_1_under_p1(&app);
    let wrong = json!([
        member(&app, "school_2_teacher", "developer", "association_head"),
        member(&app, "deputy", "developer", "methodical_work"),
        member(&app, "teacher", "developer", "association_head"),
        member(&app, "teacher_2", "leader", "economist"),
        member(&app, "director", "leader", "head"),
    ]);
    let refused = create(&app, "curator", &wrong, &[]).expect(422).json();
    let found: Vec<(&str, &str)> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            ("/data/members/0/person_id", "not_employed"),
            ("/data/members/1/function", "developer_function_required"),
            ("/data/members/2/function", "function_not_held"),
            ("/data/members/3/function", "function_not_held"),
            ("/data/members", "leader_required"),
            ("/data/members", "experts_missing"),
        ]
    );
    let mut headless = members(&app);
    headless[0]["role"] = json!("expert");
    create(&app, "curator", &headless, &[]).refused(422, "leader_required");
    headless[0] = member(&app, "director", "expert", "head");
    create(&app, "curator", &headless, &[]).refused(422, "expert_function_required");
    app.db_execute(&format!(
        "update employments set position = 'Главный бухгалтер' where person_id = '{}'",
        app.person("teacher_2")
    ))
    .unwrap();
    let mut economist = members(&app);
    economist[2]["function"] = json!("economist");
    create(&app, "curator", &economist, &[]).expect(201);
    create(&app, "curator", &members(&app), &[]).refused(422, "function_not_held");
    create(&app, "deputy", &economist, &[]).refused(403, "auth.forbidden");
    create(&app, "school_2_director", &economist, &[]).refused(403, "auth.forbidden");
}

/// P1-20, P1-22: the group is inactive until an act that names its routes is attached, and the act that sets its rules of
/// work; then its developers may work on these routes and on no others.
#[test]
fn a_group_works_on_the_routes_of_its_act() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let developer = also(&app, "teacher_2", Role::AssociationHead, Level::School, "school_1");
    let second = json!({"organization_id": app.organization("school_1"),
        "data": {"name": "МО 2", "head_person_id": app.person("teacher_2")}});
    app.persona("director").post("/api/v1/associations", second).expect(201);
    let listed = RouteUnderTest::start(&app, "deputy", "director");
    let other = RouteUnderTest::start(&app, "deputy", "director");
    developer.get(&listed.path("")).refused(404, "request.not_found");
    let members = json!([
        member(&app, "curator", "leader", "methodical_work"),
        member(&app, "teacher_2", "developer", "association_head"),
        member(&app, "teacher", "expert", "teacher"),
    ]);
    let director = app.persona("director");
    let group = create(&app, "curator", &members, &[&listed.id]).expect(201);
    assert_eq!(group.json()["active"], false);
    assert_eq!(group.json()["missing"], json!(["act", "work_regulation"]));
    assert_eq!(listed.read("director").expect(200).json()["people"]["working_group_id"], json!(group.id()));
    developer.get(&listed.path("")).refused(404, "request.not_found");
    let path = format!("{GROUPS}/{}", group.id());
    let empty = director.post(ACTS, act(&app, "group_appointment", "1", &[])).expect(201);
    let appointment = director.post(ACTS, act(&app, "group_appointment", "2", &[&listed.id])).expect(201);
    assert_eq!(appointment.json()["data"]["route_ids"], json!([listed.id]));
    let rules = director.post(ACTS, act(&app, "work_regulation", "3", &[])).expect(201);
    let mut data = group.json()["data"].clone();
    data["act_id"] = json!(rules.id());
    director.put(&path, "\"1\"", data.clone()).refused(422, "act_kind_does_not_fit");
    data["act_id"] = json!(empty.id());
    let changed = director.put(&path, "\"1\"", data.clone()).expect(200).json();
    assert_eq!(changed["missing"], json!(["route_in_act", "work_regulation"]));
    data["act_id"] = json!(appointment.id());
    data["regulation_act_id"] = json!(rules.id());
    director.put(&path, "\"1\"", data.clone()).refused(412, "request.precondition_failed");
    let changed = director.put(&path, "\"2\"", data.clone()).expect(200).json();
    assert_eq!((&changed["active"], &changed["missing"]), (&json!(true), &json!([])));
    developer.post_if(&listed.path("/activities"), &listed.etag(), activity(Some("core"))).expect(201);
    developer.get(&other.path("")).refused(404, "request.not_found");
    assert_eq!(developer.get(&path).expect(200).json()["data"]["act_id"], json!(appointment.id()));
    app.persona("association_head").get(&path).refused(404, "request.not_found");
    let seen = |persona: &str| {
        app.persona(persona).get(GROUPS).expect(200).json()["items"].as_array().unwrap().len()
    };
    assert_eq!((seen("deputy"), seen("teacher"), seen("school_2_director")), (1, 1, 0));
    // A second group cannot take the route.
    create(&app, "curator", &members, &[&listed.id]).refused(422, "route_in_other_group");
    let dissolved = director.post_if(&format!("{path}/dissolution"), "\"3\"", json!(null)).expect(200);
    assert_eq!(dissolved.json()["active"], false);
    developer.get(&listed.path("")).refused(404, "request.not_found");
    director.put(&path, &dissolved.etag(), data).refused(409, "conflict.state");
}

/// P1-20, P1-22: what a group develops is not handed in while the group is inactive: the check names each act that is
/// missing; when the acts are there, the program goes its way.
#[test]
fn an_inactive_group_hands_nothing_in() {
    let app = TestApp::start();
    let route = complete_p1(&app);
    let inactive = || {
        let check = app.persona("curator").get(&route.path("/submission-check")).expect(200).json();
        let errors = check["errors"].as_array().unwrap().clone();
        let told = |error: &Value| {
            assert_eq!(
                (&error["code"], &error["pointer"], &error["paragraph"]),
                (&json!("group_inactive"), &json!("/people/working_group_id"), &json!("2.4"))
            );
            error["requirement"].as_str().unwrap().to_owned()
        };
        errors.iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(inactive(), Vec::<String>::new(), "no group develops it");
    let group = create(&app, "curator", &members(&app), &[&route.id]).expect(201);
    assert_eq!(inactive(), ["P1-20", "P1-22"]);
    let refused = route.submit("curator").refused(422, "group_inactive");
    assert_eq!(refused.codes(), ["request.invalid", "group_inactive", "group_inactive"]);
    assert_eq!(route.state(), "draft");

    let director = app.persona("director");
    let path = format!("{GROUPS}/{}", group.id());
    let empty = director.post(ACTS, act(&app, "group_appointment", "1", &[])).expect(201).id();
    let named = director.post(ACTS, act(&app, "group_appointment", "2", &[&route.id])).expect(201).id();
    let rules = director.post(ACTS, act(&app, "work_regulation", "3", &[])).expect(201).id();
    let mut data = group.json()["data"].clone();
    (data["act_id"], data["regulation_act_id"]) = (json!(empty), json!(rules));
    director.put(&path, "\"1\"", data.clone()).expect(200);
    assert_eq!(inactive(), ["P1-20"], "the act names other programs");
    data["act_id"] = json!(named);
    director.put(&path, "\"2\"", data).expect(200);
    assert_eq!(inactive(), Vec::<String>::new());
    route.submit("curator").expect(200);
    assert_eq!(route.state(), "in_review");
}

/// A group that was dissolved works on nothing any more: others hand the program in.
#[test]
fn a_dissolved_group_stops_nobody() {
    let app = TestApp::start();
    let route = complete_p1(&app);
    let group = create(&app, "curator", &members(&app), &[&route.id]).expect(201);
    route.submit("curator").refused(422, "group_inactive");
    let path = format!("{GROUPS}/{}/dissolution", group.id());
    app.persona("director").post_if(&path, &group.etag(), json!(null)).expect(200);
    route.submit("curator").expect(200);
}

/// P1-20: a program whose group was dissolved can be given to another group by another act; until then it stays told of
/// which group developed it. Of a group at work nobody takes it.
#[test]
fn another_group_takes_over_from_a_dissolved_one() {
    let app = TestApp::start();
    let route = complete_p1(&app);
    let first = create(&app, "curator", &members(&app), &[&route.id]).expect(201);
    create(&app, "curator", &members(&app), &[&route.id]).refused(422, "route_in_other_group");
    let path = format!("{GROUPS}/{}/dissolution", first.id());
    let dissolved = app.persona("director").post_if(&path, &first.etag(), json!(null)).expect(200);
    assert_eq!(dissolved.json()["data"]["route_ids"], json!([route.id]));
    let second = create(&app, "curator", &members(&app), &[&route.id]).expect(201);
    let develops = |id: &str| {
        let group = app.persona("curator").get(&format!("{GROUPS}/{id}")).expect(200).json();
        group["data"]["route_ids"].clone()
    };
    assert_eq!((develops(&first.id()), develops(&second.id())), (json!([]), json!([route.id])));
    let shown = app.persona("curator").get(&route.path("")).expect(200).json();
    assert_eq!(shown["people"]["working_group_id"], json!(second.id()));
    route.submit("curator").refused(422, "group_inactive");
}

#[test]
fn acts_are_numbered_once_and_belong_to_their_school() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let director = app.persona("director");
    let made = director.post(ACTS, act(&app, "route_approval", "5", &[&route.id])).expect(201);
    let twice = director.post(ACTS, act(&app, "other", "5", &[])).refused(409, "conflict.already_exists");
    assert!(twice.json()["detail"].as_str().unwrap().contains(&made.id()), "{}", twice.text);
    let mut foreign = act(&app, "other", "6", &[&route.id]);
    foreign["organization_id"] = json!(app.organization("school_2"));
    director.post(ACTS, foreign.clone()).refused(403, "auth.forbidden");
    app.persona("school_2_director").post(ACTS, foreign).refused(422, "unknown");
    app.persona("teacher").post(ACTS, act(&app, "other", "7", &[])).refused(403, "auth.forbidden");
    let path = format!("{ACTS}/{}", made.id());
    assert_eq!(app.persona("municipal_officer").get(&path).expect(200).json(), made.json());
    app.persona("biysk_officer").get(&path).refused(404, "request.not_found");
    app.persona("chel_director").get(&path).refused(404, "request.not_found");
    director.post(ACTS, act(&app, "other", "8", &[])).expect(201);
    let count = |query: &str| {
        let page = app.persona("deputy").get(&format!("{ACTS}{query}")).expect(200).json();
        page["items"].as_array().unwrap().len()
    };
    assert_eq!((count(""), count("?kind=other")), (2, 1));
    let first = app.persona("deputy").get(&format!("{ACTS}?limit=1")).expect(200).json();
    assert_eq!(count(&format!("?limit=1&cursor={}", first["next_cursor"].as_str().unwrap())), 1);
}
