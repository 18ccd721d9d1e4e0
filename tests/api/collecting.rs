//! Who collects needs, supplies findings and conducts diagnostics, under the regulation that says so.

use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{
    campaign, campaign_data, coordinator_instrument, framework, instrument, load_results, result_body, snils,
    staff,
};
use crate::support::build_directory::{column, employment, end_employment, only_employment};
use crate::support::build_guidance::{finding_body, ids};
use crate::support::regulated_training::{altai_under_p2, barnaul_under_p3, live_under_changed};

const CAMPAIGNS: &str = "/api/v1/need-campaigns";
const FINDINGS: &str = "/api/v1/outcome-findings";

fn need(app: &TestApp, person: &str, campaign: &str) -> Value {
    json!({"person_id": app.person(person), "ground": "new_post", "topic": "Управление классом",
           "campaign_id": campaign})
}

fn asking(municipality: Option<uuid::Uuid>, opens_on: &str, closes_on: &str) -> Value {
    json!({"municipality_id": municipality,
           "data": {"title": "Потребности на 2027 год", "opens_on": opens_on, "closes_on": closes_on}})
}

fn rates(app: &TestApp, persona: &str, campaign: &str) -> Vec<(Value, Value, Value)> {
    let path = format!("{CAMPAIGNS}/{campaign}/response-rate");
    let found = app.persona(persona).get(&path).expect(200).json();
    let rows = found["municipalities"].as_array().unwrap();
    rows.iter()
        .map(|row| (row["municipality_id"].clone(), row["schools"].clone(), row["percent"].clone()))
        .collect()
}

/// P2-16: the operator alone asks for needs under the regulation of Kostroma; nothing is taken before the first day, and
/// the response rate counts each municipality and the state schools.
#[test]
fn the_operator_asks_for_needs_and_counts_who_answered() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let body = asking(None, "2026-03-10", "2026-03-31");
    for persona in ["ministry", "coordinator"] {
        app.persona(persona).post(CAMPAIGNS, body.clone()).refused(403, "auth.forbidden");
    }
    let own = asking(Some(app.organization("barnaul")), "2026-03-10", "2026-03-31");
    for persona in ["municipal_officer", "methodist"] {
        app.persona(persona).post(CAMPAIGNS, own.clone()).refused(403, "auth.forbidden");
    }
    let made = app.persona("operator").post(CAMPAIGNS, body).expect(201);
    let (id, path) = (made.id(), format!("{CAMPAIGNS}/{}", made.id()));
    assert_eq!(made.json()["state"], "planned");
    assert_eq!(made.json()["allowed_actions"], json!(["update_need_campaign", "get_need_response_rate"]));
    app.persona("director").post("/api/v1/needs", need(&app, "teacher", &id)).refused(409, "conflict.state");
    let seen = app.persona("ministry").get(&path).expect(200).json();
    assert_eq!(seen["allowed_actions"], json!(["get_need_response_rate"]), "asking is the operator's");
    app.persona("ministry").put(&path, "\"1\"", json!({"data": seen["data"]})).refused(403, "auth.forbidden");

    app.days_pass(8);
    assert_eq!(app.persona("teacher").get(&path).expect(200).json()["state"], "open");
    app.persona("director").post("/api/v1/needs", need(&app, "teacher", &id)).expect(201);
    app.persona("state_teacher").post("/api/v1/needs", need(&app, "state_teacher", &id)).expect(201);
    let mut expected = vec![
        (Value::Null, json!(1), json!(100)),
        (json!(app.organization("barnaul")), json!(2), json!(50)),
        (json!(app.organization("biysk")), json!(1), json!(0)),
    ];
    let mut found = rates(&app, "operator", &id);
    let by_place = |row: &(Value, Value, Value)| row.0.to_string();
    expected.sort_by_key(by_place);
    found.sort_by_key(by_place);
    assert_eq!(found, expected);
}

/// P3-2: the methodical centre asks the schools of its municipality, counts who answered, and closes.
#[test]
fn the_centre_asks_the_schools_of_its_municipality() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let barnaul = app.organization("barnaul");
    let body = asking(Some(barnaul), "2026-03-02", "2026-03-10");
    app.persona("municipal_officer").post(CAMPAIGNS, body.clone()).refused(403, "auth.forbidden");
    let id = app.persona("methodist").post(CAMPAIGNS, body).expect(201).id();
    let path = format!("{CAMPAIGNS}/{id}");
    app.persona("director").post("/api/v1/needs", need(&app, "teacher", &id)).expect(201);
    let expected = [(json!(barnaul), json!(2), json!(50))];
    assert_eq!(rates(&app, "methodist", &id), expected, "neither Biysk nor the state schools");
    assert_eq!(rates(&app, "ministry", &id), expected);
    app.persona("biysk_officer").get(&path).refused(404, "request.not_found");
    app.persona("teacher").get(&format!("{path}/response-rate")).refused(403, "auth.forbidden");
    app.days_pass(10);
    assert_eq!(app.persona("methodist").get(&path).expect(200).json()["state"], "closed");
    let late = need(&app, "school_2_teacher", &id);
    app.persona("school_2_director").post("/api/v1/needs", late).refused(409, "conflict.state");
}

