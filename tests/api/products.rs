//! Methodical products over HTTP: made in training, defended, introduced and checked, under the regulation of Georgievsk.

use serde_json::{Value, json};

use crate::support::build_training::{apply, decide, etag, listed, move_to, plan_with, seminar, with};
use crate::support::regulated_training::barnaul_under_p3;
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/products";

fn data(kind: &str) -> Value {
    json!({"kind": kind, "title": "Комплект критериев", "summary": "Критерии к двенадцати урокам чтения"})
}

fn begin(app: &TestApp, persona: &str, kind: &str) -> Answer {
    app.persona(persona).post(PATH, json!({"data": data(kind)}))
}

fn read(app: &TestApp, persona: &str, id: &str) -> Answer {
    app.persona(persona).get(&format!("{PATH}/{id}"))
}

fn send(app: &TestApp, persona: &str, id: &str, rest: &str, body: Value) -> Answer {
    app.persona(persona).post_if(&format!("{PATH}/{id}/{rest}"), &etag(app, "products", id), body)
}

fn defence(result: &str) -> Value {
    json!({"held_on": "2026-03-01", "commission": ["О. П. Северина", "И. И. Ветров"], "result": result})
}

fn introduction() -> Value {
    json!({"introduced_on": "2026-03-02", "class": "5Б", "subject": "Литература"})
}

fn defended(app: &TestApp) -> String {
    let id = begin(app, "teacher", "lesson_plan").expect(201).id();
    send(app, "methodist", &id, "defences", defence("passed")).expect(200);
    id
}

/// P3-4: an offering names the product that is expected of its learners, and taking part yields one; nobody names the
/// training of somebody else.
#[test]
fn training_names_a_product_and_yields_one() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let aim = "Комплект критериев для одного класса";
    let said = with(seminar(5), json!({"expected_product": aim}));
    let offering = plan_with(&app, "methodist", "barnaul_center", &said, json!({})).expect(201).id();
    move_to(&app, "methodist", &offering, "open").expect(200);
    let read_offering = app.persona("teacher").get(&format!("/api/v1/offerings/{offering}")).expect(200);
    assert_eq!(read_offering.json()["data"]["expected_product"], json!(aim));
    let application = apply(&app, "teacher", &offering).expect(201).id();
    let accepted = decide(&app, "methodist", &application, "accept").expect(200).json();
    let enrollment = &accepted["people"][0]["enrollment_id"];

    let body = json!({"enrollment_id": enrollment, "data": data("teaching_kit")});
    let made = app.persona("teacher").post(PATH, body.clone()).expect(201).json();
    assert_eq!((&made["enrollment_id"], &made["state"]), (enrollment, &json!("draft")));
    assert_eq!(made["organization_id"], json!(app.organization("school_1")));
    assert_eq!(made["allowed_actions"], json!(["update_product"]));
    let refused = app.persona("teacher_2").post(PATH, body).refused(422, "unknown").json();
    assert_eq!(refused["errors"][0]["pointer"], "/enrollment_id");
    let query = format!("{PATH}?enrollment_id={}", enrollment.as_str().unwrap());
    assert_eq!(listed(&app.persona("methodist").get(&query).expect(200), "id"), [made["id"].clone()]);
}

/// P3-33: the methodical centre holds the defence: day, commission, result. A draft that did not pass is defended again,
/// and nothing is introduced before it passed.
#[test]
fn a_product_is_defended_before_a_commission() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let id = begin(&app, "teacher", "technology").expect(201).id();
    send(&app, "teacher", &id, "introduction", introduction()).refused(409, "conflict.state");
    send(&app, "teacher", &id, "defences", defence("passed")).refused(403, "auth.forbidden");
    send(&app, "director", &id, "defences", defence("passed")).refused(403, "auth.forbidden");
    // Not yet come, or before the author worked at the school.
    for day in ["2026-03-03", "1900-01-01"] {
        let wrong = with(defence("passed"), json!({"held_on": day}));
        send(&app, "methodist", &id, "defences", wrong).refused(422, "date_out_of_range");
    }
    for nobody in [json!([]), json!([" "])] {
        let nobody = with(defence("passed"), json!({"commission": nobody}));
        send(&app, "methodist", &id, "defences", nobody).expect(422);
    }

    let failed = with(defence("not_passed"), json!({"remarks": "Нет критериев к шести урокам"}));
    let failed = send(&app, "methodist", &id, "defences", failed).expect(200).json();
    assert_eq!(failed["state"], "draft");
    let path = format!("{PATH}/{id}");
    let whole = json!({"data": with(data("technology"), json!({"title": "Критерии целиком"}))});
    app.persona("teacher").put(&path, &etag(&app, "products", &id), whole.clone()).expect(200);
    let passed = send(&app, "methodist", &id, "defences", defence("passed")).expect(200).json();
    assert_eq!(
        (&passed["state"], &passed["data"]["title"]),
        (&json!("defended"), &json!("Критерии целиком"))
    );
    assert_eq!(passed["defences"].as_array().unwrap().len(), 2);
    assert_eq!(passed["defences"][1]["commission"], json!(["О. П. Северина", "И. И. Ветров"]));
    assert_eq!(passed["defences"][1]["held_on"], "2026-03-01");
    send(&app, "methodist", &id, "defences", defence("passed")).refused(409, "conflict.state");
    app.persona("teacher").put(&path, &etag(&app, "products", &id), whole).refused(409, "conflict.state");
}

