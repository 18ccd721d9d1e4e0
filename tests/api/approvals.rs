//! Approvals over HTTP: chains of two regulations, returns, separation of duties, the inbox.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_approvals::{Request, Subject, codes};

const P0: &str = "p0-chelyabinsk-school";
const P1: &str = "p1-grozny-school-91";
const P4: &str = "p4-altai-krai";

fn p0_request<'a>(app: &'a TestApp) -> (Subject<'a>, Request<'a>) {
    let subject = Subject::new(app, "chel_teacher", P0);
    let request = subject.request("chel_teacher");
    (subject, request)
}

fn states(view: &Value) -> Vec<String> {
    let steps = view["steps"].as_array().unwrap();
    steps.iter().map(|step| step["state"].as_str().unwrap().to_owned()).collect()
}

/// P0-15: head of the association, then the deputy; only then the director. P0-6: the teacher's own submission is
/// the consent of one side, theirs that of the other.
#[test]
fn a_route_of_the_school_passes_head_deputy_and_director_in_this_order() {
    let app = TestApp::start();
    let (subject, request) = p0_request(&app);
    let view = request.read("chel_teacher").expect(200).json();
    assert_eq!(states(&view), ["decided", "open", "pending", "pending"]);
    assert_eq!(view["decisions"][0]["steps_taken"], json!([1]));

    request.decide("chel_deputy", 3, "endorse").refused(409, "step_not_open");
    request.decide("chel_director", 4, "approve").refused(409, "step_not_open");
    let after_head = request.decide("chel_association_head", 2, "endorse").expect(200);
    assert_eq!(
        (&after_head.json()["state"], &after_head.json()["open_step"]),
        (&json!("in_review"), &json!(3))
    );
    request.decide("chel_director", 4, "approve").refused(409, "step_not_open");
    let after_deputy = request.decide("chel_deputy", 3, "endorse").expect(200).json();
    assert_eq!(after_deputy["state"], "in_review");
    let done = request.decide("chel_director", 4, "approve").expect(200).json();
    assert_eq!(done["state"], "approved");
    assert_eq!(done["closed_at"], "2026-03-02T06:00:00Z");
    assert_eq!(done["allowed_actions"], json!([]));
    assert_eq!(subject.summary().state.as_str(), "approved");
    request.decide("chel_director", 4, "approve").refused(409, "already_final");
}

/// P0-6: what the school hands in waits for the teacher's own consent; its own step is the deputy's submission.
#[test]
fn neither_side_brings_a_route_into_force_alone() {
    let app = TestApp::start();
    let subject = Subject::new(&app, "chel_teacher", P0);
    let request = subject.request("chel_deputy");
    let view = request.read("chel_deputy").expect(200).json();
    assert_eq!(states(&view), ["open", "pending", "decided", "pending"]);
    request.decide("chel_association_head", 2, "endorse").refused(409, "step_not_open");
    request.decide("chel_deputy", 1, "consent").refused(403, "not_the_learner");
    assert_eq!(request.decide("chel_teacher", 1, "consent").expect(200).json()["open_step"], 2);
    assert_eq!(request.decide("chel_association_head", 2, "endorse").expect(200).json()["open_step"], 4);
    assert_eq!(request.decide("chel_director", 4, "approve").expect(200).json()["state"], "approved");
}

/// P4-11: the coordinator cannot bring a route into force before its teacher has agreed to it.
#[test]
fn a_route_is_not_approved_without_the_consent_of_its_teacher() {
    let app = TestApp::start();
    let subject = Subject::new(&app, "teacher", P4);
    let request = subject.request("coordinator");
    request.decide("director", 2, "endorse").refused(409, "step_not_open");
    assert_eq!(request.decide("teacher", 1, "consent").expect(200).json()["open_step"], 2);
    request.decide("coordinator", 3, "endorse").refused(409, "step_already_decided");
    // A region has one coordinator: the own submission was the own step.
    assert_eq!(request.decide("director", 2, "endorse").expect(200).json()["state"], "approved");
}

