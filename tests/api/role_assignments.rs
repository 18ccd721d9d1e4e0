//! Role assignments over HTTP.

use serde_json::{Value, json};

use crate::support::build_directory::{column, end_employment, hire, only_employment};
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/role-assignments";

fn give(app: &TestApp, as_whom: &str, person: &str, role: &str, organization: &str) -> Answer {
    let body = json!({
        "person_id": app.person(person), "role": role, "organization_id": app.organization(organization),
        "act": {"number": "12-к", "date": "2026-02-27"}
    });
    app.persona(as_whom).post(PATH, body)
}

#[test]
fn a_director_gives_the_roles_of_his_school() {
    let app = TestApp::start();
    let given = give(&app, "director", "teacher", "program_curator", "school_1").expect(201);
    let view = given.json();
    assert_eq!((&view["level"], &view["valid_from"]), (&json!("school"), &json!("2026-03-02")));
    assert_eq!(view["act"]["number"], json!("12-к"));
    assert_eq!(view["allowed_actions"], json!(["end_role_assignment"]));
    give(&app, "director", "teacher", "program_curator", "school_1").refused(409, "conflict.already_exists");
    give(&app, "director", "teacher", "director", "school_1").refused(403, "auth.forbidden");
    give(&app, "director", "school_2_teacher", "program_curator", "school_2").refused(403, "auth.forbidden");
    give(&app, "director", "school_2_teacher", "program_curator", "school_1").refused(422, "unknown");
    give(&app, "municipal_officer", "school_2_teacher", "director", "school_1").refused(422, "not_employed");
    give(&app, "director", "chel_teacher", "program_curator", "chel_school").refused(422, "unknown");
    give(&app, "deputy", "teacher", "program_curator", "school_1").refused(403, "auth.forbidden");
}

#[test]
fn each_level_gives_the_roles_below_it() {
    let app = TestApp::start();
    give(&app, "municipal_officer", "teacher", "director", "school_1").expect(201);
    give(&app, "municipal_officer", "methodist", "municipal_methodist", "barnaul_center").expect(409);
    give(&app, "biysk_officer", "teacher_2", "director", "school_1").refused(403, "auth.forbidden");
    give(&app, "municipal_officer", "ministry", "ministry_officer", "altai_ministry")
        .refused(403, "auth.forbidden");
    give(&app, "ministry", "quality_officer", "quality_officer", "quality_center").expect(409);
    give(&app, "ministry", "teacher_2", "director", "school_1").expect(201);
    give(&app, "ministry", "teacher", "auditor", "school_1").refused(403, "auth.forbidden");
    give(&app, "admin", "teacher", "auditor", "school_1").expect(201);
    give(&app, "provider", "teacher", "offering_leader", "provider_x").expect(201);
    give(&app, "provider", "teacher", "offering_leader", "provider_y").refused(403, "auth.forbidden");
    give(&app, "ministry", "teacher", "reviewer", "altai_ministry").expect(201);
}

#[test]
fn a_role_fits_the_kind_of_the_organization() {
    let app = TestApp::start();
    for (role, organization) in [
        ("director", "provider_x"),
        ("ministry_officer", "barnaul"),
        ("regional_coordinator", "altai_ministry"),
        ("municipal_officer", "school_1"),
        ("provider_officer", "quality_center"),
        ("platform_admin", "altai_ministry"),
    ] {
        give(&app, "admin", "ministry", role, organization).refused(422, "role_does_not_fit");
    }
    give(&app, "admin", "teacher", "teacher", "school_1").refused(422, "role_follows_from_employment");
    give(&app, "admin", "ministry", "integration", "altai_ministry").refused(422, "holder_does_not_fit");
    let service = json!({"account_id": account(&app, "integration"), "role": "integration",
                         "organization_id": app.organization("school_1")});
    let given = app.persona("admin").post(PATH, service).expect(201).json();
    assert_eq!(given["level"], json!("school"));
    let neither = json!({"role": "director", "organization_id": app.organization("school_1")});
    app.persona("admin").post(PATH, neither).refused(422, "required");
    let backwards = json!({"person_id": app.person("teacher"), "role": "director", "valid_until": "2020-01-01",
                           "organization_id": app.organization("provider_x")});
    let refusal = app.persona("ministry").post(PATH, backwards).refused(422, "role_does_not_fit");
    assert!(!refusal.codes().is_empty());
}

