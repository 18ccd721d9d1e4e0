//! Needs and their campaigns over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_guidance::{approved_directions, finding, ids, live_under};
use crate::support::build_hours::{confirmed, paper};

const PATH: &str = "/api/v1/needs";
const CAMPAIGNS: &str = "/api/v1/need-campaigns";

fn of_person(app: &TestApp, person: &str) -> Value {
    json!({"person_id": app.person(person), "ground": "new_post", "topic": "Управление классом"})
}

fn of_group(app: &TestApp, organization: &str, people: i32) -> Value {
    json!({"organization_id": app.organization(organization), "people": people, "ground": "modernization",
           "topic": "Обновлённые ФГОС"})
}

fn campaign(municipality: Option<uuid::Uuid>, opens_on: &str, closes_on: &str) -> Value {
    json!({"municipality_id": municipality,
           "data": {"title": "Потребности на 2027 год", "opens_on": opens_on, "closes_on": closes_on}})
}

fn with(mut body: Value, field: &str, value: impl Into<Value>) -> Value {
    body[field] = value.into();
    body
}

/// P4-19: local bodies find the need, of a person or of a group.
#[test]
fn a_municipality_records_needs_of_persons_and_groups() {
    let app = TestApp::start();
    let officer = app.persona("municipal_officer");
    let one = officer.post(PATH, of_person(&app, "teacher")).expect(201).json();
    assert_eq!((&one["people"], &one["recorded_role"]), (&json!(1), &json!("municipal_officer")));
    assert_eq!(one["organization_id"], json!(app.organization("school_1")));
    let group = officer.post(PATH, of_group(&app, "barnaul", 40)).expect(201).json();
    assert_eq!((&group["people"], &group["person_id"]), (&json!(40), &Value::Null));
    officer.post(PATH, of_group(&app, "school_3", 5)).refused(403, "auth.forbidden");
    officer.post(PATH, of_person(&app, "school_3_teacher")).refused(422, "unknown");
    officer.post(PATH, json!({"ground": "new_post", "topic": "Тема"})).refused(422, "person_or_group");
    app.persona("provider").post(PATH, of_person(&app, "teacher")).refused(403, "auth.forbidden");
}

/// P2-13: teachers, heads of associations, schools, municipalities and the operator submit needs; each sees its own.
#[test]
fn needs_are_seen_by_those_who_work_with_the_person() {
    let app = TestApp::start();
    for persona in ["teacher", "association_head", "director", "methodist", "operator"] {
        app.persona(persona).post(PATH, of_person(&app, "teacher")).expect(201);
    }
    app.persona("teacher_2").post(PATH, of_person(&app, "teacher")).refused(422, "unknown");
    let count = |persona: &str| ids(&app.persona(persona).get(PATH).expect(200)).len();
    assert_eq!((count("teacher"), count("teacher_2"), count("director")), (5, 0, 5));
    assert_eq!((count("school_2_director"), count("biysk_officer"), count("ministry")), (0, 0, 5));
    app.persona("provider").get(PATH).refused(403, "auth.forbidden");
    let id = ids(&app.persona("ministry").get(PATH).expect(200)).remove(0);
    app.persona("teacher_2").get(&format!("{PATH}/{id}")).refused(404, "request.not_found");
    app.persona("association_head").get(&format!("{PATH}/{id}")).expect(200);
}

/// P2-10: the regulation names the grounds, and without one nothing is planned; that a term is due is set by the system
/// alone.
#[test]
fn the_grounds_are_those_of_the_regulation() {
    let app = TestApp::start();
    let director = app.persona("director");
    director.post(PATH, with(of_person(&app, "teacher"), "ground", "own_request")).expect(201);
    live_under(&app, "ministry", "altai_ministry", "p2-kostroma-oblast", "2026-03-02");
    let refused = director
        .post(PATH, with(of_person(&app, "teacher"), "ground", "own_request"))
        .refused(422, "unknown_ground");
    assert_eq!(refused.json()["errors"][0]["requirement"], "P2-10");
    assert_eq!(refused.json()["errors"][0]["paragraph"], "5");
    director.post(PATH, with(of_person(&app, "teacher"), "ground", "term_due")).refused(422, "set_by_system");
    let mut without = of_person(&app, "teacher");
    without.as_object_mut().unwrap().remove("ground");
    director.post(PATH, without).expect(422);
    for ground in [
        "attestation_recommendation",
        "management_reserve",
        "new_post",
        "innovation_projects",
        "modernization",
    ] {
        director.post(PATH, with(of_person(&app, "teacher"), "ground", ground)).expect(201);
    }
}