/// P4-11, P4-25: a director who hands a teacher's route in has endorsed it by that; a director's own route goes
/// past the vacant seat, visibly.
#[test]
fn a_submission_takes_the_step_of_its_submitter_and_a_vacant_seat_is_passed_over() {
    let app = TestApp::start();
    let by_director = Subject::new(&app, "teacher", P4).request("director");
    by_director.decide("teacher", 1, "consent").expect(200);
    let view = by_director.read("director").expect(200).json();
    assert_eq!(states(&view), ["decided", "decided", "open"]);

    let own = Subject::new(&app, "director", P4).request("director");
    let view = own.read("director").expect(200).json();
    assert_eq!(states(&view), ["decided", "skipped", "open"]);
    assert_eq!(own.decide("coordinator", 3, "endorse").expect(200).json()["state"], "approved");
}

/// P1-29: approved by the head's order, with its number and date. P1-28: nobody need have said anything before.
#[test]
fn an_approval_by_order_needs_number_and_date_of_the_order() {
    let app = TestApp::start();
    let request = Subject::new(&app, "teacher", P1).request("teacher");
    let refused = request.decide("director", 4, "approve").refused(422, "act_required");
    let pointers: Vec<_> =
        refused.json()["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
    assert_eq!(pointers, ["/act_number", "/act_date"]);
    let late = json!({"step": 4, "decision": "approve", "act_number": "14-о", "act_date": "2026-03-03"});
    request.send("director", late).refused(422, "act_date_in_future");
    let early = json!({"step": 4, "decision": "approve", "act_number": "14-о", "act_date": "2026-03-01"});
    request.send("director", early).refused(422, "act_date_before_submission");
    request.send("teacher", json!({"step": 1, "decision": "opinion"})).refused(422, "text_required");
    let opinion = || json!({"step": 1, "decision": "opinion", "note": "За"});
    request.send("teacher", opinion()).expect(200);
    request.send("teacher", opinion()).refused(409, "already_gave_opinion");
    let act = json!({"step": 4, "decision": "approve", "act_number": "14-о", "act_date": "2026-03-02"});
    let done = request.send("director", act).expect(200).json();
    assert_eq!(done["state"], "approved");
    assert_eq!(done["decisions"][2]["act_number"], "14-о");
}

/// P0-42: rework is ordered with a reason and a definite date; after the date it is overdue.
#[test]
fn a_return_names_its_reason_and_its_date() {
    let app = TestApp::start();
    let (subject, request) = p0_request(&app);
    let refused = request.decide("chel_association_head", 2, "return").refused(422, "request.invalid");
    assert_eq!(refused.codes(), ["request.invalid", "reason_required", "due_on_required"]);
    request.send_back("chel_association_head", 2, "2026-03-01").refused(422, "due_on_in_past");
    let returned = request.send_back("chel_association_head", 2, "2026-03-20").expect(200).json();
    assert_eq!(returned["state"], "returned");
    assert_eq!(returned["return_reason"], "Нет плана");
    assert_eq!((&returned["due_on"], &returned["overdue"]), (&json!("2026-03-20"), &json!(false)));
    request.decide("chel_deputy", 3, "endorse").refused(409, "not_in_review");

    app.days_pass(18);
    assert_eq!(request.read("chel_teacher").expect(200).json()["overdue"], false);
    assert!(!subject.summary().overdue);
    app.days_pass(1);
    assert_eq!(request.read("chel_teacher").expect(200).json()["overdue"], true);
    assert!(subject.summary().overdue);
}

/// P0-43: what was reworked passes the deputy again, and everybody else; earlier decisions stay.
#[test]
fn rework_passes_the_deputy_again() {
    let app = TestApp::start();
    let (subject, request) = p0_request(&app);
    request.decide("chel_association_head", 2, "endorse").expect(200);
    request.decide("chel_deputy", 3, "endorse").expect(200);
    request.send_back("chel_director", 4, "2026-03-20").expect(200);
    assert_eq!(subject.request("chel_teacher").id, request.id);
    let view = request.read("chel_teacher").expect(200).json();
    assert_eq!((&view["round"], &view["open_step"]), (&json!(2), &json!(2)));
    assert_eq!(view.get("return_reason"), None);
    assert_eq!(states(&view), ["decided", "open", "pending", "pending"]);
    request.decide("chel_director", 4, "approve").refused(409, "step_not_open");
    request.decide("chel_association_head", 2, "endorse").expect(200);
    request.decide("chel_director", 4, "approve").refused(409, "step_not_open");
    request.decide("chel_deputy", 3, "endorse").expect(200);
    let done = request.decide("chel_director", 4, "approve").expect(200).json();
    assert_eq!(done["state"], "approved");
    assert_eq!(done["decisions"].as_array().unwrap().len(), 8);
    assert_eq!(done["decisions"][3]["decision"], "return");
}

/// P0-15: a head's own program passes over the head's seat and no other; for everybody else both endorse.
#[test]
fn the_head_of_an_association_is_not_stopped_by_the_own_seat() {
    let app = TestApp::start();
    app.db_execute(&format!(
        "insert into association_members select '{}', '{}', '2020-09-01'",
        crate::support::world::association(2),
        app.person("chel_association_head"),
    ))
    .unwrap();
    let request = Subject::new(&app, "chel_association_head", P0).request("chel_association_head");
    let view = request.read("chel_deputy").expect(200).json();
    assert_eq!(states(&view), ["decided", "skipped", "open", "pending"]);
    request.decide("chel_deputy", 3, "endorse").expect(200);
    assert_eq!(request.decide("chel_director", 4, "approve").expect(200).json()["state"], "approved");

    // A seat that nobody holds is waited for.
    app.db_execute("delete from role_assignments where role = 'deputy_director'").unwrap();
    let (_, request) = p0_request(&app);
    let view = request.decide("chel_association_head", 2, "endorse").expect(200).json();
    assert_eq!(states(&view), ["decided", "decided", "open", "pending"]);
}

/// Nobody decides on a route of his own, and nobody takes two steps of one round (design §2).
#[test]
fn duties_are_kept_apart() {
    let app = TestApp::start();
    let own = Subject::new(&app, "chel_deputy", P0);
    app.db_execute(&format!(
        "insert into association_members select '{}', '{}', '2020-09-01'",
        crate::support::world::association(2),
        app.person("chel_deputy"),
    ))
    .unwrap();
    let request = own.request("chel_deputy");
    let view = request.read("chel_deputy").expect(200).json();
    assert_eq!(states(&view), ["decided", "open", "skipped", "pending"]);
    request.decide("chel_deputy", 2, "endorse").refused(403, "auth.forbidden");
    request.decide("chel_teacher_2", 2, "endorse").refused(404, "request.not_found");
    assert_eq!(request.decide("chel_association_head", 2, "endorse").expect(200).json()["open_step"], 4);
    assert_eq!(request.decide("chel_director", 4, "approve").expect(200).json()["state"], "approved");

    // The deputy leads the association as well.
    let (_, request) = p0_request(&app);
    app.db_execute(&format!(
        "update associations set head_person_id = '{}' where id = '{}'",
        app.person("chel_deputy"),
        crate::support::world::association(2),
    ))
    .unwrap();
    let sent = request.decide("chel_association_head", 2, "endorse");
    assert_eq!(sent.status, 404, "a head of nothing sees nothing: {}", sent.text);
    request.decide("chel_deputy", 2, "endorse").expect(200);
    request.decide("chel_deputy", 3, "endorse").refused(403, "already_took_step");
    assert_eq!(inbox(&app, "chel_deputy"), json!([]));
}

fn inbox(app: &TestApp, persona: &str) -> Value {
    let page = app.persona(persona).get("/api/v1/approvals/inbox").expect(200).json();
    page["items"].as_array().unwrap().iter().map(|item| item["request_id"].clone()).collect()
}

#[test]
fn the_inbox_holds_what_waits_for_me_and_nothing_else() {
    let app = TestApp::start();
    let (_, request) = p0_request(&app);
    let (mine, nothing) = (json!([request.id]), json!([]));
    assert_eq!(inbox(&app, "chel_association_head"), mine);
    assert_eq!(inbox(&app, "chel_deputy"), nothing);
    request.decide("chel_association_head", 2, "endorse").expect(200);
    assert_eq!(inbox(&app, "chel_association_head"), nothing);
    assert_eq!(inbox(&app, "chel_deputy"), mine);
    assert_eq!(inbox(&app, "chel_director"), nothing);
    assert_eq!(inbox(&app, "director"), nothing);
    request.send_back("chel_deputy", 3, "2026-03-20").expect(200);
    assert_eq!(inbox(&app, "chel_deputy"), nothing);

    // By the coordinator for a teacher: the consent waits for the teacher, an opinion for whoever was asked.
    let for_teacher = Subject::new(&app, "teacher", P4).request("coordinator");
    assert_eq!(inbox(&app, "teacher"), json!([for_teacher.id]));
    assert_eq!(inbox(&app, "coordinator"), nothing);
    let discussed = Subject::new(&app, "teacher_2", P1).request("teacher_2");
    assert_eq!(inbox(&app, "secretary"), json!([discussed.id]));
    assert_eq!(inbox(&app, "teacher_2"), json!([discussed.id]));
    let opinion =
        json!({"step": 3, "decision": "opinion", "note": "За", "meeting": {"held_on": "2026-03-02"}});
    discussed.send("secretary", opinion).expect(200);
    assert_eq!(inbox(&app, "secretary"), nothing);
    app.persona("auditor").get("/api/v1/approvals/inbox").refused(403, "auth.forbidden");
}

#[test]
fn the_inbox_and_the_list_come_in_pages() {
    let app = TestApp::start();
    for _ in 0..3 {
        Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
    }
    for path in ["/api/v1/approvals/inbox", "/api/v1/approval-requests"] {
        let head = app.persona("chel_association_head");
        let first = head.get(&format!("{path}?limit=2")).expect(200).json();
        assert_eq!(first["items"].as_array().unwrap().len(), 2, "{path}");
        let cursor = first["next_cursor"].as_str().unwrap();
        let second = head.get(&format!("{path}?limit=2&cursor={cursor}")).expect(200).json();
        assert_eq!(second["items"].as_array().unwrap().len(), 1, "{path}");
        assert_eq!(second.get("next_cursor"), None);
        head.get(&format!("{path}?limit=2&cursor={cursor}&subject_kind=plan")).refused(422, "invalid_cursor");
    }
}

#[test]
fn the_list_holds_what_one_may_see() {
    let app = TestApp::start();
    let (_, request) = p0_request(&app);
    let ids = |persona: &str, query: &str| -> Value {
        let page = app.persona(persona).get(&format!("/api/v1/approval-requests{query}")).expect(200).json();
        page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect()
    };
    let (it, nothing) = (json!([request.id]), json!([]));
    for persona in ["chel_teacher", "chel_association_head", "chel_deputy", "chel_director", "chel_ministry"]
    {
        assert_eq!(ids(persona, ""), it, "{persona}");
    }
    for persona in ["chel_teacher_2", "chel_provider", "director", "ministry", "auditor"] {
        assert_eq!(ids(persona, ""), nothing, "{persona}");
    }
    assert_eq!(ids("chel_director", "?state=in_review&subject_kind=route"), it);
    assert_eq!(ids("chel_director", "?state=returned"), nothing);
    assert_eq!(ids("chel_director", &format!("?person_id={}", app.person("chel_teacher_2"))), nothing);
    assert_eq!(ids("chel_ministry", &format!("?organization_id={}", app.organization("chel_school"))), it);
}

#[test]
fn who_may_not_see_a_request_may_not_know_of_it_and_who_is_not_asked_may_not_decide() {
    let app = TestApp::start();
    let (_, request) = p0_request(&app);
    for persona in ["chel_teacher_2", "director", "deputy", "ministry", "coordinator"] {
        request.read(persona).refused(404, "request.not_found");
        let sent = request.decide(persona, 2, "endorse");
        assert!(sent.status == 404, "{persona}: {}", sent.text);
    }
    request.decide("chel_ministry", 2, "endorse").refused(403, "not_your_step");
    request.decide("chel_deputy", 2, "endorse").refused(403, "not_your_step");
    request.decide("chel_teacher", 2, "endorse").refused(403, "auth.forbidden");
    request.decide("chel_association_head", 2, "approve").refused(422, "wrong_decision");
    request.decide("chel_association_head", 9, "endorse").refused(422, "unknown_step");
    let named = app.persona("chel_ministry").get(&request.path()).expect(200).json();
    assert_eq!(named["allowed_decisions"], json!([]));
    let open = request.read("chel_association_head").expect(200).json();
    assert_eq!(open["allowed_actions"], json!(["decide_approval", "insert_approval_step"]));
    let decisions: Vec<_> =
        open["allowed_decisions"].as_array().unwrap().iter().map(|d| d["decision"].clone()).collect();
    assert_eq!(decisions, ["endorse", "return", "reject"]);
}

#[test]
fn a_decision_is_based_on_the_newest_version() {
    let app = TestApp::start();
    let (_, request) = p0_request(&app);
    let path = format!("{}/decisions", request.path());
    let body = json!({"step": 2, "decision": "endorse"});
    let head = app.persona("chel_association_head");
    head.post(&path, body.clone()).refused(428, "request.precondition_required");
    head.post_if(&path, "\"7\"", body.clone()).refused(412, "request.precondition_failed");
    head.header("if-match", "\"1\"")
        .send_json("POST", &path, &body)
        .refused(400, "request.idempotency_key_required");
    head.post_if(&path, "\"1\"", json!({"step": 2, "decision": "endorse", "stamp": 1}))
        .refused(422, "unknown_field");
    let once = head.header("idempotency-key", "decision-0001").header("if-match", "\"1\"");
    let first = once.send_json("POST", &path, &body).expect(200);
    let again = once.send_json("POST", &path, &body).expect(200);
    assert_eq!((&first.text, first.etag()), (&again.text, again.etag()));
    assert!(again.etag().starts_with("\"2."), "{}", again.etag());
}

#[test]
fn whoever_submitted_takes_back_and_may_hand_in_anew() {
    let app = TestApp::start();
    let (subject, request) = p0_request(&app);
    let path = format!("{}/withdrawal", request.path());
    app.persona("chel_deputy").post_if(&path, "\"1\"", json!({})).refused(403, "not_submitter");
    app.persona("director").post_if(&path, "\"1\"", json!({})).refused(404, "request.not_found");
    assert_eq!(codes(&subject.hand_in("chel_teacher").unwrap_err()), ["conflict.state", "already_submitted"]);
    let gone = app.persona("chel_teacher").post_if(&path, "\"1\"", json!({})).expect(200).json();
    assert_eq!((&gone["state"], &gone["allowed_actions"]), (&json!("withdrawn"), &json!([])));
    assert_eq!(inbox(&app, "chel_association_head"), json!([]));

    let anew = subject.request("chel_teacher");
    assert_ne!(anew.id, request.id);
    assert_eq!(codes(&subject.take_back("chel_director").unwrap_err()), ["auth.forbidden", "not_submitter"]);
    subject.take_back("chel_teacher").unwrap();
    assert_eq!(subject.summary().state.as_str(), "withdrawn");
}

#[test]
fn a_chain_whose_seat_cannot_be_found_says_which() {
    let app = TestApp::start();
    let refusal = Subject::new(&app, "chel_director", P0).hand_in("chel_director").unwrap_err();
    assert_eq!(codes(&refusal), ["request.invalid", "no_association"]);
    assert_eq!(refusal.fields[0].pointer, "/chain/association_head");
}

/// The stored state is a cache of the decisions: a state that does not follow from them is not acted upon.
#[test]
fn a_state_that_does_not_follow_from_the_decisions_is_not_acted_upon() {
    let app = TestApp::start();
    let (_, request) = p0_request(&app);
    app.db_execute("update approval_requests set step = 4").unwrap();
    request.decide("chel_director", 4, "approve").refused(500, "server.internal");
    assert_eq!(app.db_text("select count(*) from approval_decisions"), "1");
    assert!(app.db_execute("update approval_decisions set decision = 'approve'").is_err());
    assert!(app.db_execute("delete from approval_steps").is_err());
}
