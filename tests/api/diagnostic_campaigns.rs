//! Campaigns of diagnostics over HTTP.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_diagnostics::{
    campaign, campaign_data, coordinator_instrument, framework, instrument, result_body,
};
use crate::support::build_directory::{employment, hire};

/// P0-21: a deputy opens a campaign for the school and sees who has not taken part.
#[test]
fn a_deputy_opens_a_campaign_for_the_school_and_sees_who_is_missing() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let own = instrument(&app, "deputy", "school_1", &framework);
    let id = campaign(&app, "deputy", "school_1", &own, "by_rule");
    let path = format!("/api/v1/diagnostic-campaigns/{id}");
    let deputy = app.persona("deputy");
    let missing = |query: &str| -> usize {
        let list = deputy.get(&format!("{path}/participants{query}")).expect(200).json();
        list["items"].as_array().unwrap().len()
    };
    let everybody = missing("");
    assert!(everybody > 3, "{everybody}");
    assert_eq!(missing("?tested=false"), everybody);
    let mut body = result_body(&app, "teacher", &own, "2026-02-10", &[("B.1", 20.0)]);
    body["campaign_id"] = json!(id);
    let recorded = deputy.post("/api/v1/diagnostic-results", body).expect(201).json();
    assert_eq!(recorded["campaign_id"], json!(id));
    assert_eq!(missing("?tested=false"), everybody - 1);
    assert_eq!(missing("?attendance=attended"), 1);

    // Who is missing is reminded, and reads so himself.
    let reminder = json!({"text": "Пройдите диагностику до 31 марта"});
    let told = deputy.post(&format!("{path}/reminders"), reminder).expect(200).json();
    assert_eq!(told["people"], json!(everybody - 1));
    let read = |persona: &str| app.persona(persona).get("/api/v1/diagnostic-reminders").expect(200).json();
    assert_eq!(read("teacher")["items"], json!([]));
    assert_eq!(read("teacher_2")["items"][0]["text"], "Пройдите диагностику до 31 марта");
    let report = deputy.get(&format!("{path}/participation")).expect(200).json();
    assert_eq!((&report["total"]["tested"], &report["total"]["attended"]), (&json!(1), &json!(1)));
    assert_eq!(report["total"]["response_percent"], json!(100 / everybody));

    assert_eq!(deputy.get(&path).expect(200).json()["data"]["instrument_id"], json!(own));
    // Others have their own campaigns.
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
    app.persona("chel_deputy").get(&path).refused(404, "request.not_found");
    app.persona("teacher").get(&format!("{path}/participation")).refused(403, "auth.forbidden");
    let body = json!({"owner_id": app.organization("school_1"), "data": campaign_data(&own, "by_rule")});
    app.persona("teacher").post("/api/v1/diagnostic-campaigns", body.clone()).refused(403, "auth.forbidden");
    app.persona("school_2_director")
        .post("/api/v1/diagnostic-campaigns", body)
        .refused(403, "auth.forbidden");
}

/// P4-22: a school enrols its people in the campaign of the coordinator; their attendance is tracked.
#[test]
fn a_school_enrols_its_people_in_the_campaign_of_the_coordinator() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let id = campaign(&app, "coordinator", "coordinator", &instrument, "by_school");
    let path = format!("/api/v1/diagnostic-campaigns/{id}");
    let enroll = |persona: &str, school: &str, people: &[&str]| {
        let people: Vec<_> = people.iter().map(|name| app.person(name)).collect();
        let body = json!({"organization_id": app.organization(school), "person_ids": people});
        app.persona(persona).post(&format!("{path}/participants"), body)
    };
    let mut body = result_body(&app, "teacher", &instrument, "2026-02-10", &[("B.1", 20.0)]);
    body["campaign_id"] = json!(id);
    app.persona("coordinator").post("/api/v1/diagnostic-results", body.clone()).refused(422, "not_enrolled");
    assert_eq!(enroll("director", "school_1", &["teacher", "teacher_2"]).expect(200).json()["people"], 2);
    assert_eq!(enroll("director", "school_1", &["teacher"]).expect(200).json()["people"], 0);
    enroll("director", "school_1", &["school_2_teacher"]).refused(422, "unknown");
    enroll("director", "school_2", &["school_2_teacher"]).refused(403, "auth.forbidden");
    enroll("teacher", "school_1", &["teacher"]).refused(403, "auth.forbidden");
    enroll("chel_director", "chel_school", &["chel_teacher"]).refused(404, "request.not_found");

    let marks = json!([{"person_id": app.person("teacher"), "attendance": "attended"},
        {"person_id": app.person("teacher_2"), "attendance": "excused"}]);
    let sheet = json!({"organization_id": app.organization("school_1"), "marks": marks});
    app.persona("school_2_director")
        .post(&format!("{path}/attendance"), sheet.clone())
        .refused(403, "auth.forbidden");
    app.persona("deputy").post(&format!("{path}/attendance"), sheet).expect(200);
    body["taken_on"] = json!("2026-01-10");
    app.persona("coordinator")
        .post("/api/v1/diagnostic-results", body.clone())
        .refused(422, "outside_campaign");
    body["taken_on"] = json!("2026-02-10");
    app.persona("coordinator").post("/api/v1/diagnostic-results", body).expect(201);
    let report = app.persona("coordinator").get(&format!("{path}/participation")).expect(200).json();
    assert_eq!(report["total"]["participants"], 2);
    assert_eq!(report["total"]["excused"], 1);
    assert_eq!(report["total"]["response_percent"], 100, "who is excused need not come");
    assert_eq!(report["organizations"][0]["organization_id"], json!(app.organization("school_1")));
}

