//! Organizations over HTTP.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_directory::column;

#[test]
fn a_ministry_adds_a_school_to_a_municipality() {
    let app = TestApp::start();
    let body =
        json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "СОШ № 10"}});
    let created = app.persona("ministry").post("/api/v1/organizations", body).expect(201);
    let id = created.id();
    assert_eq!(created.header("location"), Some(format!("/api/v1/organizations/{id}").as_str()));
    let read = app.persona("teacher").get(&format!("/api/v1/organizations/{id}")).expect(200);
    assert_eq!(read.json()["municipality_id"], json!(app.organization("barnaul")));
    assert_eq!(read.json()["allowed_actions"], json!([]));
}

#[test]
fn another_region_does_not_exist() {
    let app = TestApp::start();
    let path = format!("/api/v1/organizations/{}", app.organization("chel_school"));
    app.persona("ministry").get(&path).refused(404, "request.not_found");
}

#[test]
fn a_teacher_may_not_add_an_organization() {
    let app = TestApp::start();
    let body =
        json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "СОШ № 10"}});
    app.persona("teacher").post("/api/v1/organizations", body).refused(403, "auth.forbidden");
}

#[test]
fn a_repeat_with_the_same_key_gets_the_same_answer() {
    let app = TestApp::start();
    let ministry = app.persona("ministry").header("idempotency-key", "key-0123456789");
    let body =
        json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "СОШ № 10"}});
    let first = ministry.send_json("POST", "/api/v1/organizations", &body).expect(201);
    let second = ministry.send_json("POST", "/api/v1/organizations", &body).expect(201);
    assert_eq!(first.text, second.text);
    assert_eq!(second.etag(), "\"1\"");
    let other =
        json!({"parent_id": app.organization("biysk"), "kind": "school", "data": {"name": "СОШ № 10"}});
    ministry
        .send_json("POST", "/api/v1/organizations", &other)
        .refused(422, "request.idempotency_key_reused");
}

/// P4-3: ministry, municipal bodies, subordinate providers, municipal and state schools stand in one tree.
#[test]
fn every_kind_stands_where_it_is_subordinate() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let root = app.organization("altai_ministry");
    let city = app.organization("barnaul");
    for (kind, parent, municipality) in [
        ("municipal_center", city, Some(city)),
        ("school", city, Some(city)),
        ("school", root, None),
        ("provider", root, None),
        ("quality_center", root, None),
    ] {
        let body =
            json!({"parent_id": parent, "kind": kind, "data": {"name": format!("Новая {kind} {parent}")}});
        let created = ministry.post("/api/v1/organizations", body).expect(201).json();
        assert_eq!(created["municipality_id"], json!(municipality));
    }
    let body = json!({"parent_id": root, "kind": "municipal_center", "data": {"name": "Центр"}});
    ministry.post("/api/v1/organizations", body).refused(422, "wrong_parent");
    let school = app.organization("school_1");
    let body = json!({"parent_id": school, "kind": "school", "data": {"name": "Филиал"}});
    ministry.post("/api/v1/organizations", body).refused(422, "wrong_parent");
}

/// B4.2: ИНН, ОГРН and ОКТМО are checked, and everything that is wrong is said at once.
#[test]
fn wrong_codes_are_named_all_at_once() {
    let app = TestApp::start();
    let body = json!({
        "parent_id": app.organization("barnaul"), "kind": "school",
        "data": {"name": "Ш", "inn": "7707083894", "ogrn": "1037739010892", "oktmo": "0170100"}
    });
    let refusal = app.persona("ministry").post("/api/v1/organizations", body).refused(422, "checksum").json();
    let pointers: Vec<_> =
        refusal["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
    assert_eq!(pointers, ["/data/inn", "/data/name", "/data/ogrn", "/data/oktmo"].map(|p| json!(p)));
    let english = app.persona("ministry").header("accept-language", "en").post(
        "/api/v1/organizations",
        json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "СОШ", "inn": "7707083894"}}),
    );
    assert_eq!(
        english.json()["errors"][0]["message"],
        json!("The control digits do not agree: check the number")
    );
}