/// P2-10: whose term is due follows from the three-year check on the day asked for.
#[test]
fn due_terms_are_derived_from_the_ledger() {
    let app = TestApp::start();
    confirmed(&app, "provider", "director", paper(&app, "teacher", "1", "2025-04-10"));
    confirmed(&app, "provider", "director", paper(&app, "teacher_2", "2", "2022-04-10"));
    let due = |persona: &str, query: &str| {
        let page = app.persona(persona).get(&format!("/api/v1/due-needs{query}")).expect(200).json();
        page["items"].as_array().unwrap().clone()
    };
    let of = |found: &[Value], person: &str| {
        found.iter().find(|line| line["person_id"] == json!(app.person(person))).cloned()
    };
    let found = due("director", "");
    assert!(of(&found, "teacher").is_none(), "trained within three years");
    let overdue = of(&found, "teacher_2").unwrap();
    assert_eq!((&overdue["reason"], &overdue["ground"]), (&json!("overdue"), &json!("term_due")));
    assert_eq!(overdue["last_training_on"], "2022-04-10");
    let never = of(&found, "deputy").unwrap();
    assert_eq!((&never["reason"], &never["due_on"]), (&json!("never_trained"), &json!("2026-03-02")));
    assert!(of(&found, "school_2_teacher").is_none());
    let later = due("director", "?by=2028-04-10");
    assert_eq!(of(&later, "teacher").unwrap()["due_on"], "2028-04-09");
    assert_eq!(due("teacher", "").len(), 0);
    assert_eq!(due("teacher_2", "").len(), 1);
    let path = format!("?organization_id={}&limit=2", app.organization("school_2"));
    let school = due("ministry", &path);
    assert_eq!(school.len(), 2);
    app.persona("provider").get("/api/v1/due-needs").refused(403, "auth.forbidden");
}

/// P2-16: a campaign with open and close dates, and the response rate of each municipality.
#[test]
fn a_campaign_counts_who_answered() {
    let app = TestApp::start();
    live_under(&app, "ministry", "altai_ministry", "p2-kostroma-oblast", "2026-03-02");
    let made =
        app.persona("operator").post(CAMPAIGNS, campaign(None, "2026-03-01", "2026-03-10")).expect(201);
    assert_eq!(made.json()["state"], "open");
    let id = made.id();
    let body = with(of_person(&app, "teacher"), "campaign_id", id.clone());
    app.persona("director").post(PATH, body.clone()).expect(201);
    app.persona("director")
        .post(PATH, with(of_group(&app, "school_1", 3), "campaign_id", id.clone()))
        .expect(201);
    let path = format!("{CAMPAIGNS}/{id}");
    let rate = |persona: &str| app.persona(persona).get(&format!("{path}/response-rate")).expect(200).json();
    let found = rate("operator");
    let of = |found: &Value, name: &str| {
        let rows = found["municipalities"].as_array().unwrap();
        rows.iter().find(|row| row["municipality_id"] == json!(app.organization(name))).cloned()
    };
    let barnaul = of(&found, "barnaul").unwrap();
    assert_eq!(
        (&barnaul["schools"], &barnaul["responded"], &barnaul["percent"]),
        (&json!(2), &json!(1), &json!(50))
    );
    assert_eq!(of(&found, "biysk").unwrap()["percent"], 0);
    let own = rate("municipal_officer");
    assert!(of(&own, "barnaul").is_some() && of(&own, "biysk").is_none());
    app.persona("teacher").get(&format!("{path}/response-rate")).refused(403, "auth.forbidden");
    app.persona("chel_ministry").get(&path).refused(404, "request.not_found");

    app.days_pass(30);
    app.persona("director").post(PATH, body).refused(409, "conflict.state");
    assert_eq!(app.persona("teacher").get(&path).expect(200).json()["state"], "closed");
    let later = json!({"data": campaign(None, "2026-03-01", "2026-04-30")["data"]});
    app.persona("director").put(&path, "\"1\"", later.clone()).refused(403, "auth.forbidden");
    app.persona("operator").put(&path, "\"1\"", later.clone()).expect(200);
    app.persona("operator").put(&path, "\"1\"", later).refused(412, "request.precondition_failed");
}

