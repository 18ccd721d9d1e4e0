//! Licences and founders of providers over HTTP, and their effect on hours.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_guidance::ids;
use crate::support::build_hours::{balance, confirmed, paper, with};

const LICENCES: &str = "/api/v1/provider-licences";
const FOUNDERS: &str = "/api/v1/provider-founders";

fn licence(app: &TestApp, number: &str, from: &str) -> Value {
    json!({"organization_id": app.organization("provider_x"), "data": {
        "number": number, "issued_on": "2020-01-10", "issued_by": "Министерство", "register_entry": "L-1",
        "valid_from": from}})
}

fn founder(app: &TestApp, kind: &str, from: &str) -> Value {
    json!({"organization_id": app.organization("provider_x"),
           "data": {"founder_type": kind, "valid_from": from}})
}

/// The explanations of what is not counted.
fn not_counted(app: &TestApp, person: &str) -> Vec<(String, String)> {
    let found = balance(app, person, "");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let lines = found["not_counted"].as_array().unwrap().iter();
    lines.map(|line| (text(&line["reason"]), text(&line["explanation_en"]))).collect()
}

fn verdict(app: &TestApp, day: &str) -> Value {
    let path =
        format!("/api/v1/organizations/{}/provider-eligibility?on={day}", app.organization("provider_x"));
    app.persona("teacher").get(&path).expect(200).json()["verdict"].clone()
}

/// B1.9: an hour earned while the licence was suspended does not count, one before does, and the balance says
/// why.
#[test]
fn hours_earned_under_a_suspended_licence_do_not_count() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let made = ministry.post(LICENCES, licence(&app, "1", "2020-01-10")).expect(201);
    let path = format!("{LICENCES}/{}", made.id());
    assert_eq!(made.json()["allowed_actions"], json!(["end_provider_licence", "record_licence_suspension"]));
    confirmed(&app, "provider", "director", paper(&app, "teacher", "1", "2026-01-14"));
    let over_the_edge = with(paper(&app, "teacher", "2", "2026-01-20"), json!({"started_on": "2026-01-10"}));
    confirmed(&app, "provider", "director", over_the_edge);
    assert_eq!(balance(&app, "teacher", "")["local_hours"]["counted"], json!(72.0));
    let suspension = json!({"suspended_from": "2026-01-15", "reason": "Решение суда"});
    app.persona("provider")
        .post_if(&format!("{path}/suspension"), "\"1\"", suspension.clone())
        .refused(403, "auth.forbidden");
    ministry
        .post(&format!("{path}/suspension"), suspension.clone())
        .refused(428, "request.precondition_required");
    ministry.post_if(&format!("{path}/suspension"), "\"1\"", suspension.clone()).expect(200);
    ministry
        .post_if(&format!("{path}/suspension"), "\"1\"", suspension.clone())
        .refused(412, "request.precondition_failed");
    ministry.post_if(&format!("{path}/suspension"), "\"2\"", suspension).refused(409, "conflict.state");
    assert_eq!(balance(&app, "teacher", "")["local_hours"]["counted"], json!(36.0));
    let (reason, words) = not_counted(&app, "teacher").remove(0);
    assert_eq!(reason, "provider_not_eligible");
    assert_eq!(words, "The provider's licence was suspended: the training includes 2026-01-15");
    assert_eq!(verdict(&app, "2026-01-15"), "licence_suspended");

    let resumption = format!("{path}/resumption");
    ministry
        .post_if(&resumption, "\"2\"", json!({"suspended_until": "2026-01-01"}))
        .refused(422, "dates_reversed");
    let resumed =
        ministry.post_if(&resumption, "\"2\"", json!({"suspended_until": "2026-02-15"})).expect(200).json();
    assert_eq!(resumed["suspensions"][0]["suspended_until"], "2026-02-15");
    ministry
        .post_if(&resumption, "\"3\"", json!({"suspended_until": "2026-02-15"}))
        .refused(409, "conflict.state");
    assert_eq!(verdict(&app, "2026-02-16"), "eligible");
    assert_eq!(not_counted(&app, "teacher").len(), 1, "what was earned meanwhile stays out");
    let again = json!({"suspended_from": "2026-02-10", "reason": "Снова"});
    ministry.post_if(&format!("{path}/suspension"), "\"3\"", again).refused(422, "date_out_of_range");
}

