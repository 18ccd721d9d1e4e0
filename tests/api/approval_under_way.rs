//! What changes while a request is on its way.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_approvals::Subject;

const P0: &str = "p0-chelyabinsk-school";

fn director_alone() -> Value {
    json!([{"key": "director", "kind": "approve", "actor": {"relation": "own_school", "role": "director"}}])
}

fn keys(view: &Value) -> Vec<&str> {
    view["steps"].as_array().unwrap().iter().map(|step| step["key"].as_str().unwrap()).collect()
}

/// P4-2: what began under a regulation goes on under it, in later rounds too; what is handed in afterwards passes the
/// chain of the new one.
#[test]
fn a_request_passes_the_chain_it_was_handed_in_with() {
    let app = TestApp::start();
    let mut subject = Subject::new(&app, "teacher", "p4-altai-krai");
    let request = subject.request("teacher");
    let handed_in = request.read("teacher").expect(200).json();
    request.send_back("director", 2, "2026-03-20").expect(200);
    subject.comes_under(director_alone());
    assert_eq!(subject.request("teacher").id, request.id);
    let later = request.read("teacher").expect(200).json();
    assert_eq!(
        (&later["round"], &later["open_step"], keys(&later)),
        (&json!(2), &json!(2), keys(&handed_in))
    );
    assert_eq!(later["regulation_id"], handed_in["regulation_id"]);
    request.decide("director", 2, "endorse").expect(200);
    assert_eq!(request.decide("coordinator", 3, "endorse").expect(200).json()["state"], "approved");

    let anew = Subject::with_chain(&app, "teacher_2", director_alone()).request("teacher_2");
    assert_eq!(keys(&anew.read("teacher_2").expect(200).json()), ["director"]);
    assert_eq!(anew.decide("director", 1, "approve").expect(200).json()["state"], "approved");
}

/// A substitution that ends between two steps leaves the second to the absent one; what was decided in that name stays.
#[test]
fn a_substitution_that_ends_leaves_the_rest_to_the_absent_one() {
    let app = TestApp::start();
    let given = |absent: &str| {
        json!({"organization_id": app.organization("chel_school"), "person_id": app.person(absent),
            "substitute_person_id": app.person("chel_teacher_2"), "starts_on": "2026-03-02", "ends_on": "2026-03-03"})
    };
    let made =
        app.persona("chel_deputy").post("/api/v1/approval-substitutions", given("chel_deputy")).expect(201);
    let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
    request.decide("chel_association_head", 2, "endorse").expect(200);
    let in_the_name =
        json!({"step": 3, "decision": "endorse", "acting_for_person_id": app.person("chel_deputy")});
    request.send("chel_teacher_2", in_the_name.clone()).expect(200);
    request.send_back("chel_director", 4, "2026-03-20").expect(200);
    app.days_pass(2);
    let view = request.read("chel_director").expect(200).json();
    assert_eq!(view["decisions"][2]["acting_for_person_id"], json!(app.person("chel_deputy")));
    app.persona("chel_teacher_2").get(&format!("/api/v1/approval-substitutions/{}", made.id())).expect(200);
    request.send("chel_teacher_2", in_the_name).refused(404, "request.not_found");
}

/// The line of a submission says which version of the subject the round is about.
#[test]
fn a_round_is_about_a_version() {
    let app = TestApp::start();
    let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
    let view = request.read("chel_association_head").expect(200).json();
    assert_eq!(view["decisions"][0]["subject_version"], 1);
}

/// Whoever stands in for a substitute has the substitute's own seat, and not that of the one whom the substitute stands in
/// for; two who are absent at once are two names, and nobody takes two steps in them.
#[test]
fn substitutions_do_not_add_up() {
    let app = TestApp::start();
    let name = |absent: &str, substitute: &str| {
        let given = json!({"organization_id": app.organization("chel_school"), "person_id": app.person(absent),
            "substitute_person_id": app.person(substitute), "starts_on": "2026-03-02", "ends_on": "2026-03-06"});
        app.persona(absent).post("/api/v1/approval-substitutions", given)
    };
    name("chel_director", "chel_deputy").expect(201);
    name("chel_deputy", "chel_teacher_2").expect(201);
    name("chel_director", "chel_association_head").refused(409, "conflict.already_exists");
    let in_the_name = |step: u16, decision: &str, absent: &str| json!({"step": step, "decision": decision, "acting_for_person_id": app.person(absent)});
    let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
    request.decide("chel_association_head", 2, "endorse").expect(200);
    request.send("chel_teacher_2", in_the_name(3, "endorse", "chel_deputy")).expect(200);
    request.send("chel_teacher_2", in_the_name(4, "approve", "chel_director")).refused(403, "not_substitute");
    // The deputy has taken a step by the substitute's hand: neither of them takes that of the director.
    request.send("chel_deputy", in_the_name(4, "approve", "chel_director")).refused(403, "already_took_step");
    assert_eq!(request.decide("chel_director", 4, "approve").expect(200).json()["state"], "approved");
}

/// A substitution that is revoked during the review decides nothing from that moment on.
#[test]
fn a_substitution_revoked_during_the_review_decides_nothing() {
    let app = TestApp::start();
    let given = json!({"organization_id": app.organization("chel_school"), "person_id": app.person("chel_deputy"),
        "substitute_person_id": app.person("chel_teacher_2"), "starts_on": "2026-03-02", "ends_on": "2026-03-06"});
    let made = app.persona("chel_deputy").post("/api/v1/approval-substitutions", given).expect(201);
    let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
    request.decide("chel_association_head", 2, "endorse").expect(200);
    let offered = request.read("chel_teacher_2").expect(200).json();
    assert_eq!(offered["allowed_decisions"][0]["decision"], "endorse");
    let revocation = format!("/api/v1/approval-substitutions/{}/revocation", made.id());
    app.persona("chel_deputy").post_if(&revocation, &made.etag(), json!({})).expect(200);
    let in_the_name =
        json!({"step": 3, "decision": "endorse", "acting_for_person_id": app.person("chel_deputy")});
    request.send("chel_teacher_2", in_the_name).refused(404, "request.not_found");
    assert_eq!(request.decide("chel_deputy", 3, "endorse").expect(200).json()["open_step"], 4);
}