/// P4-19: municipal bodies find the need: in Altai they ask, neither the ministry nor the coordinator.
#[test]
fn municipal_bodies_ask_where_the_regulation_names_them() {
    let app = TestApp::start();
    let body = asking(Some(app.organization("barnaul")), "2026-03-02", "2026-03-10");
    for persona in ["ministry", "coordinator", "methodist"] {
        app.persona(persona).post(CAMPAIGNS, body.clone()).refused(403, "auth.forbidden");
    }
    let id = app.persona("municipal_officer").post(CAMPAIGNS, body).expect(201).id();
    let officer = app.persona("municipal_officer");
    let of_group = json!({"organization_id": app.organization("school_2"), "people": 7, "ground": "modernization",
                          "topic": "Обновлённые ФГОС", "campaign_id": id});
    officer.post("/api/v1/needs", of_group).expect(201);
    officer.post("/api/v1/needs", need(&app, "teacher", &id)).expect(201);
    let listed = officer.get(&format!("/api/v1/needs?campaign_id={id}")).expect(200);
    assert_eq!(ids(&listed).len(), 2);
}

/// P2-14: findings of each source with subject, place, text and period are read as they were supplied, and found by source,
/// subject and place.
#[test]
fn findings_of_every_source_are_read_and_found() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let quality = app.persona("quality_officer");
    let sources = [
        ("vpr", "математика", Some("school_1")),
        ("gia", "физика", Some("barnaul")),
        ("regional", "химия", Some("school_3")),
        ("national", "история", None),
    ];
    let mut made = Vec::new();
    for (source, subject, about) in sources {
        let mut body = finding_body(&app, about);
        body["data"]["source"] = json!(source);
        body["data"]["subject"] = json!(subject);
        body["data"]["text"] = json!(format!("Затруднения: {subject}"));
        body["data"]["period_from"] = json!("2025-10-01");
        let answer = quality.post(FINDINGS, body.clone()).expect(201);
        let read = app.persona("operator").get(&format!("{FINDINGS}/{}", answer.id())).expect(200).json();
        assert_eq!(read["data"], body["data"], "{source}");
        made.push(answer.id());
    }
    let page = |query: &str| ids(&app.persona("operator").get(&format!("{FINDINGS}?{query}")).expect(200));
    for (index, (source, ..)) in sources.iter().enumerate() {
        assert_eq!(page(&format!("source={source}")), [made[index].as_str()]);
    }
    assert_eq!(page("subject=%D1%84%D0%B8%D0%B7%D0%B8%D0%BA%D0%B0"), [made[1].as_str()]);
    let city = page(&format!("municipality_id={}", app.organization("barnaul")));
    assert!(city.contains(&made[0]) && city.contains(&made[1]) && city.len() == 2, "{city:?}");
    let mut unknown = finding_body(&app, None);
    unknown["data"]["source"] = json!("pisa");
    quality.post(FINDINGS, unknown).refused(422, "unknown_value");
}

/// P2-14: who supplies findings stands in the regulation: where it names somebody else, the quality centre does not.
#[test]
fn the_regulation_names_who_supplies_findings() {
    let app = TestApp::start();
    let made = app.persona("quality_officer").post(FINDINGS, finding_body(&app, None)).expect(201);
    live_under_changed(&app, "ministry", "altai_ministry", "p2-kostroma-oblast", |profile| {
        profile["diagnostics"]["finding_suppliers"] =
            json!({"roles": ["regional_operator"], "paragraph": "10"});
    });
    let quality = app.persona("quality_officer");
    quality.post(FINDINGS, finding_body(&app, None)).refused(403, "auth.forbidden");
    let path = format!("{FINDINGS}/{}", made.id());
    let read = quality.get(&path).expect(200);
    assert_eq!(read.json()["allowed_actions"], json!([]));
    quality.put(&path, &read.etag(), json!({"data": read.json()["data"]})).refused(403, "auth.forbidden");
}

