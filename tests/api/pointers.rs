//! A refusal leads to the field that is wrong, says what is wrong with it, and tells nothing else.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{campaign_data, coordinator_instrument, instrument_data};
use crate::support::client::Answer;

/// Pointer, code and English words of every problem.
fn problems(answer: Answer) -> Vec<(String, String, String)> {
    let body = answer.expect(422).json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let line = |error: &Value| (text(&error["pointer"]), text(&error["code"]), text(&error["message"]));
    body["errors"].as_array().unwrap().iter().map(line).collect()
}

fn places(answer: Answer) -> Vec<String> {
    problems(answer).into_iter().map(|(pointer, code, _)| format!("{pointer} {code}")).collect()
}

/// RFC 9457, RFC 6901: a pointer leads into the body that was sent: new things carry their data one level deeper.
#[test]
fn pointers_lead_into_the_body_that_was_sent() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let usable = coordinator_instrument(&app);
    let nowhere = rost::ids::new_id();
    let owner = app.organization("coordinator");
    let mut data = campaign_data(&nowhere.to_string(), "by_rule");
    data["ends_on"] = json!("2026-01-01");
    data["organization_ids"] = json!([nowhere, app.organization("school_1"), app.organization("school_1")]);
    let wrong = [
        "/ends_on dates_out_of_order",
        "/instrument_id unknown",
        "/organization_ids/0 unknown",
        "/organization_ids/2 duplicate",
    ];
    let path = "/api/v1/diagnostic-campaigns";
    let deeper: Vec<String> = wrong.iter().map(|place| format!("/data{place}")).collect();
    let refused = coordinator.post(path, json!({"owner_id": owner, "data": data}));
    assert_eq!(places(refused), deeper);
    let made = coordinator.post(path, json!({"owner_id": owner, "data": campaign_data(&usable, "by_rule")}));
    let made = made.expect(201);
    assert_eq!(places(coordinator.put(&format!("{path}/{}", made.id()), "\"1\"", data)), wrong);

    let mut data = instrument_data(&nowhere.to_string(), "new");
    data["supersedes_id"] = json!(nowhere);
    let refused = coordinator.post("/api/v1/instruments", json!({"owner_id": owner, "data": data}));
    assert!(places(refused).iter().all(|place| place.starts_with("/data/")));
}

/// RFC 6901: a CASE package names its fields itself.
#[test]
fn bounds_of_a_case_package_are_told_in_its_own_names() {
    let app = TestApp::start();
    let id = rost::ids::new_id();
    let now = "2026-01-01T00:00:00Z";
    let body = json!({"owner_id": app.organization("coordinator"), "code": "case", "edition": 1, "package": {
        "CFDocument": {"identifier": id, "uri": "urn:1", "creator": "Институт", "title": "М", "lastChangeDateTime": now},
        "CFItems": [{"identifier": id, "uri": "urn:2", "fullStatement": "К", "lastChangeDateTime": now}],
        "CFAssociations": [{"identifier": id, "uri": "urn:3", "associationType": "isChildOf", "lastChangeDateTime": now,
            "originNodeURI": {"title": "", "identifier": id, "uri": "urn:2"},
            "destinationNodeURI": {"title": "x".repeat(501), "identifier": id, "uri": "urn:1"}}],
    }});
    assert_eq!(
        places(app.persona("coordinator").post("/api/v1/case-packages", body)),
        [
            "/package/CFAssociations/0/destinationNodeURI/title length",
            "/package/CFDocument/title length",
            "/package/CFItems/0/fullStatement length",
        ]
    );
}

/// api-conventions: every problem has words, in the items of lists too; the length of a list is not that of a text.
#[test]
fn every_problem_has_words() {
    let app = TestApp::start();
    let english = app.persona("coordinator").header("accept-language", "en");
    let mut data = campaign_data(&rost::ids::new_id().to_string(), "by_rule");
    data["positions"] = json!(["учитель", "Я".repeat(300), ""]);
    let body = json!({"owner_id": app.organization("coordinator"), "data": data});
    let found = problems(english.post("/api/v1/diagnostic-campaigns", body.clone()));
    let words = "Allowed length: 1–200".to_owned();
    let at = |place: &str| (format!("/data/positions/{place}"), "length".to_owned(), words.clone());
    assert_eq!(found, [at("1"), at("2")]);
    let mut body = body;
    body["data"]["positions"] = json!(vec!["учитель"; 101]);
    let found = problems(english.post("/api/v1/diagnostic-campaigns", body));
    assert_eq!(found[0].2, "Items at most: 100");
    let announcement = json!({"data": {"title": "Семинары", "text": "Приглашаем", "audience": ["persons"],
        "expected_products": ["Я".repeat(9999)]}});
    let found = problems(app.persona("ministry").post("/api/v1/announcements", announcement));
    assert_eq!(
        (found[0].0.as_str(), found[0].2.as_str()),
        ("/data/expected_products/0", "Допустимая длина: 1–200")
    );
}

/// A text that is given says something, whatever it is for.
#[test]
fn no_text_is_blank() {
    let app = TestApp::start();
    let blank = " \u{a0}\u{200b}  ";
    let announcement = json!({"data": {"title": blank, "text": "Приглашаем", "audience": ["persons"]}});
    app.persona("ministry").post("/api/v1/announcements", announcement).refused(422, "blank");
    let mut data = instrument_data(&rost::ids::new_id().to_string(), blank);
    data["title"] = json!(blank);
    let body = json!({"owner_id": app.organization("coordinator"), "data": data});
    let found = places(app.persona("coordinator").post("/api/v1/instruments", body));
    assert_eq!(found, ["/data/code blank", "/data/title blank"]);
    let licence = json!({"organization_id": app.organization("provider_x"), "data": {"number": " ",
        "issued_on": "2020-01-10", "issued_by": "Министерство", "valid_from": "2020-01-10"}});
    app.persona("ministry").post("/api/v1/provider-licences", licence).refused(422, "blank");
}

/// api-conventions: what a body names and the caller may not know of is a wrong field, whether it exists or not; places
/// of one's own region are no secret.
#[test]
fn what_a_body_names_is_not_told_to_exist() {
    let app = TestApp::start();
    let need = |person: uuid::Uuid| json!({"person_id": person, "ground": "new_post", "topic": "Тема"});
    for person in [rost::ids::new_id(), app.person("school_2_teacher"), app.person("chel_teacher")] {
        let found = places(app.persona("director").post("/api/v1/needs", need(person)));
        assert_eq!(found, ["/person_id unknown"]);
    }
    let announcement = json!({"organization_id": app.organization("school_2"),
        "data": {"title": "Семинары", "text": "Приглашаем", "audience": ["persons"]}});
    app.persona("director").post("/api/v1/announcements", announcement).refused(403, "auth.forbidden");
    let campaign = json!({"municipality_id": app.organization("biysk"),
        "data": {"title": "Потребности", "opens_on": "2026-03-02", "closes_on": "2026-03-02"}});
    app.persona("municipal_officer").post("/api/v1/need-campaigns", campaign).refused(403, "auth.forbidden");
    for query in ["deficit-closure?organization_id=", "diagnostic-report?framework_id="] {
        let path = format!("/api/v1/{query}{}", rost::ids::new_id());
        app.persona("ministry").get(&path).refused(422, "unknown");
    }
    let path = format!("/api/v1/deficit-closure?organization_id={}", app.organization("chel_school"));
    app.persona("ministry").get(&path).refused(422, "unknown");
}
