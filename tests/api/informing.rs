//! Announcements, recommendations and consultations under the regulations that demand them.

use rost::authz::{Level, Role};
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_directory::{column, end_employment, only_employment};
use crate::support::build_guidance::{approved_directions, ids};
use crate::support::build_registry::{accepted, entered, program};
use crate::support::build_training::{move_to, plan, seminar, with};
use crate::support::regulated_training::{also, altai_under_p2, barnaul_under_p3, school_1_under_p1};

const ANNOUNCEMENTS: &str = "/api/v1/announcements";
const RECOMMENDATIONS: &str = "/api/v1/recommendations";
const CONSULTATIONS: &str = "/api/v1/consultations";
const ASSOCIATIONS: &str = "/api/v1/associations";

fn announcement(app: &TestApp, place: &str, audience: &[&str], fields: Value) -> Value {
    let data = json!({"title": "Семинары на учебный год", "text": "Приглашаем", "audience": audience});
    json!({"organization_id": app.organization(place), "data": with(data, fields)})
}

fn association(app: &TestApp, place: &str, name: &str, head: Option<&str>) -> Value {
    json!({"organization_id": app.organization(place),
           "data": {"name": name, "subject": "математика", "head_person_id": head.map(|head| app.person(head))}})
}

/// P3-12: the announcement of the school year names the heads of the city's associations and the products expected, and
/// keeps them as they were; each school acknowledges.
#[test]
fn schools_are_told_who_heads_the_associations_of_the_city() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let methodist = app.persona("methodist");
    let other_city = association(&app, "barnaul_center", "Городское МО", Some("school_3_teacher"));
    methodist.post(ASSOCIATIONS, other_city).refused(422, "not_employed");
    // A teacher of a school heads the association of the whole city.
    let city = association(&app, "barnaul_center", "Городское МО математиков", Some("teacher"));
    let city = methodist.post(ASSOCIATIONS, city).expect(201);
    let headless = methodist
        .post(ASSOCIATIONS, association(&app, "barnaul_center", "МО физиков", None))
        .expect(201)
        .id();
    let elsewhere = app.persona("biysk_officer");
    let elsewhere =
        elsewhere.post(ASSOCIATIONS, association(&app, "biysk", "МО Бийска", Some("school_3_teacher")));
    let elsewhere = elsewhere.expect(201).id();
    let wrong = json!({"association_ids": [elsewhere, headless, rost::ids::new_id()]});
    let refused = methodist.post(ANNOUNCEMENTS, announcement(&app, "barnaul", &["schools"], wrong));
    let refused = refused.refused(422, "head_missing").json();
    let mut codes: Vec<_> =
        refused["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["head_missing", "unknown", "unknown"]);

    let said =
        json!({"association_ids": [city.id()], "expected_products": ["рабочая программа", "сценарий урока"]});
    let made = methodist.post(ANNOUNCEMENTS, announcement(&app, "barnaul", &["schools"], said)).expect(201);
    let path = format!("{ANNOUNCEMENTS}/{}", made.id());
    let director = app.persona("director");
    let read = director.get(&path).expect(200).json();
    let expected = json!([{"association_id": city.id(), "name": "Городское МО математиков",
                           "head_person_id": app.person("teacher"), "head_name": "Testova-ab Anna"}]);
    assert_eq!(read["associations"], expected);
    assert_eq!(read["data"]["expected_products"], json!(["рабочая программа", "сценарий урока"]));
    app.persona("chel_director").get(&path).refused(404, "request.not_found");
    app.persona("school_3_director").get(&path).refused(404, "request.not_found");

    let data =
        json!({"name": "Городское МО учителей математики", "head_person_id": app.person("school_2_teacher")});
    methodist.put(&format!("{ASSOCIATIONS}/{}", city.id()), &city.etag(), data).expect(200);
    assert_eq!(director.get(&path).expect(200).json()["associations"], expected, "as it was announced");

    let silent = |persona: &str| {
        column(&app.persona(persona).get(&format!("{path}/unacknowledged-schools")).expect(200), "name")
    };
    assert_eq!(silent("methodist"), ["school_1", "school_2"]);
    let body = json!({"organization_id": app.organization("school_1")});
    let noted = director.post(&format!("{path}/school-acknowledgement"), body).expect(200).json();
    assert_eq!(noted["acknowledged_at"], "2026-03-02T06:00:00Z");
    assert_eq!(silent("methodist"), ["school_2"]);
}

