//! The regional procedure of forming routes.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_guidance::ids;

const PATH: &str = "/api/v1/route-templates";

fn data(title: &str) -> Value {
    json!({"title": title, "procedure": "Диагностика, анализ, маршрут", "stages": [
        {"title": "Диагностика", "offset_days": 0, "days": 30, "report_form": "отчёт"},
        {"title": "Обучение", "offset_days": 30, "days": 300, "expected_result": "Удостоверение"},
    ]})
}

fn body(app: &TestApp, keeper: &str, title: &str) -> Value {
    json!({"organization_id": app.organization(keeper), "data": data(title)})
}

/// P4-35: the coordinator writes the regional procedure; schools only read it, from its publication on.
#[test]
fn the_coordinator_writes_the_procedure_and_schools_read_it() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    for school in ["director", "deputy", "teacher"] {
        app.persona(school).post(PATH, body(&app, "school_1", "Наш порядок")).refused(403, "auth.forbidden");
    }
    app.persona("ministry")
        .post(PATH, body(&app, "altai_ministry", "Порядок"))
        .refused(403, "auth.forbidden");
    coordinator.post(PATH, body(&app, "operator", "Порядок")).refused(403, "auth.forbidden");
    let draft = coordinator.post(PATH, body(&app, "coordinator", "Порядок 2026")).expect(201);
    let path = format!("{PATH}/{}", draft.id());
    app.persona("director").get(&path).refused(404, "request.not_found");
    assert!(ids(&app.persona("director").get(PATH).expect(200)).is_empty());
    app.persona("director").put(&path, &draft.etag(), data("Иначе")).refused(403, "auth.forbidden");
    let published =
        coordinator.post_if(&format!("{path}/publication"), &draft.etag(), json!(null)).expect(200);
    assert_eq!(published.json()["published_on"], "2026-03-02");
    for reader in ["director", "teacher", "municipal_officer", "ministry", "provider"] {
        let read = app.persona(reader).get(&path).expect(200).json();
        assert_eq!((&read["data"], &read["allowed_actions"]), (&data("Порядок 2026"), &json!([])));
    }
    for school in ["director", "deputy"] {
        app.persona(school).put(&path, &published.etag(), data("Иначе")).refused(403, "auth.forbidden");
    }
    app.persona("chel_director").get(&path).refused(404, "request.not_found");
    let changed = coordinator.put(&path, &published.etag(), data("Порядок, редакция 2")).expect(200);
    coordinator.put(&path, &published.etag(), data("Порядок")).refused(412, "request.precondition_failed");
    assert_eq!(app.persona("teacher").get(&path).expect(200).json()["data"]["title"], "Порядок, редакция 2");
    coordinator
        .post_if(&format!("{path}/publication"), &changed.etag(), json!(null))
        .refused(409, "conflict.state");
}

#[test]
fn a_new_procedure_retires_the_one_before() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let publish = |title: &str| {
        let draft = coordinator.post(PATH, body(&app, "coordinator", title)).expect(201);
        let path = format!("{PATH}/{}", draft.id());
        coordinator.post_if(&format!("{path}/publication"), &draft.etag(), json!(null)).expect(200);
        path
    };
    let (first, second) = (publish("Порядок 1"), publish("Порядок 2"));
    let retired = app.persona("teacher").get(&first).expect(200);
    assert_eq!(retired.json()["retired_on"], "2026-03-02");
    coordinator.put(&first, &retired.etag(), data("Порядок 1")).refused(409, "conflict.state");
    assert!(app.persona("teacher").get(&second).expect(200).json().get("retired_on").is_none());
    let page = app.persona("teacher").get(&format!("{PATH}?limit=1")).expect(200).json();
    let rest = format!("{PATH}?limit=1&cursor={}", page["next_cursor"].as_str().unwrap());
    assert_eq!(ids(&app.persona("teacher").get(&rest).expect(200)).len(), 1);
}

/// Where no regulation binds the keeper, or it knows no such procedure, nobody writes one.
#[test]
fn a_procedure_needs_a_rule() {
    let app = TestApp::start();
    let ministry = app.persona("chel_ministry");
    ministry.post(PATH, body(&app, "chel_ministry", "Порядок")).refused(422, "template_not_used");
}