/// P3-48: products of every kind of the regulation; an introduction says the day, and the class or the subject.
#[test]
fn a_product_is_introduced_with_day_and_class_or_subject() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    for kind in ["technology", "teaching_kit", "lesson_plan", "methodical_materials", "project", "other"] {
        begin(&app, "teacher", kind).expect(201);
    }
    begin(&app, "teacher", "song").refused(422, "unknown_value");
    let id = defended(&app);
    let nowhere = json!({"introduced_on": "2026-03-02"});
    let refused = send(&app, "teacher", &id, "introduction", nowhere).refused(422, "required").json();
    assert_eq!(
        (&refused["errors"][0]["requirement"], &refused["errors"][0]["paragraph"]),
        (&json!("P3-48"), &json!("5.3"))
    );
    for day in ["2026-02-28", "2026-03-03"] {
        let wrong = with(introduction(), json!({"introduced_on": day}));
        send(&app, "teacher", &id, "introduction", wrong).refused(422, "date_out_of_range");
    }
    let path = format!("{PATH}/{id}/introduction");
    let teacher = app.persona("teacher");
    teacher.post(&path, introduction()).refused(428, "request.precondition_required");
    teacher.post_if(&path, "\"1\"", introduction()).refused(412, "request.precondition_failed");
    send(&app, "teacher_2", &id, "introduction", introduction()).refused(404, "request.not_found");
    let held = send(&app, "teacher", &id, "introduction", introduction()).expect(200).json();
    assert_eq!((&held["state"], &held["introduction"]), (&json!("introduced"), &introduction()));
    send(&app, "teacher", &id, "introduction", introduction()).refused(409, "conflict.state");
    let found = app.persona("municipal_officer").get(&format!("{PATH}?state=introduced")).expect(200);
    assert_eq!(listed(&found, "introduced_on"), [json!("2026-03-02")]);
}

/// P3-42: the administration of the school checks the introduction, with day and conclusion; nobody checks his own.
#[test]
fn the_administration_checks_the_introduction() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let id = defended(&app);
    let check = json!({"checked_on": "2026-03-02", "conclusion": "Применяется на каждом уроке"});
    send(&app, "deputy", &id, "checks", check.clone()).refused(409, "conflict.state");
    send(&app, "teacher", &id, "introduction", introduction()).expect(200);
    let early = with(check.clone(), json!({"checked_on": "2026-03-01"}));
    send(&app, "deputy", &id, "checks", early).refused(422, "date_out_of_range");
    send(&app, "methodist", &id, "checks", check.clone()).refused(403, "auth.forbidden");
    assert_eq!(
        read(&app, "deputy", &id).expect(200).json()["allowed_actions"],
        json!(["record_product_check"])
    );
    send(&app, "deputy", &id, "checks", check.clone()).expect(200);
    let checked = send(&app, "director", &id, "checks", check.clone()).expect(200).json();
    let checks = checked["checks"].as_array().unwrap();
    assert_eq!((checks.len(), &checks[0]["conclusion"]), (2, &check["conclusion"]));
    assert_eq!(checks[0]["checked_on"], "2026-03-02");

    let own = begin(&app, "deputy", "project").expect(201).id();
    send(&app, "methodist", &own, "defences", defence("passed")).expect(200);
    send(&app, "deputy", &own, "introduction", introduction()).expect(200);
    send(&app, "deputy", &own, "checks", check.clone()).refused(403, "auth.separation_of_duties");
    send(&app, "director", &own, "checks", check).expect(200);
}

/// One's own, those of one's school and territory; where the regulation knows no products there are none.
#[test]
fn products_are_seen_by_the_school_and_above() {
    let app = TestApp::start();
    begin(&app, "chel_teacher", "project").refused(422, "not_used");
    barnaul_under_p3(&app);
    let first = begin(&app, "teacher", "project").expect(201).id();
    // Whoever is employed has the rights of a teacher; products are those of schools.
    begin(&app, "methodist", "project").refused(422, "not_employed");
    let for_other = json!({"person_id": app.person("school_2_teacher"), "data": data("other")});
    app.persona("teacher").post(PATH, for_other.clone()).expect(422);
    let second = app.persona("methodist").post(PATH, for_other).expect(201).id();
    let ids = |persona: &str, query: &str| {
        listed(&app.persona(persona).get(&format!("{PATH}{query}")).expect(200), "id")
    };
    assert_eq!(ids("teacher", ""), [json!(first)]);
    assert_eq!(ids("director", ""), [json!(first)]);
    assert_eq!(ids("school_2_director", ""), [json!(second)]);
    assert_eq!(ids("ministry", ""), [json!(second), json!(first)]);
    assert_eq!(ids("ministry", "?kind=project&limit=1"), [json!(first)]);
    assert_eq!(ids("biysk_officer", ""), Vec::<Value>::new());
    read(&app, "biysk_officer", &first).refused(404, "request.not_found");
    let table = app.persona("director").header("accept", "text/csv").get(PATH).expect(200);
    assert!(table.text.contains("Комплект критериев"));
}
