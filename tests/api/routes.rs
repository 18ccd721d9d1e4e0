//! Starting, reading and changing routes over HTTP.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_routes::{RouteUnderTest, activity, altai_program, chel_program, route_body};

/// P0-8: the administration, the head of the association and the teacher may each initiate; a provider may not.
#[test]
fn each_initiator_of_the_regulation_starts_a_route() {
    let app = TestApp::start();
    for (persona, role) in [
        ("chel_director", "director"),
        ("chel_deputy", "deputy_director"),
        ("chel_association_head", "association_head"),
        ("chel_teacher", "teacher"),
    ] {
        let created =
            app.persona(persona).post("/api/v1/routes", route_body(&app, "chel_teacher")).expect(201);
        assert_eq!(created.json()["initiator_role"], role);
        assert_eq!(created.json()["kind"], "personalized_program");
        assert_eq!(created.json()["organization_id"], json!(app.organization("chel_school")));
    }
    app.persona("chel_provider")
        .post("/api/v1/routes", route_body(&app, "chel_teacher"))
        .refused(403, "auth.forbidden");
}

/// P4-13: without a result of diagnostics there is no route under P4; under P0 there is.
#[test]
fn diagnostics_come_first_where_the_regulation_says_so() {
    let app = TestApp::start();
    let refused = app.persona("teacher").post("/api/v1/routes", route_body(&app, "teacher"));
    let refused = refused.refused(422, "diagnostic_required");
    assert_eq!(refused.json()["errors"][0]["requirement"], "P4-13");
    assert_eq!(refused.json()["errors"][0]["paragraph"], "1.4");
    RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
}

/// P0-7: a route belongs to one school; nobody of another school or region knows of it, nobody edits it from above.
#[test]
fn only_the_school_and_its_teacher_have_a_hand_in_the_route() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    // A tutor (P1-12) accompanies routes of his own, not all of the school.
    for stranger in
        ["teacher_2", "tutor", "school_2_teacher", "school_2_director", "school_3_director", "chel_director"]
    {
        route.read(stranger).refused(404, "request.not_found");
        route.add(stranger, activity(None)).refused(404, "request.not_found");
    }
    route.read("biysk_officer").refused(404, "request.not_found");
    app.persona("school_2_director")
        .post("/api/v1/routes", route_body(&app, "teacher"))
        .refused(422, "unknown");
    app.persona("chel_director").post("/api/v1/routes", route_body(&app, "teacher")).refused(422, "unknown");
    for reader in ["municipal_officer", "ministry", "auditor"] {
        route.read(reader).expect(200);
        route.add(reader, activity(None)).refused(403, "auth.forbidden");
    }
    // The head of the association sees it, but the regulation does not name this role as a drafter.
    route.read("association_head").expect(200);
    route.add("association_head", activity(None)).refused(403, "auth.forbidden");
    for drafter in ["director", "deputy", "coordinator"] {
        route.add(drafter, activity(None)).expect(201);
    }
}

/// What is said of a route is kept, and replaced as a whole.
#[test]
fn the_note_is_kept_and_replaced_as_a_whole() {
    let app = TestApp::start();
    let route = RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
    let read = route.read("chel_teacher").expect(200);
    for field in
        ["content", "technologies", "pace", "total_hours", "personal_resources", "school_context", "goal"]
    {
        assert!(!read.json()["note"][field].is_null(), "{field}");
    }
    let body = json!({"title": "Другой", "starts_on": "2026-04-01", "ends_on": "2027-03-31", "note": {"goal": "Новая"}});
    let changed = route.put("chel_teacher", "", body.clone()).expect(200);
    assert_eq!(changed.json()["note"], json!({"goal": "Новая"}));
    app.persona("chel_teacher")
        .put(&route.path(""), &read.etag(), body.clone())
        .refused(412, "request.precondition_failed");
    let without = app.persona("chel_teacher").send_json("PUT", &route.path(""), &body);
    without.refused(428, "request.precondition_required");
    let backwards = json!({"title": "x", "starts_on": "2026-04-01", "ends_on": "2026-03-31"});
    route.put("chel_teacher", "", backwards).refused(422, "ends_before_start");
}