/// P3-2: a municipality asks its own schools.
#[test]
fn a_municipality_asks_its_own_schools() {
    let app = TestApp::start();
    let here = Some(app.organization("barnaul"));
    let officer = app.persona("municipal_officer");
    let id = officer.post(CAMPAIGNS, campaign(here, "2026-03-02", "2026-03-02")).expect(201).id();
    officer.post(CAMPAIGNS, campaign(None, "2026-03-02", "2026-03-02")).refused(403, "auth.forbidden");
    let elsewhere = campaign(Some(app.organization("biysk")), "2026-03-02", "2026-03-02");
    officer.post(CAMPAIGNS, elsewhere).refused(403, "auth.forbidden");
    officer.post(CAMPAIGNS, campaign(here, "2026-03-02", "2026-03-01")).refused(422, "dates_reversed");
    app.persona("director").get(&format!("{CAMPAIGNS}/{id}")).expect(200);
    app.persona("school_3_director").get(&format!("{CAMPAIGNS}/{id}")).refused(404, "request.not_found");
    assert_eq!(ids(&app.persona("school_3_director").get(CAMPAIGNS).expect(200)), Vec::<String>::new());
    assert_eq!(ids(&app.persona("teacher").get(CAMPAIGNS).expect(200)), [id.as_str()]);
    let body = with(of_person(&app, "school_3_teacher"), "campaign_id", id);
    app.persona("school_3_director").post(PATH, body).refused(422, "unknown");
}

/// P2-14: a need names the finding and the direction it rests on; links that lead nowhere are all told at once.
#[test]
fn a_need_is_linked_to_findings_and_directions() {
    let app = TestApp::start();
    let (finding, direction) =
        (finding(&app, Some("school_1")), approved_directions(&app, 2026, &["Грамотность"]).remove(0));
    let body = with(
        with(of_person(&app, "teacher"), "finding_id", finding.clone()),
        "direction_id",
        direction.clone(),
    );
    let id = app.persona("director").post(PATH, body).expect(201).id();
    let by = |query: String| ids(&app.persona("operator").get(&format!("{PATH}?{query}")).expect(200));
    assert_eq!(by(format!("finding_id={finding}")), [id.as_str()]);
    assert_eq!(by(format!("direction_id={direction}")), [id]);
    let nowhere = rost::ids::new_id().to_string();
    let wrong = json!({"person_id": app.person("teacher"), "ground": "nothing", "topic": "Тема",
                       "finding_id": nowhere, "direction_id": nowhere, "competency_id": nowhere});
    let refused = app.persona("director").post(PATH, wrong).refused(422, "unknown");
    assert_eq!(refused.json()["errors"].as_array().unwrap().len(), 4);
}

#[test]
fn a_need_is_withdrawn_once() {
    let app = TestApp::start();
    let director = app.persona("director");
    let id = director.post(PATH, of_person(&app, "teacher")).expect(201).id();
    let path = format!("{PATH}/{id}/withdrawal");
    let body = json!({"reason": "Записано дважды"});
    director.post(&path, body.clone()).refused(428, "request.precondition_required");
    app.persona("school_2_director").post_if(&path, "\"1\"", body.clone()).refused(404, "request.not_found");
    app.persona("auditor").post_if(&path, "\"1\"", body.clone()).refused(403, "auth.forbidden");
    let gone = director.post_if(&path, "\"1\"", body.clone()).expect(200).json();
    assert_eq!((&gone["state"], &gone["allowed_actions"]), (&json!("withdrawn"), &json!([])));
    director.post_if(&path, "\"1\"", body.clone()).refused(412, "request.precondition_failed");
    director.post_if(&path, "\"2\"", body).refused(409, "conflict.state");
}