/// P0-21: under the school's own regulation the deputy alone opens the campaign, and sees who has not taken part.
#[test]
fn the_deputy_of_the_school_finds_who_has_not_taken_part() {
    let app = TestApp::start();
    let framework = framework(&app, "chel_deputy", "chel_school");
    let own = instrument(&app, "chel_deputy", "chel_school", &framework);
    let body = json!({"owner_id": app.organization("chel_school"), "data": campaign_data(&own, "by_rule")});
    for persona in ["chel_director", "chel_association_head", "chel_ministry"] {
        app.persona(persona)
            .post("/api/v1/diagnostic-campaigns", body.clone())
            .refused(403, "auth.forbidden");
    }
    let id = campaign(&app, "chel_deputy", "chel_school", &own, "by_rule");
    let path = format!("/api/v1/diagnostic-campaigns/{id}");
    let missing = |persona: &str| {
        column(
            &app.persona(persona).get(&format!("{path}/participants?tested=false")).expect(200),
            "person_id",
        )
    };
    let all = missing("chel_deputy");
    assert_eq!(all.len(), 5, "everybody who works at the school");
    let mut result = result_body(&app, "chel_teacher", &own, "2026-02-10", &[("B.1", 20.0)]);
    result["campaign_id"] = json!(id);
    app.persona("chel_deputy").post("/api/v1/diagnostic-results", result).expect(201);
    let left = missing("chel_deputy");
    assert_eq!(left.len(), 4);
    assert!(!left.contains(&app.person("chel_teacher").to_string()));
    assert_eq!(missing("chel_teacher_2"), [app.person("chel_teacher_2").to_string()], "oneself alone");
    app.persona("chel_director")
        .post_if(&format!("{path}/closure"), "\"2\"", json!(null))
        .refused(403, "auth.forbidden");
    app.persona("chel_deputy").post_if(&format!("{path}/closure"), "\"2\"", json!(null)).expect(200);
}

/// P2-17: what the operator loads in bulk is read back with instrument, day, mode and scores; the coordinator, whom the
/// regulation does not name, records nothing.
#[test]
fn loaded_results_are_read_back() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    altai_under_p2(&app);
    staff(&app, "school_1", 1, 1);
    let row = |scores: &str| format!("{};d-coordinator;;2026-02-10;онлайн;{scores}", snils(1));
    load_results(&app, "operator", "", &[row("B.1:тест=20|B.2:test=90")]).expect(200);
    let list = "/api/v1/persons/00000000-0000-7000-8aaa-000000000001/diagnostic-results";
    let items = |app: &TestApp| app.persona("operator").get(list).expect(200).json()["items"].clone();
    let first = items(&app)[0].clone();
    assert_eq!(
        (&first["instrument_id"], &first["taken_on"], &first["mode"]),
        (&json!(instrument), &json!("2026-02-10"), &json!("online"))
    );
    let path = format!("/api/v1/diagnostic-results/{}", first["id"].as_str().unwrap());
    let read = app.persona("operator").get(&path).expect(200).json();
    let scores: Vec<_> = read["scores"]
        .as_array()
        .unwrap()
        .iter()
        .map(|score| (score["competency_code"].clone(), score["procedure"].clone(), score["score"].clone()))
        .collect();
    let expected = [(json!("B.1"), json!("test"), json!(20.0)), (json!("B.2"), json!("test"), json!(90.0))];
    assert_eq!(scores, expected);
    let levels: Vec<_> =
        read["levels"].as_array().unwrap().iter().map(|level| level["level"].clone()).collect();
    assert_eq!(levels, [json!("high_deficit"), json!("sufficient")]);
    // Other scores correct what is known, and both say so.
    load_results(&app, "operator", "", &[row("B.1:тест=95|B.2:test=90")]).expect(200);
    let all = items(&app);
    let old = all.as_array().unwrap().iter().find(|item| item["id"] == first["id"]).unwrap();
    let new = all.as_array().unwrap().iter().find(|item| item["id"] != first["id"]).unwrap();
    assert_eq!((&old["corrected_by_id"], &new["corrects_id"]), (&new["id"], &first["id"]));
    let body = result_body(&app, "teacher", &instrument, "2026-02-10", &[("B.1", 20.0)]);
    app.persona("coordinator").post("/api/v1/diagnostic-results", body).refused(403, "auth.forbidden");
}

