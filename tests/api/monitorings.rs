//! Monitorings of a year, submissions into them, decisions and instructions, over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::staff;
use crate::support::build_guidance::ids;
use crate::support::build_monitoring::{change_monitoring, decide, monitoring, submit_to};
use crate::support::regulated_training::altai_under_p2;

const MONITORINGS: &str = "/api/v1/monitorings";
const SUBMISSIONS: &str = "/api/v1/monitoring-submissions";
const DECISIONS: &str = "/api/v1/managerial-decisions";

fn answer(app: &TestApp, persona: &str, decision: &str, etag: &str) -> crate::support::Answer {
    let path = format!("{DECISIONS}/{decision}/answer");
    app.persona(persona).post_if(&path, etag, json!({"text": "Проведена в 12 школах из 12"}))
}

/// P2-40: one monitoring of a year; what it finds and concludes; decisions with text, addressee and due day follow from it.
#[test]
fn the_department_monitors_once_a_year_and_decides_on_what_it_finds() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let made = monitoring(&app, "ministry", 2026).expect(201);
    let id = made.id();
    assert_eq!((&made.json()["level"], &made.json()["closed"]), (&json!("region"), &json!(false)));
    monitoring(&app, "ministry", 2026).refused(409, "conflict.already_exists");
    monitoring(&app, "operator", 2026).refused(403, "auth.forbidden");
    let needs = json!({"subject": "needs", "year": 2026});
    app.persona("ministry").post(MONITORINGS, needs.clone()).refused(403, "auth.forbidden");
    app.persona("operator").post(MONITORINGS, needs).expect(201);
    let fulfilment = json!({"subject": "route_fulfilment", "year": 2026});
    app.persona("ministry").post(MONITORINGS, fulfilment).refused(422, "not_used");

    let whole = json!({"text": "Охват диагностикой вырос"});
    change_monitoring(&app, "ministry", &id, "findings", whole).expect(200);
    let of_barnaul = json!({"about_id": app.organization("barnaul"), "text": "Мало программ"});
    change_monitoring(&app, "ministry", &id, "findings", of_barnaul).expect(200);
    change_monitoring(&app, "municipal_officer", &id, "findings", json!({"text": "Да"}))
        .refused(403, "auth.forbidden");
    let found = |persona: &str| {
        let shown = app.persona(persona).get(&format!("{MONITORINGS}/{id}")).expect(200).json();
        shown["findings"].as_array().unwrap().len()
    };
    assert_eq!((found("ministry"), found("municipal_officer"), found("biysk_officer")), (2, 2, 1));

    decide(&app, "ministry", "decision", "barnaul", None).refused(422, "required");
    let decision = decide(&app, "ministry", "decision", "barnaul", Some(&id)).expect(201);
    let shown = decision.json();
    assert_eq!((&shown["due_on"], &shown["overdue"]), (&json!("2026-05-31"), &json!(false)));
    assert_eq!(shown["addressee_id"], json!(app.organization("barnaul")));
    assert_eq!(shown["monitoring_id"], json!(id));
    decide(&app, "operator", "decision", "barnaul", Some(&id)).refused(403, "auth.forbidden");
    let by_monitoring = |persona: &str| {
        ids(&app.persona(persona).get(&format!("{DECISIONS}?monitoring_id={id}")).expect(200))
    };
    assert_eq!(by_monitoring("ministry"), [decision.id()]);
    assert_eq!(by_monitoring("municipal_officer"), [decision.id()]);
    assert_eq!(by_monitoring("biysk_officer"), Vec::<String>::new());

    let closing = json!({"conclusion": "Охват диагностикой вырос до 80 %"});
    let closed = change_monitoring(&app, "ministry", &id, "closing", closing.clone()).expect(200).json();
    assert_eq!((&closed["closed"], &closed["closed_on"]), (&json!(true), &json!("2026-03-02")));
    assert_eq!(closed["allowed_actions"], json!([]));
    change_monitoring(&app, "ministry", &id, "closing", closing).refused(409, "conflict.state");
    change_monitoring(&app, "ministry", &id, "findings", json!({"text": "Ещё"}))
        .refused(409, "conflict.state");
    app.persona("teacher").get(MONITORINGS).refused(403, "auth.forbidden");
    app.persona("chel_ministry").get(&format!("{MONITORINGS}/{id}")).refused(404, "request.not_found");
}