/// B1.9: a licence has dates; without a valid one hours do not count, and without any record nothing is concluded.
#[test]
fn a_licence_has_dates() {
    let app = TestApp::start();
    confirmed(&app, "provider", "director", paper(&app, "teacher", "1", "2025-04-10"));
    assert_eq!(verdict(&app, "2025-04-10"), "not_restricted");
    let operator = app.persona("operator");
    let made = operator.post(LICENCES, licence(&app, "1", "2020-01-10")).expect(201);
    operator.post(LICENCES, licence(&app, "1", "2021-01-10")).refused(409, "conflict.already_exists");
    app.persona("provider").post(LICENCES, licence(&app, "2", "2020-01-10")).refused(403, "auth.forbidden");
    let path = format!("{LICENCES}/{}", made.id());
    operator
        .post_if(&format!("{path}/end"), "\"1\"", json!({"valid_until": "2019-01-01"}))
        .refused(422, "dates_reversed");
    operator.post_if(&format!("{path}/end"), "\"1\"", json!({"valid_until": "2025-04-09"})).expect(200);
    let (reason, words) = not_counted(&app, "teacher").remove(0);
    assert_eq!(reason, "provider_not_eligible");
    assert_eq!(words, "The provider had no valid licence: the training includes 2025-04-10");
    operator.post(LICENCES, licence(&app, "2", "2025-04-10")).expect(201);
    assert_eq!(not_counted(&app, "teacher"), Vec::new());
    let provider = app.organization("provider_x");
    assert_eq!(
        ids(&app.persona("teacher").get(&format!("{LICENCES}?organization_id={provider}")).expect(200)).len(),
        2
    );
    assert_eq!(app.persona("teacher").get(&path).expect(200).json()["data"]["valid_until"], "2025-04-09");
    app.persona("chel_ministry").get(&path).refused(404, "request.not_found");
    let mut reversed = licence(&app, "3", "2020-01-10");
    reversed["data"]["valid_until"] = json!("2019-01-01");
    operator.post(LICENCES, reversed).refused(422, "dates_reversed");
    let foreign = json!({"organization_id": app.organization("chel_provider"), "data": licence(&app, "9", "2020-01-10")["data"]});
    operator.post(LICENCES, foreign).refused(422, "unknown");
}

/// B1.8, B1.9: the founder of the day training begins decides; the fact is in the reason.
#[test]
fn founders_have_dates() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let public = ministry.post(FOUNDERS, founder(&app, "municipal", "2010-01-01")).expect(201);
    ministry.post(FOUNDERS, founder(&app, "municipal", "2010-01-01")).refused(409, "conflict.already_exists");
    app.persona("provider")
        .post(FOUNDERS, founder(&app, "state", "2010-01-01"))
        .refused(403, "auth.forbidden");
    let path = format!("{FOUNDERS}/{}", public.id());
    let end = json!({"valid_until": "2025-12-31"});
    ministry.post(&format!("{path}/end"), end.clone()).refused(428, "request.precondition_required");
    ministry
        .post_if(&format!("{path}/end"), "\"1\"", json!({"valid_until": "2009-12-31"}))
        .refused(422, "dates_reversed");
    ministry.post_if(&format!("{path}/end"), "\"1\"", end.clone()).expect(200);
    ministry.post_if(&format!("{path}/end"), "\"1\"", end).refused(412, "request.precondition_failed");
    assert_eq!(verdict(&app, "2026-01-01"), "founder_unknown");
    ministry.post(FOUNDERS, founder(&app, "private", "2026-01-01")).expect(201);
    assert_eq!(
        (verdict(&app, "2025-12-31"), verdict(&app, "2026-01-01")),
        (json!("eligible"), json!("founder_not_eligible"))
    );
    confirmed(&app, "provider", "director", paper(&app, "teacher", "1", "2025-12-31"));
    confirmed(&app, "provider", "director", paper(&app, "teacher", "2", "2026-01-10"));
    assert_eq!(balance(&app, "teacher", "")["local_hours"]["counted"], json!(36.0));
    let (reason, words) = not_counted(&app, "teacher").remove(0);
    assert_eq!(reason, "provider_not_eligible");
    assert!(words.contains("the training began on 2026-01-10"), "{words}");
    assert_eq!(ids(&app.persona("teacher").get(FOUNDERS).expect(200)).len(), 2);
    assert_eq!(app.persona("teacher").get(&path).expect(200).json()["data"]["founder_type"], "municipal");
    app.persona("chel_ministry").get(&path).refused(404, "request.not_found");
}