/// P0-21: a campaign is planned, runs and is closed; only the first can be changed.
#[test]
fn a_campaign_lives_from_plan_to_closure() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let coordinator = app.persona("coordinator");
    let mut data = campaign_data(&instrument, "by_rule");
    data["ends_on"] = json!("2026-01-01");
    data["organization_ids"] = json!([app.organization("chel_school")]);
    let body = |data: &serde_json::Value| json!({"owner_id": app.organization("coordinator"), "data": data});
    let refusal =
        coordinator.post("/api/v1/diagnostic-campaigns", body(&data)).refused(422, "dates_out_of_order");
    assert_eq!(refusal.json()["errors"].as_array().unwrap().len(), 2, "{}", refusal.text);
    let data = campaign_data(&instrument, "by_rule");
    let planned = coordinator.post("/api/v1/diagnostic-campaigns", body(&data)).expect(201);
    coordinator.post("/api/v1/diagnostic-campaigns", body(&data)).refused(409, "conflict.already_exists");
    let path = format!("/api/v1/diagnostic-campaigns/{}", planned.id());
    let mut narrower = data.clone();
    narrower["organization_ids"] = json!([app.organization("school_1")]);
    narrower["education_levels"] = json!(["primary"]);
    coordinator.send_json("PUT", &path, &narrower).refused(428, "request.precondition_required");
    let changed = coordinator.put(&path, &planned.etag(), narrower.clone()).expect(200);
    coordinator.put(&path, &planned.etag(), narrower.clone()).refused(412, "request.precondition_failed");
    app.persona("director").put(&path, &changed.etag(), narrower.clone()).refused(403, "auth.forbidden");
    let start = format!("{path}/start");
    let running = coordinator.post_if(&start, &changed.etag(), json!(null)).expect(200);
    assert!(
        running.json()["allowed_actions"].as_array().unwrap().contains(&json!("close_diagnostic_campaign"))
    );
    coordinator.post_if(&start, &running.etag(), json!(null)).refused(409, "conflict.state");
    coordinator.put(&path, &running.etag(), narrower).refused(409, "conflict.state");
    let people = coordinator.get(&format!("{path}/participants")).expect(200).json();
    assert_eq!(
        people["items"].as_array().unwrap().len(),
        2,
        "who teaches at that level in that school: {people}"
    );
    coordinator.post_if(&format!("{path}/closure"), &running.etag(), json!(null)).expect(200);
    let listed = app.persona("teacher").get("/api/v1/diagnostic-campaigns?state=closed").expect(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let reminder = json!({"text": "Поздно"});
    coordinator.post(&format!("{path}/reminders"), reminder).refused(409, "conflict.state");
}

