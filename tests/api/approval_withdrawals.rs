//! Requests that nobody can bring to an end any more are set free.

use serde_json::{Value, json};

use crate::support::build_approvals::{Request, Subject};
use crate::support::build_directory::{end_employment, only_employment};
use crate::support::build_revisions::RevisionUnderTest;
use crate::support::build_routes::RouteUnderTest;
use crate::support::{Answer, TestApp};

const P0: &str = "p0-chelyabinsk-school";

fn withdraw(app: &TestApp, request: &Request<'_>, persona: &str, body: Value) -> Answer {
    app.persona(persona).post_if(&format!("{}/withdrawal", request.path()), &request.etag(), body)
}

fn because(reason: &str) -> Value {
    json!({ "reason": reason })
}

fn offers_withdrawal(request: &Request<'_>, persona: &str) -> bool {
    let view = request.read(persona).expect(200).json();
    view["allowed_actions"].as_array().unwrap().contains(&json!("withdraw_approval"))
}

/// The deputy hands in for the teacher, has to mend it, and leaves: nobody could hand it in again. The director takes it
/// back with a reason, everybody sees who and why, and the teacher hands it in anew.
#[test]
fn what_somebody_handed_in_who_has_left_is_set_free() {
    let app = TestApp::start();
    let subject = Subject::new(&app, "chel_teacher", P0);
    let request = subject.request("chel_deputy");
    request.decide("chel_teacher", 1, "consent").expect(200);
    request.send_back("chel_association_head", 2, "2026-03-20").expect(200);
    let work = only_employment(&app.persona("chel_director"), &app.person("chel_deputy").to_string());
    end_employment(&app.persona("chel_director"), &work, "2026-03-04").expect(200);
    app.days_pass(4);
    assert!(subject.hand_in("chel_teacher").is_err());

    assert!(offers_withdrawal(&request, "chel_director") && !offers_withdrawal(&request, "chel_teacher"));
    withdraw(&app, &request, "chel_teacher", because("Хочу заново")).refused(403, "not_submitter");
    withdraw(&app, &request, "director", because("Чужая школа")).refused(404, "request.not_found");
    let silent = withdraw(&app, &request, "chel_director", json!({})).refused(422, "reason_required");
    assert_eq!(silent.json()["errors"][0]["pointer"], "/reason");
    withdraw(&app, &request, "chel_director", because(" ")).expect(422);
    let path = format!("{}/withdrawal", request.path());
    let director = app.persona("chel_director");
    director.post_if(&path, "\"1\"", because("Ушла")).refused(412, "request.precondition_failed");
    director.post(&path, because("Ушла")).refused(428, "request.precondition_required");

    let gone = withdraw(&app, &request, "chel_director", because("Заместитель уволилась")).expect(200).json();
    assert_eq!((&gone["state"], &gone["allowed_actions"]), (&json!("withdrawn"), &json!([])));
    let line = gone["decisions"].as_array().unwrap().last().unwrap();
    assert_eq!((&line["decision"], &line["note"]), (&json!("withdraw"), &json!("Заместитель уволилась")));
    assert_eq!(
        (&line["person_id"], &line["role"]),
        (&json!(app.person("chel_director")), &json!("director"))
    );
    let logged = format!(
        "select count(*) from audit_events where operation = 'withdraw_approval' and subject_id = '{}' and person_id = '{}'",
        request.id,
        app.person("chel_director")
    );
    assert_eq!(app.db_text(&logged), "1");
    assert_eq!(app.db_text(&format!("select state from routes where id = '{}'", subject.id)), "draft");
    withdraw(&app, &request, "chel_director", because("Ещё раз")).refused(409, "already_final");
    assert_ne!(subject.request("chel_teacher").id, request.id);
}

/// One and the same person heads the association and is the deputy: the second of these steps has nobody. The ministry sets
/// the route free; those who only decide on it do not.
#[test]
fn what_nobody_can_decide_is_set_free() {
    let app = TestApp::start();
    app.db_execute(&format!(
        "update role_assignments set person_id = '{}' where role = 'deputy_director' and person_id = '{}'",
        app.person("chel_association_head"),
        app.person("chel_deputy"),
    ))
    .unwrap();
    let subject = Subject::new(&app, "chel_teacher", P0);
    let request = subject.request("chel_teacher");
    request.decide("chel_association_head", 2, "endorse").expect(200);
    request.decide("chel_association_head", 3, "endorse").refused(403, "already_took_step");
    withdraw(&app, &request, "chel_association_head", because("Некому решить")).expect(403);
    assert!(offers_withdrawal(&request, "chel_ministry"));
    let freed = withdraw(&app, &request, "chel_ministry", because("Некому решить")).expect(200).json();
    assert_eq!(freed["state"], "withdrawn");
}

/// The submitter needs no reason and may give one.
#[test]
fn the_submitter_says_why_if_he_likes() {
    let app = TestApp::start();
    let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
    let gone = withdraw(&app, &request, "chel_teacher", because("Добавлю курс")).expect(200).json();
    assert_eq!(gone["decisions"][1]["note"], "Добавлю курс");
    let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
    let gone = withdraw(&app, &request, "chel_teacher", json!({})).expect(200).json();
    assert_eq!(gone["decisions"][1].get("note"), None);
}

/// A change of a route that was sent back is set free as well: it is a draft again, and is handed in anew.
#[test]
fn a_change_in_rework_is_set_free() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.approve_p0();
    let revision = RevisionUnderTest::retitle(&app, &route, "chel_teacher", "Чтение вдвоём");
    revision.submit("chel_teacher").expect(200);
    let back = json!({"note": "Уточните тему", "due_on": "2026-03-20"});
    revision.decide_with("chel_deputy", "return", back).expect(200);
    let request = revision.request("chel_director");
    let path = format!("/api/v1/approval-requests/{}/withdrawal", request.id());
    let director = app.persona("chel_director");
    director.post_if(&path, &request.etag(), because("Тема снята")).expect(200);
    assert_eq!(revision.state(), "draft");
    revision.submit("chel_teacher").expect(200);
    revision.decide("chel_deputy", "endorse").expect(200);
    assert_eq!(revision.state(), "applied");
}
