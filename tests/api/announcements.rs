//! Announcements over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_directory::column;
use crate::support::build_guidance::ids;
use crate::support::build_registry::{accepted, draft, program};

const PATH: &str = "/api/v1/announcements";

fn body(app: &TestApp, place: Option<&str>, audience: &[&str]) -> Value {
    json!({"organization_id": place.map(|name| app.organization(name)), "data": {
        "title": "Семинары на учебный год", "text": "Приглашаем", "audience": audience,
        "expected_products": ["рабочая программа", "сценарий урока"]}})
}

#[track_caller]
fn publish(app: &TestApp, persona: &str, place: Option<&str>, audience: &[&str]) -> String {
    app.persona(persona).post(PATH, body(app, place, audience)).expect(201).id()
}

/// P0-34, P3-37: a school informs its teachers of programs; each acknowledges, the rest are listed.
#[test]
fn a_school_informs_its_teachers() {
    let app = TestApp::start();
    let id = accepted(&app, "chel_provider", "chel_ministry", &program(&app, "chel_provider", "Программа"));
    let mut about = body(&app, Some("chel_school"), &["persons"]);
    about["data"]["program_ids"] = json!([id]);
    let made = app.persona("chel_deputy").post(PATH, about).expect(201);
    assert_eq!(made.json()["data"]["program_ids"], json!([id]));
    let path = format!("{PATH}/{}", made.id());
    let silent = |query: &str| {
        let page =
            app.persona("chel_director").get(&format!("{path}/unacknowledged-persons{query}")).expect(200);
        column(&page, "person_id")
    };
    assert_eq!(silent("").len(), 5);
    let teacher = app.persona("chel_teacher");
    assert_eq!(teacher.get(&path).expect(200).json()["acknowledged_at"], Value::Null);
    let first = teacher.post(&format!("{path}/acknowledgement"), json!({})).expect(200).json();
    assert_eq!(first["person_id"], json!(app.person("chel_teacher")));
    assert!(!silent("").contains(&app.person("chel_teacher").to_string()));
    let page = app
        .persona("chel_director")
        .get(&format!("{path}/unacknowledged-persons?limit=3"))
        .expect(200)
        .json();
    let next = page["next_cursor"].as_str().unwrap();
    assert_eq!(silent(&format!("?limit=3&cursor={next}")).len(), 1);
    teacher.get(&format!("{path}/unacknowledged-persons")).refused(403, "auth.forbidden");
    let about_program = teacher.get(&format!("{PATH}?program_id={id}")).expect(200);
    assert_eq!(ids(&about_program), [made.id()]);
}

/// P3-43: a teacher takes note; doing it twice is harmless and keeps the first moment.
#[test]
fn acknowledging_twice_is_harmless() {
    let app = TestApp::start();
    let id = publish(&app, "municipal_officer", Some("barnaul"), &["persons", "schools"]);
    let (path, teacher) = (format!("{PATH}/{id}"), app.persona("teacher"));
    assert_eq!(ids(&teacher.get(&format!("{PATH}?acknowledged=false")).expect(200)), [id.as_str()]);
    let first = teacher.post(&format!("{path}/acknowledgement"), json!({})).expect(200).json();
    app.days_pass(1);
    let second =
        app.persona("teacher").post(&format!("{path}/acknowledgement"), json!({})).expect(200).json();
    assert_eq!(first, second);
    let teacher = app.persona("teacher");
    assert_eq!(teacher.get(&path).expect(200).json()["acknowledged_at"], first["acknowledged_at"]);
    assert_eq!(ids(&teacher.get(&format!("{PATH}?acknowledged=false")).expect(200)), Vec::<String>::new());
    assert_eq!(ids(&teacher.get(&format!("{PATH}?acknowledged=true")).expect(200)), [id]);
    assert_eq!(app.db_text("select count(*) from announcement_readers"), "1");
    app.persona("school_3_teacher")
        .post(&format!("{path}/acknowledgement"), json!({}))
        .refused(404, "request.not_found");
}