/// P2-44: a municipality takes part in the regional monitoring with one submission, and takes decisions of its own.
#[test]
fn a_municipality_submits_into_the_regional_monitoring_and_decides_itself() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let id = monitoring(&app, "ministry", 2026).expect(201).id();
    let made = submit_to(&app, "municipal_officer", &id).expect(201);
    assert_eq!(made.json()["organization_id"], json!(app.organization("barnaul")));
    submit_to(&app, "municipal_officer", &id).refused(409, "conflict.already_exists");
    submit_to(&app, "biysk_officer", &id).expect(201);
    submit_to(&app, "director", &id).refused(403, "auth.forbidden");
    let path = format!("{SUBMISSIONS}/{}", made.id());
    let anew = json!({"text": "Обучены 46 учителей из 60"});
    app.persona("biysk_officer").put(&path, &made.etag(), anew.clone()).refused(404, "request.not_found");
    let changed = app.persona("municipal_officer").put(&path, &made.etag(), anew.clone()).expect(200);
    assert_eq!(changed.json()["text"], anew["text"]);
    assert_eq!(app.persona("ministry").get(&path).expect(200).json()["text"], anew["text"]);
    app.persona("biysk_officer").get(&path).refused(404, "request.not_found");
    app.persona("municipal_officer")
        .put(&path, &made.etag(), anew.clone())
        .refused(412, "request.precondition_failed");
    let count = |persona: &str| {
        ids(&app.persona(persona).get(&format!("{SUBMISSIONS}?monitoring_id={id}")).expect(200)).len()
    };
    assert_eq!((count("ministry"), count("municipal_officer"), count("director")), (2, 1, 0));

    // Decisions of its own, about its own.
    let own = decide(&app, "municipal_officer", "decision", "school_1", Some(&id)).expect(201).json();
    assert_eq!(own["organization_id"], json!(app.organization("barnaul")));
    decide(&app, "municipal_officer", "decision", "school_3", Some(&id)).refused(422, "out_of_reach");
    let read =
        |persona: &str| app.persona(persona).get(&format!("{DECISIONS}/{}", own["id"].as_str().unwrap()));
    read("director").expect(200);
    read("ministry").expect(200);
    read("biysk_officer").refused(404, "request.not_found");
    read("school_2_director").refused(404, "request.not_found");

    let closing = json!({"conclusion": "Итоги подведены"});
    change_monitoring(&app, "ministry", &id, "closing", closing).expect(200);
    app.persona("municipal_officer").put(&path, "\"2\"", anew).refused(409, "conflict.state");
}

/// P4-17: the ministry sees all and sends an instruction with a due day; the addressee answers, and lateness follows from
/// the day.
#[test]
fn the_ministry_sends_an_instruction_with_a_due_day() {
    let app = TestApp::start();
    let sent: Vec<(&str, String)> = ["barnaul", "provider_x", "school_1"]
        .into_iter()
        .map(|addressee| {
            (addressee, decide(&app, "ministry", "instruction", addressee, None).expect(201).id())
        })
        .collect();
    for persona in ["municipal_officer", "coordinator", "director"] {
        decide(&app, persona, "instruction", "school_1", None).refused(403, "auth.forbidden");
    }
    let late = json!({"kind": "instruction", "addressee_id": app.organization("barnaul"), "text": "Сделать",
                      "due_on": "2026-03-01"});
    app.persona("ministry").post(DECISIONS, late).refused(422, "date_in_past");
    let elsewhere = json!({"kind": "instruction", "addressee_id": app.organization("chel_school"),
                           "text": "Сделать", "due_on": "2026-04-01"});
    app.persona("ministry").post(DECISIONS, elsewhere).refused(422, "unknown");
    let addressed: [(&str, &str); 3] =
        [("municipal_officer", "barnaul"), ("provider", "provider_x"), ("director", "school_1")];
    for (persona, organization) in addressed {
        let id = &sent.iter().find(|(addressee, _)| *addressee == organization).unwrap().1;
        let read = app.persona(persona).get(&format!("{DECISIONS}/{id}")).expect(200);
        assert_eq!(read.json()["allowed_actions"], json!(["answer_managerial_decision"]), "{persona}");
    }
    assert_eq!(ids(&app.persona("ministry").get(DECISIONS).expect(200)).len(), 3);
    let (_, id) = &sent[0];
    answer(&app, "ministry", id, "\"1\"").refused(403, "auth.forbidden");
    answer(&app, "biysk_officer", id, "\"1\"").refused(404, "request.not_found");
    let answered = answer(&app, "municipal_officer", id, "\"1\"").expect(200).json();
    assert_eq!((&answered["answered_on"], &answered["overdue"]), (&json!("2026-03-02"), &json!(false)));
    answer(&app, "municipal_officer", id, "\"2\"").refused(409, "conflict.state");

    app.days_pass(120);
    let overdue = |persona: &str| {
        ids(&app.persona(persona).get(&format!("{DECISIONS}?overdue=true")).expect(200)).len()
    };
    assert_eq!((overdue("ministry"), overdue("director"), overdue("provider")), (2, 1, 1));
    let timely = app.persona("ministry").get(&format!("{DECISIONS}?overdue=false")).expect(200);
    assert_eq!(ids(&timely), [id.as_str()]);
}

