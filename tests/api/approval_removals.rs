//! Steps that were put in are taken out again; and none is put in for which there are too few people.

use serde_json::{Value, json};

use crate::support::build_approvals::{Request, Subject};
use crate::support::{Answer, TestApp};

const P0: &str = "p0-chelyabinsk-school";
const P4: &str = "p4-altai-krai";

fn put_in(app: &TestApp, request: &Request<'_>, persona: &str, body: Value) -> Answer {
    app.persona(persona).post_if(&format!("{}/steps", request.path()), &request.etag(), body)
}

fn take_out(app: &TestApp, request: &Request<'_>, persona: &str, step: u16) -> Answer {
    let body = json!({"step": step, "reason": "Решим без этого"});
    app.persona(persona).post_if(&format!("{}/step-removals", request.path()), &request.etag(), body)
}

fn asks(before: u16, kind: &str, role: &str, organization: uuid::Uuid) -> Value {
    json!({"before": before, "kind": kind, "role": role, "organization_id": organization, "reason": "Пусть скажет"})
}

fn role(app: &TestApp, role: &str, of: &str, to: &str) {
    app.db_execute(&format!(
        "insert into role_assignments (id, region_id, municipality_id, organization_id, person_id, role, level,
                                       valid_from, created_at, updated_at)
         select gen_random_uuid(), region_id, municipality_id, organization_id, '{}', role, level, valid_from, now(), now()
           from role_assignments where person_id = '{}' and role = '{role}'",
        app.person(to),
        app.person(of),
    ))
    .unwrap();
}

/// Handed in, agreed by the head and the deputy: waits for the director.
fn at_director<'a>(subject: &Subject<'a>) -> Request<'a> {
    let request = subject.request("chel_teacher");
    request.decide("chel_association_head", 2, "endorse").expect(200);
    request.decide("chel_deputy", 3, "endorse").expect(200);
    request
}

/// The only coordinator decides last: he cannot be asked before the director as well, for nobody takes two steps of one
/// round. With a second coordinator he can.
#[test]
fn nobody_is_asked_who_is_needed_at_a_later_step() {
    let app = TestApp::start();
    let request = Subject::new(&app, "teacher", P4).request("teacher");
    let coordinator = || asks(2, "endorse", "regional_coordinator", app.organization("coordinator"));
    let refused = put_in(&app, &request, "director", coordinator()).refused(422, "needed_at_another_step");
    let problem = refused.json()["errors"][0].clone();
    assert_eq!(problem["pointer"], "/role");
    assert!(problem["message"].as_str().unwrap().contains('3'), "{problem}");
    // What takes nobody away from a step is asked all the same.
    let mut heard = coordinator();
    heard["kind"] = json!("acknowledge");
    put_in(&app, &request, "director", heard).expect(200);
    request.decide("coordinator", 4, "acknowledge").expect(200);

    role(&app, "regional_coordinator", "coordinator", "operator");
    put_in(&app, &request, "director", coordinator()).expect(200);
    request.decide("coordinator", 5, "endorse").expect(200);
    request.decide("director", 2, "endorse").expect(200);
    request.decide("coordinator", 3, "endorse").refused(403, "already_took_step");
    assert_eq!(request.decide("operator", 3, "endorse").expect(200).json()["state"], "approved");
}

/// Who took a step of this round is wanted for it in the next one too: the last round is not the only one.
#[test]
fn nobody_is_asked_who_is_needed_in_the_next_round() {
    let app = TestApp::start();
    let request = at_director(&Subject::new(&app, "chel_teacher", P0));
    // The one who endorsed has left the post to somebody who has decided nothing yet.
    app.db_execute(&format!(
        "update role_assignments set person_id = '{}' where role = 'deputy_director' and person_id = '{}'",
        app.person("chel_teacher_2"),
        app.person("chel_deputy"),
    ))
    .unwrap();
    let deputy = || asks(4, "endorse", "deputy_director", app.organization("chel_school"));
    let refused = put_in(&app, &request, "chel_director", deputy()).refused(422, "needed_at_another_step");
    assert!(refused.json()["errors"][0]["message"].as_str().unwrap().contains('3'));
}

