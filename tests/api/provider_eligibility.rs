//! Licences and founders of providers over HTTP, and their effect on hours.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_guidance::ids;
use crate::support::build_hours::{balance, confirmed, paper, with};
use crate::support::build_training::{course, move_to, open, plan, program_x, read, seminar};

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

/// B1.8, B1.9: an offering by a program is neither opened nor started on days without a valid licence or by a founder the
/// law does not let teach; one that runs says that its licence is suspended, since when and why, and its hours do not
/// count.
#[test]
fn offerings_need_a_provider_that_may_teach_on_their_days() {
    let app = TestApp::start();
    let program = program_x(&app);
    let running = open(&app, &course(&program, 5));
    assert_eq!(
        read(&app, "teacher", "offerings", &running).json()["provider_standing"]["verdict"],
        "eligible"
    );
    let made = app.persona("ministry").post(LICENCES, licence(&app, "1", "2020-01-10")).expect(201);
    let path = format!("{LICENCES}/{}", made.id());
    app.days_pass(8);
    move_to(&app, "provider", &running, "running").expect(200);
    let suspension = json!({"suspended_from": "2026-03-11", "reason": "Решение суда"});
    app.persona("ministry").post_if(&format!("{path}/suspension"), "\"1\"", suspension).expect(200);
    let shown = read(&app, "teacher", "offerings", &running).expect(200).json();
    let standing = json!({"verdict": "licence_suspended", "counts": false, "since": "2026-03-11", "reason": "Решение суда"});
    assert_eq!((&shown["state"], &shown["provider_standing"]), (&json!("running"), &standing));
    let earned = with(paper(&app, "teacher", "1", "2026-03-12"), json!({"started_on": "2026-03-10"}));
    app.days_pass(3);
    confirmed(&app, "provider", "director", earned);
    assert_eq!(not_counted(&app, "teacher")[0].0, "provider_not_eligible");

    let later = with(course(&program, 5), json!({"starts_on": "2026-04-06", "ends_on": "2026-04-10"}));
    let next = plan(&app, "provider", "provider_x", &later).expect(201);
    assert_eq!(next.json()["allowed_states"], json!(["cancelled"]));
    let refused = move_to(&app, "provider", &next.id(), "open").refused(422, "licence_suspended").json();
    assert_eq!(refused["errors"][0]["pointer"], "/state");
    assert_eq!(
        (&refused["errors"][0]["requirement"], &refused["errors"][0]["paragraph"]),
        (&json!("B1.9"), &json!("273-ФЗ, ст. 91"))
    );
    // What follows no program needs no licence.
    let talk =
        plan(&app, "provider", "provider_x", &with(seminar(5), json!({"ends_on": "2026-04-01"}))).expect(201);
    assert_eq!(talk.json().get("provider_standing"), None);
    move_to(&app, "provider", &talk.id(), "open").expect(200);

    let resumed = json!({"suspended_until": "2026-03-31"});
    app.persona("ministry").post_if(&format!("{path}/resumption"), "\"2\"", resumed).expect(200);
    move_to(&app, "provider", &next.id(), "open").expect(200);
    // An open offering is not moved to days without a licence either.
    app.persona("ministry")
        .post_if(&format!("{path}/end"), "\"3\"", json!({"valid_until": "2026-04-30"}))
        .expect(200);
    let whole = app.persona("provider").get(&format!("/api/v1/offerings/{}", next.id())).expect(200);
    let data =
        with(whole.json()["data"].clone(), json!({"starts_on": "2026-04-27", "ends_on": "2026-05-01"}));
    let moved = app.persona("provider").put(
        &format!("/api/v1/offerings/{}", next.id()),
        &whole.etag(),
        json!({"data": data}),
    );
    assert_eq!(moved.refused(422, "no_licence").json()["errors"][0]["pointer"], "/data/starts_on");

    app.persona("ministry").post(LICENCES, licence(&app, "2", "2026-05-01")).expect(201);
    app.persona("ministry").post(FOUNDERS, founder(&app, "private", "2026-05-01")).expect(201);
    let sold = with(course(&program, 5), json!({"starts_on": "2026-05-11", "ends_on": "2026-05-15"}));
    let sold = plan(&app, "provider", "provider_x", &sold).expect(201).id();
    let refused = move_to(&app, "provider", &sold, "open").refused(422, "founder_not_eligible").json();
    assert_eq!(refused["errors"][0]["requirement"], "B1.8");
}
