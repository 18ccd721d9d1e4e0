//! Steps that somebody who is asked wants another to take first.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_approvals::{Request, Subject};
use crate::support::world;

const P0: &str = "p0-chelyabinsk-school";

fn put(app: &TestApp, request: &Request<'_>, persona: &str, body: Value) -> crate::support::Answer {
    app.persona(persona).post_if(&format!("{}/steps", request.path()), &request.etag(), body)
}

fn step(app: &TestApp, before: u16, kind: &str, role: &str) -> Value {
    json!({"before": before, "kind": kind, "role": role, "organization_id": app.organization("chel_school"),
        "reason": "Нужно мнение о нагрузке"})
}

fn positions(view: &Value) -> Vec<u64> {
    view["steps"].as_array().unwrap().iter().map(|step| step["position"].as_u64().unwrap()).collect()
}

fn waits(app: &TestApp, persona: &str) -> Vec<Value> {
    let page = app.persona(persona).get("/api/v1/approvals/inbox").expect(200).json();
    page["items"].as_array().unwrap().iter().map(|item| item["step"].clone()).collect()
}

/// Handed in, agreed by the head and the deputy: waits for the director.
fn at_director<'a>(subject: &Subject<'a>) -> Request<'a> {
    let request = subject.request("chel_teacher");
    request.decide("chel_association_head", 2, "endorse").expect(200);
    request.decide("chel_deputy", 3, "endorse").expect(200);
    request
}

/// A second deputy, since the first has taken a step.
fn another_deputy(app: &TestApp) {
    app.db_execute(&format!(
        "insert into role_assignments (id, region_id, municipality_id, organization_id, person_id, role, level,
                                       valid_from, created_at, updated_at)
         select gen_random_uuid(), region_id, municipality_id, organization_id, '{}', role, level, valid_from, now(), now()
           from role_assignments where person_id = '{}' and role = 'deputy_director'",
        app.person("chel_teacher_2"),
        app.person("chel_deputy"),
    ))
    .unwrap();
}

/// Design §5: a senior asks somebody before deciding, decides afterwards, and the next round asks both.
#[test]
fn a_senior_asks_somebody_else_first() {
    let app = TestApp::start();
    another_deputy(&app);
    let subject = Subject::new(&app, "chel_teacher", P0);
    let request = at_director(&subject);
    let read = request.read("chel_director").expect(200).json();
    assert!(read["allowed_actions"].as_array().unwrap().contains(&json!("insert_approval_step")));
    let mut new = step(&app, 4, "endorse", "deputy_director");
    (new["deadline_days"], new["deadline_unit"]) = (json!(3), json!("working"));
    let view = put(&app, &request, "chel_director", new).expect(200).json();
    assert_eq!((positions(&view), &view["open_step"]), (vec![1, 2, 3, 5, 4], &json!(5)));
    assert_eq!(
        (&view["steps"][3]["inserted_by_person_id"], &view["due_on"]),
        (&json!(app.person("chel_director")), &json!("2026-03-05"))
    );
    let line = view["decisions"].as_array().unwrap().last().unwrap();
    assert_eq!((&line["decision"], &line["note"]), (&json!("insert"), &json!("Нужно мнение о нагрузке")));
    assert_eq!((waits(&app, "chel_director"), waits(&app, "chel_teacher_2")), (vec![], vec![json!(5)]));

    request.decide("chel_director", 4, "approve").refused(409, "step_not_open");
    request.decide("chel_deputy", 5, "endorse").refused(403, "already_took_step");
    request.send_back("chel_teacher_2", 5, "2026-03-20").expect(200);
    assert_eq!(subject.request("chel_teacher").id, request.id);
    request.decide("chel_association_head", 2, "endorse").expect(200);
    let view = request.decide("chel_deputy", 3, "endorse").expect(200).json();
    assert_eq!((&view["round"], &view["open_step"]), (&json!(2), &json!(5)));
    request.decide("chel_teacher_2", 5, "endorse").expect(200);
    let done = request.decide("chel_director", 4, "approve").expect(200).json();
    assert_eq!(done["state"], "approved");
    assert_eq!(positions(&done), [1, 2, 3, 5, 4]);
}

