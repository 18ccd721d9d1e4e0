//! Regions over HTTP.

use serde_json::json;

use crate::support::TestApp;

const REGIONS: &str = "/api/v1/regions";

/// Design §2: a region is a tenant with a time zone of its own; administrators of the platform add it.
#[test]
fn an_administrator_adds_a_region() {
    let app = TestApp::start();
    let body = json!({"code": "kostroma", "name": "Костромская область", "time_zone": "Europe/Moscow"});
    let made = app.persona("admin").post(REGIONS, body.clone()).expect(201).json();
    assert_eq!((&made["code"], &made["time_zone"]), (&json!("kostroma"), &json!("Europe/Moscow")));
    let list = app.persona("admin").get(REGIONS).expect(200).json();
    assert!(list["items"].as_array().unwrap().iter().any(|item| item["id"] == made["id"]), "{list}");
    app.persona("admin").post(REGIONS, body.clone()).refused(409, "conflict.already_exists");
    app.persona("ministry").post(REGIONS, body).refused(403, "auth.forbidden");
    let wrong = json!({"code": "K", "name": "К", "time_zone": "Europe/Kostroma"});
    let refused = app.persona("admin").post(REGIONS, wrong);
    assert_eq!(refused.status, 422, "{}", refused.text);
}