/// P3-12: members of a city's association work in its schools; whoever leaves the city leaves the association and its
/// headship, whoever only changes the school stays.
#[test]
fn an_association_of_the_city_unites_its_schools() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let methodist = app.persona("methodist");
    let city = association(&app, "barnaul_center", "Городское МО", Some("school_2_teacher"));
    let id = methodist.post(ASSOCIATIONS, city).expect(201).id();
    let path = format!("{ASSOCIATIONS}/{id}");
    for name in ["teacher", "school_2_teacher"] {
        methodist.post(&format!("{path}/members"), json!({"person_id": app.person(name)})).expect(201);
    }
    let stranger = json!({"person_id": app.person("school_3_teacher")});
    methodist.post(&format!("{path}/members"), stranger).refused(422, "not_employed");
    // A school's own association has people of the school alone, as before.
    let own = association(&app, "school_1", "МО школы", Some("school_2_teacher"));
    app.persona("director").post(ASSOCIATIONS, own).refused(422, "not_employed");

    let director = app.persona("school_2_director");
    let work = only_employment(&director, &app.person("school_2_teacher").to_string());
    end_employment(&director, &work, "2026-03-02").expect(200);
    app.days_pass(1);
    // Two days later the last day lies in the past, and the seat of the head is free.
    let members = app.persona("methodist").get(&format!("{path}/members")).expect(200).json();
    let until = |name: &str| {
        let all = members["items"].as_array().unwrap();
        all.iter().find(|one| one["person_id"] == json!(app.person(name))).unwrap()["until"].clone()
    };
    assert_eq!((until("school_2_teacher"), until("teacher")), (json!("2026-03-02"), Value::Null));
}

/// P3-37: a school tells its teachers of programs and topics held in the city; each takes note, the others are listed.
#[test]
fn teachers_are_told_of_programs_and_topics() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let program_id = accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Программа"));
    let topic = plan(&app, "methodist", "barnaul_center", &seminar(5)).expect(201).id();
    let said = json!({"program_ids": [program_id], "offering_ids": [topic]});
    let deputy = app.persona("deputy");
    let body = announcement(&app, "school_1", &["persons"], said);
    let refused = deputy.post(ANNOUNCEMENTS, body.clone()).refused(422, "unknown");
    assert_eq!(refused.json()["errors"][0]["pointer"], "/data/offering_ids/0", "it is not announced yet");
    move_to(&app, "methodist", &topic, "open").expect(200);
    let path = format!("{ANNOUNCEMENTS}/{}", deputy.post(ANNOUNCEMENTS, body).expect(201).id());
    let teacher = app.persona("teacher");
    let read = teacher.get(&path).expect(200).json();
    assert_eq!(
        (&read["data"]["program_ids"], &read["data"]["offering_ids"]),
        (&json!([program_id]), &json!([topic]))
    );
    assert_eq!(read["acknowledged_at"], Value::Null);
    assert_eq!(read["allowed_actions"], json!(["acknowledge_announcement"]));
    let silent =
        || column(&deputy.get(&format!("{path}/unacknowledged-persons?limit=200")).expect(200), "person_id");
    let before = silent();
    let noted = teacher.post(&format!("{path}/acknowledgement"), json!({})).expect(200).json();
    assert_eq!(noted["acknowledged_at"], "2026-03-02T06:00:00Z");
    assert_eq!(teacher.get(&path).expect(200).json()["acknowledged_at"], "2026-03-02T06:00:00Z");
    assert_eq!(silent().len(), before.len() - 1);
    teacher.get(&format!("{path}/unacknowledged-persons")).refused(403, "auth.forbidden");
    app.persona("school_2_teacher").get(&path).refused(404, "request.not_found");
}

/// P3-43: a teacher gets acquainted with the programs that are recommended; others' notes are not his.
#[test]
fn a_teacher_gets_acquainted_with_recommended_programs() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let program_id = accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Программа"));
    let said = json!({"program_ids": [program_id]});
    let made = app.persona("methodist");
    let made = made.post(ANNOUNCEMENTS, announcement(&app, "barnaul", &["persons"], said)).expect(201);
    let path = format!("{ANNOUNCEMENTS}/{}", made.id());
    app.persona("teacher").post(&format!("{path}/acknowledgement"), json!({})).expect(200);
    let at = |persona: &str| app.persona(persona).get(&path).expect(200).json()["acknowledged_at"].clone();
    assert_eq!(at("teacher"), json!("2026-03-02T06:00:00Z"));
    assert_eq!(at("teacher_2"), Value::Null);
    let about = format!("{ANNOUNCEMENTS}?program_id={program_id}&acknowledged=true");
    assert_eq!(ids(&app.persona("teacher").get(&about).expect(200)), [made.id()]);
    assert_eq!(ids(&app.persona("teacher_2").get(&about).expect(200)), Vec::<String>::new());
}