/// Whoever does not sit at a step puts nothing before it, and nothing is put before what is decided or decides nothing.
#[test]
fn nobody_puts_a_step_before_that_of_another() {
    let app = TestApp::start();
    another_deputy(&app);
    let request = at_director(&Subject::new(&app, "chel_teacher", P0));
    let new = || step(&app, 4, "endorse", "deputy_director");
    put(&app, &request, "chel_deputy", new()).refused(403, "not_your_step");
    put(&app, &request, "chel_ministry", new()).refused(403, "not_your_step");
    put(&app, &request, "director", new()).refused(404, "request.not_found");
    put(&app, &request, "chel_deputy", step(&app, 3, "discuss", "director"))
        .refused(403, "already_took_step");
    put(&app, &request, "chel_teacher_2", step(&app, 3, "discuss", "director"))
        .refused(409, "step_already_decided");
    put(&app, &request, "chel_director", step(&app, 9, "endorse", "deputy_director"))
        .refused(422, "unknown_step");
    let path = format!("{}/steps", request.path());
    app.persona("chel_director").post_if(&path, "\"1\"", new()).refused(412, "request.precondition_failed");
    app.persona("chel_director").post(&path, new()).refused(428, "request.precondition_required");

    let open = Subject::new(&app, "chel_teacher", P0);
    let request = open.request("chel_deputy");
    put(&app, &request, "chel_teacher", step(&app, 1, "discuss", "director"))
        .refused(422, "not_a_deciding_step");
}

/// Who is asked exists, may decide, and is not the one who asks.
#[test]
fn the_new_step_asks_somebody_who_may_take_it() {
    let app = TestApp::start();
    let request = at_director(&Subject::new(&app, "chel_teacher", P0));
    let put = |body: Value| put(&app, &request, "chel_director", body);
    let with = |name: &str, value: Value| {
        let mut body = step(&app, 4, "endorse", "deputy_director");
        body[name] = value;
        body
    };
    put(with("role", json!("director"))).refused(422, "no_seat");
    let mut own = step(&app, 4, "discuss", "director");
    put(own.clone()).refused(422, "same_seat");
    own["reason"] = json!(" ");
    put(own).refused(422, "blank");
    put(with("role", json!("auditor"))).refused(422, "role_without_seat");
    put(with("role", json!("association_head"))).refused(422, "role_without_seat");
    put(with("role", json!("route_tutor"))).refused(422, "no_seat");
    put(with("role", Value::Null)).refused(422, "seat_missing");
    put(with("association_id", json!(world::association(2)))).refused(422, "seat_missing");
    put(with("organization_id", json!(app.organization("school_1")))).refused(422, "unknown");
    put(with("organization_id", json!(rost::ids::new_id()))).refused(422, "unknown");
    put(with("kind", json!("approve"))).expect(422);
    put(with("deadline_days", json!(3))).refused(422, "incomplete");
    put(with("before", json!(0))).expect(422);

    let heard =
        json!({"before": 4, "kind": "discuss", "association_id": world::association(2), "reason": "Спросим"});
    let mut unknown = heard.clone();
    unknown["association_id"] = json!(rost::ids::new_id());
    put(unknown).refused(422, "unknown");
    let view = put(heard).expect(200).json();
    assert_eq!((&view["open_step"], &view["steps"][3]["state"]), (&json!(4), &json!("open")));
    let opinion = json!({"step": 5, "decision": "opinion", "note": "За"});
    request.send("chel_association_head", opinion).expect(200);
    assert_eq!(request.decide("chel_director", 4, "approve").expect(200).json()["state"], "approved");
}

/// A chain has 64 steps at most.
#[test]
fn a_chain_is_full_some_day() {
    let app = TestApp::start();
    let request = at_director(&Subject::new(&app, "chel_teacher", P0));
    for _ in 0..60 {
        put(&app, &request, "chel_director", step(&app, 4, "discuss", "deputy_director")).expect(200);
    }
    let last = step(&app, 4, "discuss", "deputy_director");
    put(&app, &request, "chel_director", last).refused(409, "chain_full");
    let view = request.read("chel_director").expect(200).json();
    assert_eq!(view["steps"].as_array().unwrap().len(), 64);
    assert_eq!(request.decide("chel_director", 4, "approve").expect(200).json()["state"], "approved");
}

/// Whoever is asked by a frozen step finds the request in the list and reads it, wherever it lies.
#[test]
fn the_list_reaches_whoever_sits_at_a_step() {
    let app = TestApp::start();
    let request = at_director(&Subject::new(&app, "chel_teacher", P0));
    let listed = |persona: &str| {
        let page = app.persona(persona).get("/api/v1/approval-requests").expect(200).json();
        page["items"].as_array().unwrap().len()
    };
    assert_eq!(listed("chel_provider"), 0);
    request.read("chel_provider").refused(404, "request.not_found");
    let asked = json!({"before": 4, "kind": "discuss", "role": "provider_officer",
        "organization_id": app.organization("chel_provider"), "reason": "Спросим"});
    put(&app, &request, "chel_director", asked).expect(200);
    assert_eq!(listed("chel_provider"), 1);
    assert_eq!(waits(&app, "chel_provider"), [5]);
    let opinion = json!({"step": 5, "decision": "opinion", "note": "За"});
    request.send("chel_provider", opinion).expect(200);
    assert_eq!((listed("chel_provider"), waits(&app, "chel_provider")), (1, vec![]));
}