/// P2-39: the department controls how state organizations take part: the report is asked for them alone.
#[test]
fn participation_is_filtered_to_state_organizations() {
    let app = TestApp::start();
    let listed = |persona: &str, query: &str| -> Vec<Value> {
        let page = app.persona(persona).get(&format!("/api/v1/participation{query}")).expect(200).json();
        page["items"].as_array().unwrap().clone()
    };
    let names = |found: &[Value]| -> Vec<String> {
        found.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&listed("ministry", "")), ["school_1", "school_2", "school_3", "state_school"]);
    let of_state = listed("ministry", "?state_organization=true");
    assert_eq!(names(&of_state), ["state_school"]);
    assert_eq!((&of_state[0]["staff"], &of_state[0]["state_organization"]), (&json!(1), &json!(true)));
    assert_eq!((&of_state[0]["with_route"], &of_state[0]["hidden"]), (&Value::Null, &json!(true)));
    assert_eq!(names(&listed("ministry", "?state_organization=false&limit=2")), ["school_1", "school_2"]);
    app.persona("ministry").get("/api/v1/participation?until=2027-01-01").refused(422, "in_future");
}

/// Fewer than five people are hidden with as much else as it takes, so that nothing can be taken away from the measures of the
/// municipality; the school sees the same of itself.
#[test]
fn small_schools_are_hidden_in_participation() {
    let app = TestApp::start();
    let listed = |persona: &str| -> Vec<(Value, Value)> {
        let page = app.persona(persona).get("/api/v1/participation").expect(200).json();
        let items = page["items"].as_array().unwrap();
        items.iter().map(|row| (row["hidden"].clone(), row["enrolled"].clone())).collect()
    };
    let small = (json!(true), Value::Null);
    staff(&app, "school_1", 100, 10);
    assert_eq!(listed("municipal_officer"), [small.clone(), small.clone()]);
    assert_eq!(listed("director"), [(json!(false), json!(0))]);
    assert_eq!(listed("school_2_director"), [small]);
    staff(&app, "school_2", 200, 5);
    assert_eq!(listed("municipal_officer"), [(json!(false), json!(0)), (json!(false), json!(0))]);
}

/// P2-41: a municipality sees its own alone; another's is refused.
#[test]
fn a_municipality_sees_its_own_participation_alone() {
    let app = TestApp::start();
    let path = |name: &str| format!("/api/v1/participation?organization_id={}", app.organization(name));
    let names = |persona: &str, path: &str| -> Vec<String> {
        let page = app.persona(persona).get(path).expect(200).json();
        page["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("municipal_officer", "/api/v1/participation"), ["school_1", "school_2"]);
    assert_eq!(names("municipal_officer", &path("barnaul")), ["school_1", "school_2"]);
    assert_eq!(names("municipal_officer", &path("school_2")), ["school_2"]);
    assert_eq!(names("director", "/api/v1/participation"), ["school_1"]);
    for other in ["biysk", "school_3", "altai_ministry", "state_school"] {
        app.persona("municipal_officer").get(&path(other)).refused(403, "auth.forbidden");
    }
    app.persona("director").get(&path("school_2")).refused(403, "auth.forbidden");
    app.persona("municipal_officer").get(&path("chel_school")).refused(422, "unknown");
    app.persona("teacher").get("/api/v1/participation").refused(403, "auth.forbidden");
}