#[test]
fn administrators_make_administrators() {
    let app = TestApp::start();
    let body =
        json!({"account_id": account(&app, "admin"), "role": "platform_admin", "valid_from": "2030-01-01"});
    app.persona("admin").post(PATH, body.clone()).refused(409, "conflict.already_exists");
    app.persona("ministry").post(PATH, body).refused(403, "auth.forbidden");
    let of_a_region = json!({"account_id": account(&app, "integration"), "role": "platform_admin"});
    app.persona("admin").post(PATH, of_a_region).refused(422, "unknown");
}

#[test]
fn a_role_ends_once() {
    let app = TestApp::start();
    let given = give(&app, "director", "teacher", "program_curator", "school_1").expect(201);
    let path = format!("{PATH}/{}", given.id());
    let end = format!("{path}/end");
    let director = app.persona("director");
    director.post(&end, json!({})).refused(428, "request.precondition_required");
    director.post_if(&end, "\"9\"", json!({})).refused(412, "request.precondition_failed");
    director
        .post_if(&end, &given.etag(), json!({"valid_until": "2020-01-01"}))
        .refused(422, "dates_out_of_order");
    app.persona("deputy").post_if(&end, &given.etag(), json!({})).refused(403, "auth.forbidden");
    app.persona("school_2_director")
        .post_if(&end, &given.etag(), json!({}))
        .refused(404, "request.not_found");
    let ended = director.post_if(&end, &given.etag(), json!({})).expect(200);
    assert_eq!(ended.json()["valid_until"], json!("2026-03-02"));
    assert_eq!(ended.json()["allowed_actions"], json!([]));
    director.post_if(&end, &ended.etag(), json!({})).refused(409, "conflict.state");
    director.get(&path).expect(200);
    app.persona("chel_director").get(&path).refused(404, "request.not_found");
}

/// Design §2: a grant ends with its employment.
#[test]
fn a_role_given_for_longer_than_the_employment_ends_with_it() {
    let app = TestApp::start();
    let director = app.persona("director");
    let id = hire(&app, "director", "Соколова", "school_1");
    end_employment(&director, &only_employment(&director, &id), "2026-06-30").expect(200);
    let body = json!({"person_id": id, "role": "program_curator", "organization_id": app.organization("school_1"),
                      "valid_until": "2027-01-01"});
    let given = director.post(PATH, body).expect(201);
    assert_eq!(given.json()["valid_until"], json!("2026-06-30"));
}

#[test]
fn everybody_sees_his_own_roles_and_heads_those_of_their_unit() {
    let app = TestApp::start();
    let roles = |persona: &str, query: &str| {
        column(&app.persona(persona).get(&format!("{PATH}{query}")).expect(200), "role")
    };
    assert_eq!(roles("teacher", ""), ["teacher"]);
    assert_eq!(roles("director", "?role=director"), ["director"]);
    assert_eq!(roles("municipal_officer", "?role=director").len(), 2);
    assert_eq!(roles("ministry", "?role=director&on=2026-03-02").len(), 3);
    assert!(roles("ministry", "?role=director&on=2019-03-02").is_empty());
    assert!(roles("director", &format!("?organization_id={}", app.organization("school_2"))).is_empty());
    assert_eq!(roles("admin", "?role=platform_admin"), ["platform_admin"]);
    let page: Value = app.persona("ministry").get(&format!("{PATH}?limit=1")).expect(200).json();
    assert!(page["items"][0]["person_name"].is_string());
    let next = format!("{PATH}?limit=1&cursor={}", page["next_cursor"].as_str().unwrap());
    let second = app.persona("ministry").get(&next).expect(200).json();
    assert_ne!(second["items"][0]["id"], page["items"][0]["id"]);
}