#[test]
fn valid_codes_are_kept_and_unique() {
    let app = TestApp::start();
    let body = json!({
        "parent_id": app.organization("barnaul"), "kind": "school",
        "data": {"name": "СОШ № 11", "inn": "7707083893", "ogrn": "1037739010891", "oktmo": "01701000"}
    });
    let created = app.persona("ministry").post("/api/v1/organizations", body.clone()).expect(201);
    assert_eq!(created.json()["data"]["inn"], json!("7707083893"));
    app.persona("ministry").post("/api/v1/organizations", body).refused(409, "conflict.already_exists");
}

#[test]
fn a_part_of_the_name_finds_an_organization() {
    let app = TestApp::start();
    let body = json!({"parent_id": app.organization("barnaul"), "kind": "school",
                      "data": {"name": "Гимназия № 42", "short_name": "Г42"}});
    app.persona("ministry").post("/api/v1/organizations", body).expect(201);
    let found = app
        .persona("teacher")
        .get("/api/v1/organizations?q=%D0%B3%D0%98%D0%9C%D0%9D%D0%90%D0%97")
        .expect(200);
    assert_eq!(column(&found, "name"), ["Гимназия № 42"]);
    let wildcard = app.persona("teacher").get("/api/v1/organizations?q=%25%25").expect(200);
    assert!(column(&wildcard, "name").is_empty(), "a wildcard of the caller is a plain character");
    app.persona("teacher").get("/api/v1/organizations?q=x").refused(422, "length");
}

#[test]
fn a_director_changes_his_own_school_only() {
    let app = TestApp::start();
    let director = app.persona("director");
    let own = format!("/api/v1/organizations/{}", app.organization("school_1"));
    let read = director.get(&own).expect(200);
    assert_eq!(read.json()["allowed_actions"], json!(["update_organization"]));
    let body = json!({"name": "Школа № 1 имени Пушкина"});
    director.send_json("PUT", &own, &body).refused(428, "request.precondition_required");
    let changed = director.put(&own, &read.etag(), body.clone()).expect(200);
    assert_eq!(changed.json()["data"]["name"], body["name"]);
    director.put(&own, &read.etag(), body.clone()).refused(412, "request.precondition_failed");
    let other = format!("/api/v1/organizations/{}", app.organization("school_2"));
    director.put(&other, "\"1\"", body.clone()).refused(403, "auth.forbidden");
    let elsewhere = format!("/api/v1/organizations/{}", app.organization("chel_school"));
    director.put(&elsewhere, "\"1\"", body).refused(404, "request.not_found");
}

#[test]
fn a_municipal_officer_adds_to_his_own_municipality_only() {
    let app = TestApp::start();
    let body =
        json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "СОШ № 12"}});
    app.persona("municipal_officer").post("/api/v1/organizations", body.clone()).expect(201);
    app.persona("biysk_officer").post("/api/v1/organizations", body).refused(403, "auth.forbidden");
}

/// P4-3: the ministry makes a municipal body, which is its own municipality; schools stand under it or under the ministry.
#[test]
fn municipal_bodies_and_schools_have_their_subordination() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let make = |parent: &str, kind: &str, name: &str| {
        let body = json!({"parent_id": parent, "kind": kind, "data": {"name": name}});
        ministry.post("/api/v1/organizations", body)
    };
    let top = app.organization("altai_ministry").to_string();
    let city = make(&top, "municipal_authority", "Комитет по образованию Рубцовска").expect(201);
    assert_eq!(city.json()["municipality_id"], json!(city.id()));
    assert_eq!(city.json()["parent_id"], json!(top));
    let barnaul = app.organization("barnaul").to_string();
    make(&barnaul, "municipal_authority", "Комитет в комитете").refused(422, "wrong_parent");
    let municipal = make(&city.id(), "school", "Школа Рубцовска").expect(201).json();
    assert_eq!(municipal["municipality_id"], json!(city.id()));
    let krai = make(&top, "school", "Краевая школа").expect(201).json();
    assert!(krai.get("municipality_id").is_none());
}