/// P0-13: the teacher chooses a listed program; an unknown one is refused. Hours and provider follow from it.
#[test]
fn a_listed_program_is_chosen_and_an_unknown_one_refused() {
    let app = TestApp::start();
    let program = chel_program(&app);
    let route = RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
    let mut body = json!({"kind": "program", "part": "elective", "title": "Оценивание", "program_id": program["id"],
        "starts_on": "2026-04-01", "ends_on": "2026-05-31", "reason": "deficit"});
    let added = route.add("chel_teacher", body.clone()).expect(201);
    assert_eq!(added.json()["data"]["hours"], json!(36.0));
    assert_eq!(added.json()["data"]["provider_id"], json!(app.organization("chel_provider")));
    body["program_id"] = json!(rost::ids::new_id());
    body["stage_id"] = json!(rost::ids::new_id());
    body["deficit_ids"] = json!([rost::ids::new_id()]);
    let refused = route.add("chel_teacher", body).refused(422, "unknown");
    let pointers: Vec<_> =
        refused.json()["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
    assert_eq!(pointers, [json!("/stage_id"), json!("/program_id"), json!("/deficit_ids/0")]);
}

/// P4-14, P1-33: modules of one program are taken at two providers; outside the registry they are marked, not forbidden.
#[test]
fn two_modules_of_one_program_are_taken_at_two_providers() {
    let app = TestApp::start();
    let program = altai_program(&app);
    let (route, _) = RouteUnderTest::complete_p4(&app);
    for (module, provider) in [(0, "provider_x"), (1, "provider_y")] {
        let body = json!({"kind": "module", "title": "Модуль", "module_id": program["modules"][module]["id"],
            "provider_id": app.organization(provider), "starts_on": "2026-04-01", "ends_on": "2026-05-31",
            "reason": "interest", "justification": "Выбор педагога"});
        let added = route.add("teacher", body).expect(201).json();
        assert_eq!(added["data"]["program_id"], program["id"]);
        assert_eq!(added["data"]["provider_id"], json!(app.organization(provider)));
        // P4-14: the program is not in the active registry: marked, not forbidden.
        assert_eq!(added["outside_registry"], true);
    }
    let check = app.persona("teacher").get(&route.path("/submission-check")).expect(200).json();
    assert_eq!(check["ready"], true, "{check}");
    let outside: Vec<_> =
        check["warnings"].as_array().unwrap().iter().filter(|w| w["code"] == "outside_registry").collect();
    assert_eq!(outside.len(), 2);
    assert_eq!(outside[0]["requirement"], "P4-14");
}

/// P0-1, P0-14: a line says why it is there; base lines belong to the deputy, elective ones to the teacher.
#[test]
fn parts_have_their_own_editors() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    let read = route.read("chel_teacher").expect(200).json();
    assert_eq!(read["activities"][0]["data"]["reason"], "interest");
    route.add("chel_teacher", activity(Some("base"))).refused(403, "auth.forbidden");
    let line = |n: usize| format!("/activities/{}", read["activities"][n]["id"].as_str().unwrap());
    route.put("chel_teacher", &line(2), activity(Some("elective"))).refused(403, "auth.forbidden");
    app.persona("chel_teacher").delete(&route.path(&line(2)), &route.etag()).refused(403, "auth.forbidden");
    let left = app.persona("chel_teacher").delete(&route.path(&line(0)), &route.etag()).expect(200).json();
    assert_eq!(left["activities"][0]["position"], 1);
    assert_eq!(left["activities"].as_array().unwrap().len(), 2);
    route.add("chel_teacher", activity(Some("core"))).refused(422, "part_not_allowed");
}

#[test]
fn stages_are_replaced_and_keep_their_identity() {
    let app = TestApp::start();
    let route = RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
    let stage = |title: &str| json!({"title": title, "starts_on": "2026-03-02", "ends_on": "2026-08-31"});
    let first = route
        .put("chel_teacher", "/stages", json!({"stages": [stage("один"), stage("два")]}))
        .expect(200)
        .json();
    let mut kept = stage("три");
    kept["id"] = first["stages"][1]["id"].clone();
    let second =
        route.put("chel_teacher", "/stages", json!({"stages": [kept, stage("четыре")]})).expect(200).json();
    assert_eq!(second["stages"][0]["id"], first["stages"][1]["id"]);
    assert_eq!(second["stages"][0]["title"], "три");
    let mut foreign = stage("чужой");
    foreign["id"] = json!(rost::ids::new_id());
    foreign["ends_on"] = json!("2026-01-01");
    let refused = route.put("chel_teacher", "/stages", json!({"stages": [foreign]}));
    refused.refused(422, "unknown");
}

#[test]
fn a_list_holds_what_the_caller_may_see() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let ids = |persona: &str, query: &str| {
        let list = app.persona(persona).get(&format!("/api/v1/routes{query}")).expect(200).json();
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    for persona in ["teacher", "association_head", "director", "municipal_officer", "ministry", "auditor"] {
        assert_eq!(ids(persona, ""), std::slice::from_ref(&route.id), "{persona}");
    }
    for persona in ["teacher_2", "school_2_director", "biysk_officer", "chel_director"] {
        assert!(ids(persona, "").is_empty(), "{persona}");
    }
    assert_eq!(ids("ministry", "?state=draft&overdue=false").len(), 1);
    assert!(ids("ministry", "?state=active").is_empty());
    app.persona("ministry").get("/api/v1/routes?colour=red").refused(400, "request.unknown_parameter");
}

/// P0-14: an activity of a draft is changed by whoever may write its part, on the version he saw.
#[test]
fn an_activity_of_a_draft_is_changed() {
    let app = TestApp::start();
    let route = RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
    let added = route.add("chel_teacher", activity(Some("elective"))).expect(201);
    let line =
        route.read("chel_teacher").expect(200).json()["activities"][0]["id"].as_str().unwrap().to_owned();
    let rest = format!("/activities/{line}");
    let mut body = activity(Some("elective"));
    body["title"] = json!("Чтение и обсуждение");
    body["hours"] = json!(12);
    let stale = app.persona("chel_teacher").put(&route.path(&rest), "\"1\"", body.clone());
    stale.refused(412, "request.precondition_failed");
    route.put("chel_teacher_2", &rest, body.clone()).refused(404, "request.not_found");
    let changed = route.put("chel_teacher", &rest, body).expect(200).json();
    assert_ne!(changed, added.json());
    let read = route.read("chel_teacher").expect(200).json();
    assert_eq!(read["activities"][0]["data"]["title"], "Чтение и обсуждение");
    assert_eq!(read["activities"][0]["data"]["hours"], json!(12.0));
    let absent = format!("/activities/{}", rost::ids::new_id());
    route.put("chel_teacher", &absent, activity(Some("elective"))).refused(404, "request.not_found");
}