/// P4-10: coordinator and operator of a region are two roles, each held at its own organization only, and both at once.
#[test]
fn the_coordinator_is_another_than_the_operator() {
    let app = TestApp::start();
    give(&app, "ministry", "operator", "regional_coordinator", "operator").refused(422, "role_does_not_fit");
    give(&app, "ministry", "coordinator", "regional_operator", "coordinator")
        .refused(422, "role_does_not_fit");
    for (role, organization) in [("regional_coordinator", "coordinator"), ("regional_operator", "operator")] {
        let page = app.persona("ministry").get(&format!("{PATH}?role={role}&on=2026-03-02")).expect(200);
        assert_eq!(column(&page, "organization_id"), [app.organization(organization).to_string()], "{role}");
    }
}

/// P4-10, P2-2: one organization of the region is its coordinator at a time; another one takes over when the first has
/// ended.
#[test]
fn a_region_has_one_coordinator_at_a_time() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let organization = |name: &str| {
        let body = json!({"parent_id": app.organization("altai_ministry"), "kind": "regional_coordinator",
                          "data": {"name": name}});
        ministry.post("/api/v1/organizations", body).expect(201).id()
    };
    let second = organization("Второй координатор");
    let person = json!({"data": {"last_name": "Иванова", "first_name": "Анна"},
        "employment": {"organization_id": second, "data": {"kind": "staff", "position": "методист",
                       "started_on": "2026-01-12"}}});
    let person = ministry.post("/api/v1/persons", person).expect(201).id();
    let role = json!({"person_id": person, "role": "regional_coordinator", "organization_id": second});
    ministry.post(PATH, role.clone()).refused(409, "conflict.already_exists");
    let page = ministry.get(&format!("{PATH}?role=regional_coordinator")).expect(200);
    let first = column(&page, "id").remove(0);
    let path = format!("{PATH}/{first}");
    let etag = ministry.get(&path).expect(200).etag();
    ministry.post_if(&format!("{path}/end"), &etag, json!({"valid_until": "2026-03-02"})).expect(200);
    app.days_pass(1);
    app.persona("ministry").post(PATH, role).expect(201);
}

/// P2-2: a region has one operator on a day; another one takes over when the first has ended, and the history stays.
#[test]
fn a_region_has_one_operator_at_a_time_and_keeps_who_it_was() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let body = json!({"parent_id": app.organization("altai_ministry"), "kind": "regional_operator",
                      "data": {"name": "Новый оператор"}});
    let second = ministry.post("/api/v1/organizations", body).expect(201).id();
    let person = json!({"data": {"last_name": "Иванова", "first_name": "Анна"},
        "employment": {"organization_id": second, "data": {"kind": "staff", "position": "методист",
                       "started_on": "2026-01-12"}}});
    let person = ministry.post("/api/v1/persons", person).expect(201).id();
    let role = json!({"person_id": person, "role": "regional_operator", "organization_id": second});
    ministry.post(PATH, role.clone()).refused(409, "conflict.already_exists");
    let operators = |query: &str| {
        let page = app.persona("ministry").get(&format!("{PATH}?role=regional_operator{query}")).expect(200);
        column(&page, "organization_id")
    };
    let first = app.organization("operator").to_string();
    assert_eq!(operators("&on=2026-03-02"), [first.as_str()]);
    let path = format!("{PATH}?role=regional_operator");
    let held = column(&ministry.get(&path).expect(200), "id").remove(0);
    let etag = ministry.get(&format!("{PATH}/{held}")).expect(200).etag();
    let end = json!({"valid_until": "2026-03-02"});
    ministry.post_if(&format!("{PATH}/{held}/end"), &etag, end).expect(200);
    app.days_pass(1);
    app.persona("ministry").post(PATH, role).expect(201);
    assert_eq!(operators("&on=2026-03-03"), [second.as_str()]);
    assert_eq!(operators("&on=2026-03-02"), [first.as_str()], "whoever it was on that day");
    assert_eq!(operators("").len(), 2);
}

fn account(app: &TestApp, name: &str) -> String {
    app.claims(name).sub.to_string()
}