/// P0-21: a campaign is cancelled with a reason, planned or running; its results stay and no more are added.
#[test]
fn a_campaign_is_cancelled_and_its_results_stay() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let id = campaign(&app, "coordinator", "coordinator", &instrument, "by_rule");
    let path = format!("/api/v1/diagnostic-campaigns/{id}");
    let coordinator = app.persona("coordinator");
    let result = |person: &str| {
        let mut body = result_body(&app, person, &instrument, "2026-02-10", &[("B.1", 20.0)]);
        body["campaign_id"] = json!(id);
        coordinator.post("/api/v1/diagnostic-results", body)
    };
    let kept = result("teacher").expect(201).header("location").unwrap().to_owned();
    let cancellation = format!("{path}/cancellation");
    let reason = json!({"reason": "Сбой площадки"});
    coordinator.post(&cancellation, reason.clone()).refused(428, "request.precondition_required");
    coordinator.post_if(&cancellation, "\"1\"", reason.clone()).refused(412, "request.precondition_failed");
    coordinator.post_if(&cancellation, "\"2\"", json!({"reason": ""})).refused(422, "length");
    app.persona("director").post_if(&cancellation, "\"2\"", reason.clone()).refused(403, "auth.forbidden");
    let cancelled = coordinator.post_if(&cancellation, "\"2\"", reason.clone()).expect(200).json();
    assert_eq!((&cancelled["state"], &cancelled["reason"]), (&json!("cancelled"), &json!("Сбой площадки")));
    assert_eq!(cancelled["allowed_actions"], json!([]));
    coordinator.post_if(&cancellation, "\"3\"", reason).refused(409, "conflict.state");
    result("teacher_2").refused(422, "cancelled");
    coordinator.get(&kept).expect(200);
    let report = coordinator.get(&format!("{path}/participation")).expect(200).json();
    assert_eq!(report["total"]["tested"], 1);
    let reminder = json!({"text": "Поздно"});
    coordinator.post(&format!("{path}/reminders"), reminder).refused(409, "conflict.state");
    let listed = coordinator.get("/api/v1/diagnostic-campaigns?state=cancelled").expect(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);

    let data = json!({"owner_id": app.organization("coordinator"), "data": {
        "instrument_id": instrument, "code": "autumn", "title": "Осенняя диагностика", "mode": "mixed",
        "enrollment": "by_rule", "starts_on": "2026-09-01", "ends_on": "2026-10-31"}});
    let planned = coordinator.post("/api/v1/diagnostic-campaigns", data).expect(201);
    let path = format!("/api/v1/diagnostic-campaigns/{}/cancellation", planned.id());
    coordinator.post_if(&path, &planned.etag(), json!({"reason": "Нет денег"})).expect(200);
}

/// P0-21: whoever is hired while a campaign runs takes part by its rule; whom the rule does not name does not.
#[test]
fn people_hired_while_a_campaign_runs_take_part_by_its_rule() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let own = instrument(&app, "deputy", "school_1", &framework);
    let deputy = app.persona("deputy");
    let mut data = campaign_data(&own, "by_rule");
    data["positions"] = json!(["учитель", "учитель математики"]);
    let body = json!({"owner_id": app.organization("school_1"), "data": data});
    let planned = deputy.post("/api/v1/diagnostic-campaigns", body).expect(201);
    let path = format!("/api/v1/diagnostic-campaigns/{}", planned.id());
    deputy.post_if(&format!("{path}/start"), &planned.etag(), json!(null)).expect(200);
    let people =
        || deputy.get(&format!("{path}/participation")).expect(200).json()["total"]["participants"].clone();
    let before = people().as_i64().unwrap();
    let new = hire(&app, "director", "Соколова", "school_1");
    assert_eq!(people(), json!(before + 1), "hired on a day of the campaign");
    let listed = deputy.get(&format!("{path}/participants?tested=false")).expect(200).json();
    assert!(listed["items"].as_array().unwrap().iter().any(|one| one["person_id"] == json!(new)));
    hire(&app, "school_2_director", "Орлова", "school_2");
    assert_eq!(people(), json!(before + 1), "another school");
    // Who holds another post comes in when the post changes to one of the rule.
    let mut other = employment(app.organization("school_1"));
    other["data"]["position"] = json!("методист");
    other["data"]["kind"] = json!("external_part_time");
    let second = app.person("school_2_teacher");
    let officer = app.persona("municipal_officer");
    let made = officer.post(&format!("/api/v1/persons/{second}/employments"), other.clone()).expect(201);
    assert_eq!(people(), json!(before + 1), "another post");
    other["data"]["position"] = json!("учитель математики");
    let work = format!("/api/v1/employments/{}", made.id());
    officer.put(&work, &made.etag(), other["data"].clone()).expect(200);
    assert_eq!(people(), json!(before + 2));
    // Nor does anybody come to a campaign that is over.
    deputy.post_if(&format!("{path}/closure"), "\"2\"", json!(null)).expect(200);
    hire(&app, "director", "Зайцева", "school_1");
    assert_eq!(people(), json!(before + 2));
}
