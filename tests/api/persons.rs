//! Persons over HTTP.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_directory::{column, employment, hire, person};

const SNILS: &str = "112-233-445 95";

fn with_personal_data(app: &TestApp, school: &str) -> serde_json::Value {
    let mut body = person("Соколова", app.organization(school));
    body["data"]["snils"] = json!("11223344595");
    body["data"]["birth_date"] = json!("1984-05-17");
    body["data"]["email"] = json!("A.Sokolova@School7.example");
    body
}

#[test]
fn a_director_adds_a_teacher_of_his_own_school() {
    let app = TestApp::start();
    let director = app.persona("director");
    let created = director.post("/api/v1/persons", with_personal_data(&app, "school_1")).expect(201);
    let id = created.id();
    assert_eq!(created.header("location"), Some(format!("/api/v1/persons/{id}").as_str()));
    let read = director.get(&format!("/api/v1/persons/{id}")).expect(200).json();
    assert_eq!(read["data"]["snils"], json!(SNILS));
    assert_eq!(read["data"]["email"], json!("a.sokolova@school7.example"));
    assert_eq!(read["posts"][0]["position"], json!("учитель математики"));
    assert_eq!(read["allowed_actions"], json!(["update_person", "list_person_names"]));
}

#[test]
fn below_the_region_a_person_comes_with_an_employment_of_ones_own_unit() {
    let app = TestApp::start();
    let alone = json!({"data": {"last_name": "Соколова", "first_name": "Анна"}});
    app.persona("director").post("/api/v1/persons", alone.clone()).refused(422, "required");
    app.persona("ministry").post("/api/v1/persons", alone.clone()).expect(201);
    app.persona("admin").post("/api/v1/persons", alone).refused(422, "required");
    let other_school = person("Соколова", app.organization("school_2"));
    app.persona("director").post("/api/v1/persons", other_school.clone()).refused(403, "auth.forbidden");
    app.persona("municipal_officer").post("/api/v1/persons", other_school.clone()).expect(201);
    app.persona("biysk_officer").post("/api/v1/persons", other_school.clone()).refused(403, "auth.forbidden");
    app.persona("chel_director").post("/api/v1/persons", other_school).refused(422, "unknown");
    let own = person("Соколова", app.organization("school_1"));
    app.persona("teacher").post("/api/v1/persons", own).refused(403, "auth.forbidden");
}

/// B4.1: the control digits of a СНИЛС are checked; all problems of a body are reported together.
#[test]
fn everything_wrong_with_a_person_is_said_at_once() {
    let app = TestApp::start();
    let mut body = person("Сок0лова", app.organization("school_1"));
    body["data"]["snils"] = json!("112-233-445 96");
    body["data"]["email"] = json!("nobody");
    body["employment"]["data"]["position"] = json!(" ");
    let refusal = app.persona("director").post("/api/v1/persons", body).refused(422, "checksum");
    let fields = refusal.json()["errors"].as_array().unwrap().clone();
    let pointers: Vec<_> = fields.iter().map(|field| field["pointer"].as_str().unwrap().to_owned()).collect();
    assert_eq!(pointers, ["/data/email", "/data/last_name", "/data/snils", "/employment/data/position"]);
    assert!(!refusal.text.contains("112-233"), "a rejected value is personal data");

    let mut body = person("Соколова", app.organization("school_1"));
    body["data"]["birth_date"] = json!("2030-01-01");
    app.persona("director").post("/api/v1/persons", body).refused(422, "date_out_of_range");
    let mut body = person("Соколова", app.organization("school_1"));
    body["employment"]["data"]["ended_on"] = json!("2020-01-01");
    app.persona("director").post("/api/v1/persons", body).refused(422, "dates_out_of_order");
}

#[test]
fn the_same_snils_twice_is_a_conflict_that_names_nobody() {
    let app = TestApp::start();
    app.persona("director").post("/api/v1/persons", with_personal_data(&app, "school_1")).expect(201);
    let mut twin = with_personal_data(&app, "school_2");
    twin["data"]["last_name"] = json!("Другая");
    let refusal = app.persona("school_2_director").post("/api/v1/persons", twin);
    let refusal = refusal.refused(409, "conflict.already_exists");
    assert!(refusal.json()["detail"].as_str().unwrap().contains("СНИЛС"));
    for secret in ["Соколова", "11223344595", SNILS, "school_1"] {
        assert!(!refusal.text.contains(secret), "{}", refusal.text);
    }
    // Regions are tenants: the number is free in another one.
    app.persona("chel_director").post("/api/v1/persons", with_personal_data(&app, "chel_school")).expect(201);
}