/// P3-12: at the beginning of the school year schools are informed, heads of associations included, with the products
/// expected; each school acknowledges.
#[test]
fn each_school_acknowledges() {
    let app = TestApp::start();
    let id = publish(&app, "methodist", Some("barnaul"), &["schools", "association_heads"]);
    let path = format!("{PATH}/{id}");
    let read = app.persona("association_head").get(&path).expect(200).json();
    assert_eq!(read["data"]["expected_products"], json!(["рабочая программа", "сценарий урока"]));
    let schools = |persona: &str| {
        column(&app.persona(persona).get(&format!("{path}/unacknowledged-schools")).expect(200), "name")
    };
    assert_eq!(schools("municipal_officer"), ["school_1", "school_2"]);
    let heads = app.persona("municipal_officer").get(&format!("{path}/unacknowledged-persons")).expect(200);
    assert_eq!(column(&heads, "person_id"), [app.person("association_head").to_string()]);
    let acknowledge = |persona: &str, school: &str| {
        let body = json!({"organization_id": app.organization(school)});
        app.persona(persona).post(&format!("{path}/school-acknowledgement"), body)
    };
    acknowledge("teacher", "school_1").refused(403, "auth.forbidden");
    acknowledge("director", "school_2").refused(403, "auth.forbidden");
    let first = acknowledge("director", "school_1").expect(200).json();
    assert_eq!(first["organization_id"], json!(app.organization("school_1")));
    assert_eq!(
        acknowledge("deputy", "school_1").expect(200).json()["acknowledged_at"],
        first["acknowledged_at"]
    );
    assert_eq!(schools("municipal_officer"), ["school_2"]);
    assert_eq!(schools("director"), Vec::<String>::new());
    assert_eq!(schools("school_2_director"), ["school_2"]);
    app.persona("biysk_officer")
        .get(&format!("{path}/unacknowledged-schools"))
        .refused(404, "request.not_found");
}

#[test]
fn who_informs_whom() {
    let app = TestApp::start();
    for (persona, place, status) in [
        ("ministry", None, 201),
        ("operator", Some("school_3"), 201),
        ("municipal_officer", None, 403),
        ("municipal_officer", Some("school_1"), 201),
        ("director", Some("school_1"), 201),
        ("director", Some("barnaul"), 403),
        ("director", Some("school_2"), 403),
        ("teacher", Some("school_1"), 403),
        ("provider", None, 403),
    ] {
        let answer = app.persona(persona).post(PATH, body(&app, place, &["persons"]));
        assert_eq!(answer.status, status, "{persona} to {place:?}: {}", answer.text);
    }
    let unfinished = draft(&app, "provider", &program(&app, "provider_x", "Черновик"));
    let mut wrong = body(&app, Some("provider_x"), &["persons"]);
    wrong["data"]["program_ids"] = json!([unfinished]);
    let refused = app.persona("ministry").post(PATH, wrong).refused(422, "wrong_kind");
    assert_eq!(refused.json()["errors"].as_array().unwrap().len(), 2);
    app.persona("ministry").post(PATH, body(&app, None, &[])).refused(422, "length");
    assert_eq!(ids(&app.persona("school_3_teacher").get(PATH).expect(200)).len(), 2);
    assert_eq!(ids(&app.persona("chel_teacher").get(PATH).expect(200)).len(), 0);
    let page = app.persona("ministry").get(&format!("{PATH}?limit=3")).expect(200).json();
    let next = page["next_cursor"].as_str().unwrap();
    assert_eq!(
        ids(&app.persona("ministry").get(&format!("{PATH}?limit=3&cursor={next}")).expect(200)).len(),
        1
    );
    let integration = app.persona("integration");
    let id = ids(&app.persona("ministry").get(PATH).expect(200)).remove(0);
    integration.post(&format!("{PATH}/{id}/acknowledgement"), json!({})).refused(403, "auth.forbidden");
}
