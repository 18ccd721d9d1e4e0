//! Consultations over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_guidance::ids;
use crate::support::regulated_training::barnaul_under_p3;

const PATH: &str = "/api/v1/consultations";

fn body(kind: &str) -> Value {
    json!({"data": {"kind": kind, "topic": "Формирование маршрутов", "text": "Разобрали порядок", "held_on": "2026-02-10"}})
}

fn of(mut body: Value, field: &str, id: uuid::Uuid) -> Value {
    body[field] = json!(id);
    body
}

/// P4-18: the ministry records consultations: whom, by whom, on what, when.
#[test]
fn the_ministry_records_consultations() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let made = ministry
        .post(PATH, of(body("methodical"), "organization_id", app.organization("barnaul")))
        .expect(201);
    let held = made.json();
    assert_eq!(held["organization_id"], json!(app.organization("barnaul")));
    assert_eq!(held["given_by_id"], json!(app.organization("altai_ministry")));
    assert_eq!(held["consultant_id"], json!(app.person("ministry")));
    let path = format!("{PATH}/{}", made.id());
    assert_eq!(app.persona("municipal_officer").get(&path).expect(200).json(), held);
    app.persona("biysk_officer").get(&path).refused(404, "request.not_found");
    app.persona("provider").get(&path).refused(403, "auth.forbidden");
    let mut tomorrow = of(body("methodical"), "organization_id", app.organization("barnaul"));
    tomorrow["data"]["held_on"] = json!("2026-03-03");
    ministry.post(PATH, tomorrow).refused(422, "date_out_of_range");
    ministry.post(PATH, body("methodical")).refused(422, "person_or_organization");
    ministry
        .post(PATH, of(body("other"), "organization_id", app.organization("barnaul")))
        .refused(422, "unknown_value");
}

/// P3-31, P3-32: the municipal centre consults suppliers and on keeping the card.
#[test]
fn the_municipal_centre_consults_its_own() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let methodist = app.persona("methodist");
    let card = methodist.post(PATH, of(body("card_keeping"), "person_id", app.person("teacher"))).expect(201);
    assert_eq!(card.json()["organization_id"], json!(app.organization("school_1")));
    methodist
        .post(PATH, of(body("supplier_support"), "organization_id", app.organization("school_2")))
        .expect(201);
    methodist
        .post(PATH, of(body("card_keeping"), "person_id", app.person("school_3_teacher")))
        .refused(422, "unknown");
    methodist
        .post(PATH, of(body("card_keeping"), "organization_id", app.organization("school_3")))
        .refused(403, "auth.forbidden");
    app.persona("director")
        .post(PATH, of(body("card_keeping"), "person_id", app.person("teacher")))
        .refused(403, "auth.forbidden");
    let seen = |persona: &str, query: &str| {
        ids(&app.persona(persona).get(&format!("{PATH}{query}")).expect(200)).len()
    };
    assert_eq!((seen("methodist", ""), seen("methodist", "?kind=card_keeping")), (2, 1));
    assert_eq!((seen("teacher", ""), seen("teacher_2", ""), seen("school_2_director", "")), (1, 0, 1));
    let by = format!("?given_by_id={}&limit=1", app.organization("barnaul_center"));
    let page = app.persona("ministry").get(&format!("{PATH}{by}")).expect(200).json();
    let next = page["next_cursor"].as_str().unwrap();
    assert_eq!(seen("ministry", &format!("{by}&cursor={next}")), 1);
}