/// Design §2: СНИЛС, birth date and contacts are shown to the person and to roles that need them.
#[test]
fn personal_data_is_hidden_from_those_who_do_not_need_it() {
    let app = TestApp::start();
    let id = app.person("teacher");
    let path = format!("/api/v1/persons/{id}");
    let ministry = app.persona("ministry");
    let etag = ministry.get(&path).expect(200).etag();
    let data = json!({"last_name": "Testova", "first_name": "Anna", "snils": SNILS, "birth_date": "1984-05-17",
                      "email": "a@school.example"});
    ministry.put(&path, &etag, json!({"data": data})).expect(200);
    for (persona, sees) in [
        ("teacher", true),
        ("director", true),
        ("deputy", true),
        ("municipal_officer", true),
        ("methodist", true),
        ("coordinator", true),
        ("operator", true),
        ("integration", true),
        ("association_head", false),
        ("curator", false),
        ("secretary", false),
        ("quality_officer", false),
        ("auditor", false),
        ("admin", false),
    ] {
        let reader = app.persona(persona).header("x-purpose", "personnel");
        let answer = reader.get(&path).expect(200);
        let data = answer.json()["data"].clone();
        assert_eq!(data["last_name"], json!("Testova"), "{persona}");
        for field in ["snils", "birth_date", "email"] {
            assert_eq!(data.get(field).is_some(), sees, "{persona} {field}");
        }
    }
    for persona in
        ["teacher_2", "tutor", "provider", "school_2_director", "biysk_officer", "reviewer", "chel_ministry"]
    {
        app.persona(persona).get(&path).refused(404, "request.not_found");
    }
}

#[test]
fn a_list_holds_whom_the_reader_may_see() {
    let app = TestApp::start();
    let count = |persona: &str| {
        column(&app.persona(persona).get("/api/v1/persons?limit=200").expect(200), "id").len()
    };
    assert_eq!(count("teacher"), 1);
    assert_eq!(count("association_head"), 3, "two members and himself");
    assert_eq!(count("director"), 8, "the people of school 1");
    assert_eq!(count("school_2_director"), 2);
    assert_eq!(count("municipal_officer"), 12, "the people of Barnaul");
    assert_eq!(count("ministry"), 24);
    assert_eq!(count("chel_ministry"), 7);
    assert_eq!(count("provider"), 1);
    assert_eq!(count("admin"), 31);
    app.anonymous().get("/api/v1/persons").refused(401, "auth.unauthenticated");
}

#[test]
fn filters_narrow_a_list_and_never_widen_it() {
    let app = TestApp::start();
    hire(&app, "director", "Соловьёва", "school_1");
    let ministry = app.persona("ministry");
    let (school, city) = (app.organization("school_1"), app.organization("barnaul"));
    let names =
        |query: &str| column(&ministry.get(&format!("/api/v1/persons?{query}")).expect(200), "last_name");
    assert_eq!(names(&format!("organization_id={school}")).len(), 9);
    assert_eq!(names(&format!("municipality_id={city}")).len(), 13);
    assert_eq!(
        names(
            "position=%D0%A3%D0%A7%D0%98%D0%A2%D0%95%D0%9B%D0%AC%20%D0%BC%D0%B0%D1%82%D0%B5%D0%BC%D0%B0%D1%82%D0%B8%D0%BA%D0%B8"
        ),
        ["Соловьёва"]
    );
    assert_eq!(names("q=%D0%A1%D0%9E%D0%9B%D0%9E%D0%92%D0%AC"), ["Соловьёва"], "СОЛОВЬ");
    assert_eq!(names("q=%D0%BC%D0%B0%D1%80%D0%B8%D1%8F%20%D0%B8%D0%B2"), ["Соловьёва"], "мария ив");
    let teacher =
        app.persona("teacher").get(&format!("/api/v1/persons?organization_id={school}")).expect(200);
    assert_eq!(column(&teacher, "id").len(), 1);
    ministry.get("/api/v1/persons?nmae=x").refused(400, "request.unknown_parameter");
}