/// P0-34: the moment of each teacher's note is kept; whoever only coordinates reads and cannot take note for others.
#[test]
fn the_moment_of_each_note_is_kept() {
    let app = TestApp::start();
    let program_id =
        accepted(&app, "chel_provider", "chel_ministry", &program(&app, "chel_provider", "Программа"));
    let said = json!({"program_ids": [program_id]});
    let made = app.persona("chel_deputy");
    let made = made.post(ANNOUNCEMENTS, announcement(&app, "chel_school", &["persons"], said)).expect(201);
    let path = format!("{ANNOUNCEMENTS}/{}", made.id());
    let silent = |persona: &str| {
        column(&app.persona(persona).get(&format!("{path}/unacknowledged-persons")).expect(200), "person_id")
    };
    assert_eq!(silent("chel_deputy").len(), 5);
    let noted = app.persona("chel_teacher").post(&format!("{path}/acknowledgement"), json!({})).expect(200);
    assert_eq!(noted.json()["acknowledged_at"], "2026-03-02T06:00:00Z");
    let at = |persona: &str| app.persona(persona).get(&path).expect(200).json()["acknowledged_at"].clone();
    assert_eq!((at("chel_teacher"), at("chel_teacher_2")), (json!("2026-03-02T06:00:00Z"), Value::Null));
    assert_eq!(silent("chel_deputy").len(), 4);
    app.persona("director").get(&path).refused(404, "request.not_found");
}

/// P3-12, P3-37: only those take note whom an announcement asks: a teacher not for the school, and of what heads of
/// associations are asked only they.
#[test]
fn only_those_take_note_who_are_asked() {
    let app = TestApp::start();
    let post = |audience: &[&str]| {
        let body = announcement(&app, "barnaul", audience, json!({}));
        format!("{ANNOUNCEMENTS}/{}", app.persona("methodist").post(ANNOUNCEMENTS, body).expect(201).id())
    };
    let (of_schools, of_heads) = (post(&["schools"]), post(&["association_heads"]));
    let actions = |persona: &str, path: &str| {
        app.persona(persona).get(path).expect(200).json()["allowed_actions"].clone()
    };
    let note =
        |persona: &str, path: &str| app.persona(persona).post(&format!("{path}/acknowledgement"), json!({}));
    assert_eq!(actions("teacher", &of_schools), json!([]));
    assert_eq!(actions("teacher", &of_heads), json!([]));
    assert_eq!(actions("association_head", &of_heads), json!(["acknowledge_announcement"]));
    note("teacher", &of_schools).refused(409, "conflict.state");
    note("teacher", &of_heads).refused(409, "conflict.state");
    note("association_head", &of_heads).expect(200);
}

/// P3-38: a module outside any registry by a need, a program by a problem, with person, basis and author; the regulation
/// names the administration of the school, not the city.
#[test]
fn the_school_recommends_by_need_and_problem() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let id = accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Вне реестра"));
    let modules = app.persona("teacher").get(&format!("/api/v1/programs/{id}")).expect(200).json();
    let module = modules["modules"][0]["id"].clone();
    let need =
        json!({"person_id": app.person("teacher"), "ground": "new_post", "topic": "Управление классом"});
    let need = app.persona("director").post("/api/v1/needs", need).expect(201).id();
    let base = json!({"person_id": app.person("teacher")});
    let by_need = with(base.clone(), json!({"module_id": module, "basis": "need", "need_id": need}));
    let given = app.persona("deputy").post(RECOMMENDATIONS, by_need.clone()).expect(201).json();
    assert_eq!((&given["person_id"], &given["module_id"]), (&json!(app.person("teacher")), &module));
    assert_eq!((&given["basis"], &given["need_id"]), (&json!("need"), &json!(need)));
    assert_eq!(
        (&given["author_person_id"], &given["author_role"]),
        (&json!(app.person("deputy")), &json!("deputy_director"))
    );
    let problem = json!({"program_id": id, "basis": "school_problem", "text": "Низкие результаты ВПР"});
    app.persona("director").post(RECOMMENDATIONS, with(base.clone(), problem)).expect(201);
    for persona in ["municipal_officer", "methodist"] {
        app.persona(persona).post(RECOMMENDATIONS, by_need.clone()).refused(403, "auth.forbidden");
    }
    let listed = |persona: &str| ids(&app.persona(persona).get(RECOMMENDATIONS).expect(200)).len();
    assert_eq!((listed("teacher"), listed("teacher_2")), (2, 0));
    let direction = approved_directions(&app, 2026, &["Грамотность"]).remove(0);
    let priority = with(base, json!({"program_id": id, "basis": "priority", "direction_id": direction}));
    let refused = app.persona("director").post(RECOMMENDATIONS, priority).refused(422, "basis_not_allowed");
    assert_eq!(refused.json()["errors"][0]["paragraph"], "5.2");
}