/// Whoever put a step in takes it out again, and the chain goes on where it would have been; in later rounds nobody asks
/// for it. What happened is told, and the step is seen no more as one to come.
#[test]
fn a_step_that_was_put_in_is_taken_out_again() {
    let app = TestApp::start();
    role(&app, "deputy_director", "chel_deputy", "chel_teacher_2");
    let subject = Subject::new(&app, "chel_teacher", P0);
    let request = at_director(&subject);
    put_in(
        &app,
        &request,
        "chel_director",
        asks(4, "endorse", "deputy_director", app.organization("chel_school")),
    )
    .expect(200);
    let offered = request.read("chel_director").expect(200).json()["allowed_actions"].clone();
    assert!(offered.as_array().unwrap().contains(&json!("remove_approval_step")), "{offered}");
    take_out(&app, &request, "chel_teacher_2", 5).refused(403, "not_your_step");
    take_out(&app, &request, "chel_deputy", 5).refused(403, "not_your_step");
    take_out(&app, &request, "chel_teacher", 5).expect(403);
    take_out(&app, &request, "director", 5).refused(404, "request.not_found");
    take_out(&app, &request, "chel_director", 3).refused(422, "step_of_regulation");
    take_out(&app, &request, "chel_director", 9).refused(422, "unknown_step");
    let path = format!("{}/step-removals", request.path());
    let body = || json!({"step": 5, "reason": "Решим без этого"});
    let director = app.persona("chel_director");
    director.post_if(&path, "\"1\"", body()).refused(412, "request.precondition_failed");
    director.post(&path, body()).refused(428, "request.precondition_required");
    director.post_if(&path, &request.etag(), json!({"step": 5, "reason": " "})).expect(422);

    let view = take_out(&app, &request, "chel_director", 5).expect(200).json();
    assert_eq!((&view["open_step"], &view["steps"][3]["state"]), (&json!(4), &json!("removed")));
    let line = view["decisions"].as_array().unwrap().last().unwrap();
    assert_eq!((&line["decision"], &line["step"]), (&json!("remove"), &json!(5)));
    assert_eq!((&line["note"], &line["role"]), (&json!("Решим без этого"), &json!("director")));
    let logged = format!(
        "select count(*) from audit_events where operation = 'remove_approval_step' and subject_id = '{}'",
        request.id
    );
    assert_eq!(app.db_text(&logged), "1");
    take_out(&app, &request, "chel_director", 5).refused(422, "unknown_step");
    request.decide("chel_teacher_2", 5, "endorse").refused(422, "unknown_step");

    // The number is not given again, and the next round knows nothing of the step.
    request.send_back("chel_director", 4, "2026-03-20").expect(200);
    subject.request("chel_teacher");
    request.decide("chel_association_head", 2, "endorse").expect(200);
    assert_eq!(request.decide("chel_deputy", 3, "endorse").expect(200).json()["open_step"], 4);
    let anew = asks(4, "discuss", "deputy_director", app.organization("chel_school"));
    let view = put_in(&app, &request, "chel_director", anew).expect(200).json();
    let positions: Vec<_> = view["steps"].as_array().unwrap().iter().map(|step| &step["position"]).collect();
    assert_eq!(positions, [1, 2, 3, 5, 6, 4]);
    assert_eq!(request.decide("chel_director", 4, "approve").expect(200).json()["state"], "approved");
}

/// What was decided stays; a step that was put in by somebody who decides earlier may be taken out by whoever decides last,
/// and the one who was asked sees the request no more.
#[test]
fn whoever_decides_later_takes_out_what_an_earlier_one_put_in() {
    let app = TestApp::start();
    let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
    let provider = |kind: &str| asks(3, kind, "provider_officer", app.organization("chel_provider"));
    put_in(&app, &request, "chel_deputy", provider("discuss")).expect(200);
    put_in(&app, &request, "chel_deputy", provider("endorse")).expect(200);
    request.send("chel_provider", json!({"step": 5, "decision": "opinion", "note": "За"})).expect(200);
    take_out(&app, &request, "chel_director", 5).refused(409, "step_already_decided");
    let listed = || {
        let page = app.persona("chel_provider").get("/api/v1/approval-requests").expect(200).json();
        page["items"].as_array().unwrap().len()
    };
    let other = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
    put_in(&app, &other, "chel_deputy", provider("endorse")).expect(200);
    assert_eq!(listed(), 2);
    other.read("chel_provider").expect(200);
    take_out(&app, &other, "chel_director", 5).expect(200);
    assert_eq!(listed(), 1);
    other.read("chel_provider").refused(404, "request.not_found");
    other.decide("chel_association_head", 2, "endorse").expect(200);
    assert_eq!(other.read("chel_deputy").expect(200).json()["open_step"], 3);

    request.decide("chel_association_head", 2, "endorse").expect(200);
    request.decide("chel_provider", 6, "endorse").expect(200);
    take_out(&app, &request, "chel_deputy", 6).refused(409, "step_already_decided");
}

/// The substitute of whoever decides later takes a step out in that name.
#[test]
fn a_substitute_takes_a_step_out_in_the_name_of_the_absent_one() {
    let app = TestApp::start();
    let given = json!({"organization_id": app.organization("chel_school"), "person_id": app.person("chel_director"),
        "substitute_person_id": app.person("chel_teacher_2"), "starts_on": "2026-03-02", "ends_on": "2026-03-06"});
    app.persona("chel_director").post("/api/v1/approval-substitutions", given).expect(201);
    let request = at_director(&Subject::new(&app, "chel_teacher", P0));
    let discuss = asks(4, "discuss", "deputy_director", app.organization("chel_school"));
    put_in(&app, &request, "chel_director", discuss).expect(200);
    take_out(&app, &request, "chel_teacher_2", 5).refused(403, "not_your_step");
    let body = json!({"step": 5, "reason": "Директор передумал", "acting_for_person_id": app.person("chel_director")});
    let path = format!("{}/step-removals", request.path());
    let view = app.persona("chel_teacher_2").post_if(&path, &request.etag(), body).expect(200).json();
    let line = view["decisions"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&line["acting_for_person_id"], &line["role"]),
        (&json!(app.person("chel_director")), &json!("director"))
    );
}