#[test]
fn pages_follow_each_other_in_the_order_of_names() {
    let app = TestApp::start();
    let director = app.persona("director");
    let all = column(&director.get("/api/v1/persons").expect(200), "id");
    let mut seen = Vec::new();
    let mut path = "/api/v1/persons?limit=3".to_owned();
    loop {
        let page = director.get(&path).expect(200);
        seen.extend(column(&page, "id"));
        let Some(cursor) = page.json()["next_cursor"].as_str().map(str::to_owned) else { break };
        path = format!("/api/v1/persons?limit=3&cursor={cursor}");
    }
    assert_eq!(seen, all);
    let school = app.organization("school_1");
    let cursor = director.get("/api/v1/persons?limit=3").expect(200).json()["next_cursor"].clone();
    let path =
        format!("/api/v1/persons?limit=3&organization_id={school}&cursor={}", cursor.as_str().unwrap());
    director.get(&path).refused(422, "invalid_cursor");
}

#[test]
fn a_former_name_stays_in_the_history() {
    let app = TestApp::start();
    let director = app.persona("director");
    let id = hire(&app, "director", "Соколова", "school_1");
    let path = format!("/api/v1/persons/{id}");
    let etag = director.get(&path).expect(200).etag();
    let renamed = json!({"last_name": "Орлова", "first_name": "Мария", "middle_name": "Ивановна"});
    let future = json!({"data": renamed, "name_changed_on": "2026-03-10"});
    director.put(&path, &etag, future).refused(422, "date_out_of_range");
    let body = json!({"data": renamed, "name_changed_on": "2026-02-20"});
    let changed = director.put(&path, &etag, body).expect(200);
    assert_eq!(changed.json()["data"]["last_name"], json!("Орлова"));
    director.put(&path, &etag, json!({"data": renamed})).refused(412, "request.precondition_failed");
    director.send_json("PUT", &path, &json!({"data": renamed})).refused(428, "request.precondition_required");
    // The same data again leaves no second row.
    director.put(&path, &changed.etag(), json!({"data": renamed})).expect(200);
    let names = director.get(&format!("{path}/names")).expect(200).json();
    assert_eq!(
        names["items"],
        json!([{"last_name": "Соколова", "first_name": "Мария", "middle_name": "Ивановна", "used_until": "2026-02-19"}])
    );
    app.persona("curator").get(&format!("{path}/names")).refused(403, "auth.forbidden");
    app.persona("teacher").get(&format!("{path}/names")).refused(404, "request.not_found");
}

#[test]
fn only_keepers_of_the_record_change_a_person() {
    let app = TestApp::start();
    let path = format!("/api/v1/persons/{}", app.person("teacher"));
    let body = json!({"data": {"last_name": "Орлова", "first_name": "Анна"}});
    app.persona("school_2_director").put(&path, "\"1\"", body.clone()).refused(404, "request.not_found");
    app.persona("chel_director").put(&path, "\"1\"", body.clone()).refused(404, "request.not_found");
    app.persona("curator").put(&path, "\"1\"", body.clone()).refused(403, "auth.forbidden");
    app.persona("deputy").put(&path, "\"1\"", body).expect(200);
}

#[test]
fn a_repeat_with_the_same_key_adds_nobody() {
    let app = TestApp::start();
    let director = app.persona("director").header("idempotency-key", "hire-0123456789");
    let body = with_personal_data(&app, "school_1");
    let first = director.send_json("POST", "/api/v1/persons", &body).expect(201);
    let second = director.send_json("POST", "/api/v1/persons", &body).expect(201);
    assert_eq!(first.text, second.text);
    assert_eq!(app.db_text("select count(*) from audit_events where operation = 'create_person'"), "1");
}

#[test]
fn an_external_id_is_given_whole_and_once() {
    let app = TestApp::start();
    let service = app.persona("integration");
    let mut body = person("Соколова", app.organization("school_1"));
    body["external_id"] = json!("77");
    service.post("/api/v1/persons", body.clone()).refused(422, "required");
    body["source"] = json!("1c-hr");
    service.post("/api/v1/persons", body.clone()).expect(201);
    service.post("/api/v1/persons", body).refused(409, "conflict.already_exists");
}

#[test]
fn whoever_is_hired_for_later_is_seen_at_once() {
    let app = TestApp::start();
    let director = app.persona("director");
    let mut work = employment(app.organization("school_1"));
    work["data"]["started_on"] = json!("2026-09-01");
    let body = json!({"data": {"last_name": "Соколова", "first_name": "Анна"}, "employment": work});
    let id = director.post("/api/v1/persons", body).expect(201).id();
    director.get(&format!("/api/v1/persons/{id}")).expect(200);
    assert!(column(&director.get("/api/v1/persons").expect(200), "id").contains(&id));
}