/// P4-22: at school those organize whom the regulation names; attendance is read back, and a mode the campaign does not
/// have is refused.
#[test]
fn the_school_sees_to_it_that_its_people_come() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let mut data = campaign_data(&instrument, "by_school");
    data["mode"] = json!("online");
    let body = json!({"owner_id": app.organization("coordinator"), "data": data});
    let planned = app.persona("coordinator").post("/api/v1/diagnostic-campaigns", body).expect(201);
    let path = format!("/api/v1/diagnostic-campaigns/{}", planned.id());
    let enrolling =
        json!({"organization_id": app.organization("school_1"), "person_ids": [app.person("teacher")]});
    let participants = format!("{path}/participants");
    app.persona("deputy").post(&participants, enrolling.clone()).refused(409, "conflict.state");
    app.persona("coordinator").post_if(&format!("{path}/start"), &planned.etag(), json!(null)).expect(200);
    // The regulation names directors and deputies, and the curator is neither.
    app.persona("curator").post(&participants, enrolling.clone()).refused(403, "auth.forbidden");
    let actions =
        |persona: &str| app.persona(persona).get(&path).expect(200).json()["allowed_actions"].clone();
    assert_eq!(actions("curator"), json!([]));
    assert!(actions("deputy").as_array().unwrap().contains(&json!("enroll_diagnostic_participants")));
    app.persona("deputy").post(&participants, enrolling).expect(200);
    let marks = json!([{"person_id": app.person("teacher"), "attendance": "attended"}]);
    let sheet = json!({"organization_id": app.organization("school_1"), "marks": marks});
    app.persona("curator").post(&format!("{path}/attendance"), sheet.clone()).refused(403, "auth.forbidden");
    app.persona("director").post(&format!("{path}/attendance"), sheet).expect(200);
    let came = app.persona("coordinator").get(&format!("{participants}?attendance=attended")).expect(200);
    assert_eq!(column(&came, "person_id"), [app.person("teacher").to_string()]);
    let mut result = result_body(&app, "teacher", &instrument, "2026-02-10", &[("B.1", 20.0)]);
    result["campaign_id"] = json!(planned.id());
    result["mode"] = json!("offline");
    app.persona("coordinator")
        .post("/api/v1/diagnostic-results", result.clone())
        .refused(422, "mode_not_allowed");
    result["mode"] = json!("online");
    app.persona("coordinator").post("/api/v1/diagnostic-results", result).expect(201);
}

/// P4-22: whoever has left a school is no longer among those whom it follows; the coordinator still sees him.
#[test]
fn who_has_left_is_followed_by_the_school_no_more() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let id = campaign(&app, "coordinator", "coordinator", &instrument, "by_rule");
    let path = format!("/api/v1/diagnostic-campaigns/{id}/participants");
    let sees = |app: &TestApp, persona: &str| {
        let page = app.persona(persona).get(&format!("{path}?limit=200")).expect(200);
        column(&page, "person_id").contains(&app.person("teacher").to_string())
    };
    assert!(sees(&app, "director") && sees(&app, "coordinator"));
    let director = app.persona("director");
    let work = only_employment(&director, &app.person("teacher").to_string());
    end_employment(&director, &work, "2026-03-02").expect(200);
    app.days_pass(1);
    assert!(!sees(&app, "director"));
    assert!(sees(&app, "coordinator"));
}

/// P0-21: somebody hired at the very moment a campaign starts takes part, whichever of the two came first.
#[test]
fn whoever_is_hired_while_a_campaign_starts_takes_part() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let own = instrument(&app, "deputy", "school_1", &framework);
    for (index, name) in ["school_2_teacher", "school_2_director", "methodist"].into_iter().enumerate() {
        let mut data = campaign_data(&own, "by_rule");
        data["code"] = json!(format!("wave-{index}"));
        let body = json!({"owner_id": app.organization("school_1"), "data": data});
        let planned = app.persona("deputy").post("/api/v1/diagnostic-campaigns", body).expect(201);
        let path = format!("/api/v1/diagnostic-campaigns/{}", planned.id());
        let mut work = employment(app.organization("school_1"));
        work["data"]["kind"] = json!("external_part_time");
        let (starter, hirer) = (app.persona("deputy"), app.persona("municipal_officer"));
        let barrier = Barrier::new(2);
        thread::scope(|scope| {
            let start = scope.spawn(|| {
                barrier.wait();
                starter.post_if(&format!("{path}/start"), &planned.etag(), json!(null))
            });
            barrier.wait();
            let work_path = format!("/api/v1/persons/{}/employments", app.person(name));
            hirer.post(&work_path, work).expect(201);
            start.join().unwrap().expect(200);
        });
        let people = app.persona("ministry").get(&format!("{path}/participants?limit=200")).expect(200);
        assert!(column(&people, "person_id").contains(&app.person(name).to_string()), "{name}");
    }
}