/// P4-20: the regulation leaves recommending to municipal bodies: a director who serves another municipality as well
/// recommends nothing to his own teachers, and the municipality's officer is the author where both roles are held.
#[test]
fn a_role_held_elsewhere_gives_no_right_to_recommend() {
    let app = TestApp::start();
    let (listed, _) = entered(&app, &program(&app, "provider_x", "В реестре"));
    let need =
        json!({"person_id": app.person("teacher"), "ground": "new_post", "topic": "Управление классом"});
    let need = app.persona("municipal_officer").post("/api/v1/needs", need).expect(201).id();
    let body =
        json!({"person_id": app.person("teacher"), "basis": "need", "need_id": need, "program_id": listed});
    let elsewhere = also(&app, "director", Role::MunicipalOfficer, Level::Municipality, "biysk");
    elsewhere.post(RECOMMENDATIONS, body.clone()).refused(403, "auth.forbidden");
    let given = app.persona("municipal_officer").post(RECOMMENDATIONS, body.clone()).expect(201);
    let path = format!("{RECOMMENDATIONS}/{}", given.id());
    assert_eq!(elsewhere.get(&path).expect(200).json()["allowed_actions"], json!([]));
    elsewhere
        .post_if(&format!("{path}/withdrawal"), "\"1\"", json!({"reason": "Чужое"}))
        .refused(403, "auth.forbidden");
    let here = also(&app, "school_2_director", Role::MunicipalOfficer, Level::Municipality, "barnaul");
    let own = json!({"person_id": app.person("school_2_teacher"), "ground": "new_post", "topic": "Управление классом"});
    let own = app.persona("municipal_officer").post("/api/v1/needs", own).expect(201).id();
    let body = with(body, json!({"person_id": app.person("school_2_teacher"), "need_id": own}));
    let given = here.post(RECOMMENDATIONS, body).expect(201).json();
    assert_eq!(given["author_role"], "municipal_officer", "the role that the regulation names");
}

/// P4-18: the ministry consults teachers and heads too; whoever was consulted reads it, and nobody beside him.
#[test]
fn the_ministry_consults_a_teacher() {
    let app = TestApp::start();
    let body = json!({"person_id": app.person("teacher"), "data": {"kind": "methodical", "topic": "Маршруты",
                      "text": "Разобрали порядок", "held_on": "2026-02-10", "deficit_ids": []}});
    let made = app.persona("ministry").post(CONSULTATIONS, body.clone()).expect(201);
    let path = format!("{CONSULTATIONS}/{}", made.id());
    let read = app.persona("teacher").get(&path).expect(200).json();
    assert_eq!((&read["consultant_id"], &read["data"]), (&json!(app.person("ministry")), &body["data"]));
    app.persona("association_head").get(&path).expect(200);
    app.persona("teacher_2").get(&path).refused(404, "request.not_found");
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
    // The regulation of Altai names the ministry and the coordinator.
    for persona in ["municipal_officer", "methodist", "director", "curator"] {
        app.persona(persona).post(CONSULTATIONS, body.clone()).refused(403, "auth.forbidden");
    }
    app.persona("coordinator").post(CONSULTATIONS, body).expect(201);
}

/// Who gives methodical support stands in the regulation: curator and tutor of the school in Grozny (4.3), heads of
/// associations and the operator in Kostroma (24), the ministry in Altai (P4-18).
#[test]
fn the_regulation_names_who_gives_support() {
    let app = TestApp::start();
    let body = json!({"person_id": app.person("teacher"), "data": {"kind": "methodical", "topic": "Маршруты",
                      "text": "Разобрали порядок", "held_on": "2026-02-10"}});
    let statuses = |app: &TestApp| {
        ["curator", "tutor", "association_head", "operator", "ministry"]
            .map(|persona| app.persona(persona).post(CONSULTATIONS, body.clone()).status)
    };
    assert_eq!(statuses(&app), [403, 403, 403, 403, 201]);
    altai_under_p2(&app);
    assert_eq!(statuses(&app), [403, 403, 201, 201, 403]);
    school_1_under_p1(&app);
    assert_eq!(statuses(&app), [201, 201, 403, 403, 403]);
}
