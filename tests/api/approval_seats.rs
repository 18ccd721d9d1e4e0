//! Who is asked: the directory says it on the day of the decision, whatever the token says.

use rost::regulations::profile::ApprovalSubjectKind;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_approvals::{Request, Subject, codes};
use crate::support::build_directory::{end_employment, only_employment};
use crate::support::world;

const P0: &str = "p0-chelyabinsk-school";
const ROLES: &str = "/api/v1/role-assignments";

fn p0_request<'a>(app: &'a TestApp) -> Request<'a> {
    Subject::new(app, "chel_teacher", P0).request("chel_teacher")
}

/// A request that waits for the deputy.
fn at_deputy<'a>(app: &'a TestApp) -> Request<'a> {
    let request = p0_request(app);
    request.decide("chel_association_head", 2, "endorse").expect(200);
    request
}

/// Gives the role of a person its last day.
fn end_role(app: &TestApp, by: &str, person: &str, role: &str, day: &str) {
    let path = format!("{ROLES}?person_id={}&role={role}", app.person(person));
    let page = app.persona(by).get(&path).expect(200).json();
    let path = format!("{ROLES}/{}", page["items"][0]["id"].as_str().unwrap());
    let etag = app.persona(by).get(&path).expect(200).etag();
    app.persona(by).post_if(&format!("{path}/end"), &etag, json!({"valid_until": day})).expect(200);
}

fn inbox(app: &TestApp, persona: &str) -> Vec<Value> {
    let page = app.persona(persona).get("/api/v1/approvals/inbox").expect(200).json();
    page["items"].as_array().unwrap().iter().map(|item| item["request_id"].clone()).collect()
}

/// The inbox, the number in `/me` and what the request offers say the same: it waits for the persona, or it does not.
#[track_caller]
fn waits(app: &TestApp, request: &Request<'_>, persona: &str) -> bool {
    let listed = inbox(app, persona);
    let counted = app.persona(persona).get("/api/v1/me").expect(200).json()["pending_approvals"].clone();
    assert_eq!(counted, json!(listed.len()), "{persona}");
    let read = request.read(persona);
    let offered = read.status == 200 && read.json()["allowed_decisions"] != json!([]);
    assert_eq!(listed.contains(&json!(request.id)), offered, "{persona}: {}", read.text);
    offered
}

/// A role that was taken away decides nothing from that moment on, although the token still carries it.
#[test]
fn a_role_taken_away_decides_nothing_with_the_old_token() {
    let app = TestApp::start();
    let request = at_deputy(&app);
    assert!(waits(&app, &request, "chel_deputy"));
    end_role(&app, "chel_director", "chel_deputy", "deputy_director", "2026-03-01");
    assert!(!waits(&app, &request, "chel_deputy"));
    request.decide("chel_deputy", 3, "endorse").refused(403, "not_your_step");
    request.send_back("chel_deputy", 3, "2026-03-20").refused(403, "not_your_step");
    assert_eq!(request.read("chel_director").expect(200).json()["open_step"], 3);
}

/// The last day of a role is a day of that role, by the calendar of the region; the next one is not.
#[test]
fn a_role_decides_on_its_last_day_and_not_after_it() {
    let app = TestApp::start();
    let (today, tomorrow) = (at_deputy(&app), at_deputy(&app));
    end_role(&app, "chel_director", "chel_deputy", "deputy_director", "2026-03-02");
    today.decide("chel_deputy", 3, "endorse").expect(200);
    assert!(waits(&app, &tomorrow, "chel_deputy"));
    app.days_pass(1);
    assert!(!waits(&app, &tomorrow, "chel_deputy"));
    tomorrow.decide("chel_deputy", 3, "endorse").refused(403, "not_your_step");
}

/// Whoever is appointed next finds what waits, with the token of before; a seat belongs to a role and not to a person.
#[test]
fn the_successor_finds_what_waits() {
    let app = TestApp::start();
    let request = at_deputy(&app);
    request.read("chel_teacher_2").refused(404, "request.not_found");
    end_role(&app, "chel_director", "chel_deputy", "deputy_director", "2026-03-01");
    let given = json!({"person_id": app.person("chel_teacher_2"), "role": "deputy_director",
        "organization_id": app.organization("chel_school"), "act": {"number": "12-к", "date": "2026-02-27"}});
    app.persona("chel_director").post(ROLES, given).expect(201);
    assert!(waits(&app, &request, "chel_teacher_2"));
    let view = request.decide("chel_teacher_2", 3, "endorse").expect(200).json();
    assert_eq!((&view["open_step"], &view["decisions"][2]["role"]), (&json!(4), &json!("deputy_director")));
    assert_eq!(view["allowed_decisions"], json!([]));
    assert!(!waits(&app, &request, "chel_teacher_2"));
}

/// Whoever heads an association and no longer works at its school decides nothing there.
#[test]
fn a_headship_ends_with_the_last_day_of_work() {
    let app = TestApp::start();
    let request = p0_request(&app);
    let head = app.person("chel_association_head").to_string();
    let work = only_employment(&app.persona("chel_director"), &head);
    end_employment(&app.persona("chel_director"), &work, "2026-03-04").expect(200);
    let heads = "select count(*) from associations where head_person_id = ";
    app.days_pass(2);
    assert!(waits(&app, &request, "chel_association_head"), "the last day is a day of work");
    app.days_pass(1);
    assert_eq!(app.db_text(&format!("{heads}'{head}'")), "1", "the name stays until somebody else is named");
    assert!(!waits(&app, &request, "chel_association_head"));
    request.decide("chel_association_head", 2, "endorse").refused(404, "request.not_found");

    // What is handed in now waits for the next head, and is not passed over.
    let later = p0_request(&app);
    assert_eq!(later.read("chel_director").expect(200).json()["open_step"], 2);
    let association = format!("/api/v1/associations/{}", world::association(2));
    let read = app.persona("chel_director").get(&association).expect(200);
    let mut data = read.json()["data"].clone();
    data["head_person_id"] = json!(app.person("chel_teacher_2"));
    app.persona("chel_director").put(&association, &read.etag(), data).expect(200);
    for request in [&request, &later] {
        assert!(waits(&app, request, "chel_teacher_2"));
        request.decide("chel_teacher_2", 2, "endorse").expect(200);
    }
}

fn roles(view: &Value) -> Vec<&str> {
    let steps = view["steps"].as_array().unwrap();
    steps.iter().map(|step| step["role"].as_str().unwrap_or("learner")).collect()
}

/// A change of a program (2.5, 2.9 of the school's regulation) is agreed by both sides, with the deputy for the school; the deputy who enters it has
/// agreed to it by that, and a change of the deputy's own program goes to the director.
#[test]
fn a_change_of_a_program_is_agreed_with_the_deputy_or_with_the_director() {
    let app = TestApp::start();
    let revision = |learner| {
        let mut subject = Subject::new(&app, learner, P0);
        subject.kind = ApprovalSubjectKind::RouteRevision;
        subject
    };
    let by_teacher = revision("chel_teacher").request("chel_teacher");
    let view = by_teacher.read("chel_teacher").expect(200).json();
    assert_eq!((roles(&view), &view["open_step"]), (vec!["learner", "deputy_director"], &json!(2)));
    assert!(waits(&app, &by_teacher, "chel_deputy"));

    let entered = revision("chel_teacher").request("chel_deputy");
    let view = entered.read("chel_deputy").expect(200).json();
    assert_eq!((&view["open_step"], &view["decisions"][0]["steps_taken"]), (&json!(1), &json!([2])));
    assert!(waits(&app, &entered, "chel_teacher"));

    let own = revision("chel_deputy").request("chel_deputy");
    let view = own.read("chel_deputy").expect(200).json();
    assert_eq!((roles(&view), &view["open_step"]), (vec!["learner", "director"], &json!(2)));
    assert!(!waits(&app, &own, "chel_deputy"));
    assert!(waits(&app, &own, "chel_director"));
}

/// Nobody agrees to a route of his or her own in the name of the region: that of the coordinator goes to the
/// ministry, that of a director to the coordinator.
#[test]
fn the_own_route_of_the_coordinator_goes_to_the_ministry() {
    let app = TestApp::start();
    app.db_execute(&format!(
        "update role_assignments set person_id = '{}' where role = 'regional_coordinator'",
        app.person("teacher"),
    ))
    .unwrap();
    let own = Subject::new(&app, "teacher", "p4-altai-krai").request("teacher");
    let view = own.read("ministry").expect(200).json();
    assert_eq!(roles(&view), ["learner", "director", "ministry_officer"]);
    own.decide("director", 2, "endorse").expect(200);
    assert!(waits(&app, &own, "ministry") && !waits(&app, &own, "teacher"));
    assert_eq!(own.decide("ministry", 3, "endorse").expect(200).json()["state"], "approved");
}

/// Nobody decides on a submission of his own (design §2): those whom the regulation names instead do; where there is
/// nobody, it is refused and not left waiting.
#[test]
fn what_only_its_submitter_could_decide_goes_to_a_stand_in_or_is_not_handed_in() {
    let app = TestApp::start();
    let by_head = Subject::new(&app, "chel_teacher", P0).request("chel_director");
    let view = by_head.read("chel_director").expect(200).json();
    assert_eq!(view["steps"][3]["role"], "ministry_officer");
    by_head.decide("chel_teacher", 1, "consent").expect(200);
    by_head.decide("chel_association_head", 2, "endorse").expect(200);
    by_head.decide("chel_deputy", 3, "endorse").expect(200);
    by_head.decide("chel_director", 4, "approve").refused(403, "not_your_step");
    assert_eq!(by_head.decide("chel_ministry", 4, "approve").expect(200).json()["state"], "approved");

    app.db_execute("delete from role_assignments where role = 'ministry_officer'").unwrap();
    let subject = Subject::new(&app, "chel_teacher", P0);
    let refusal = subject.hand_in("chel_director").unwrap_err();
    assert_eq!(codes(&refusal), ["request.invalid", "only_submitter_could_decide"]);
    assert_eq!(refusal.fields[0].pointer, "/chain/director");
    assert_eq!(refusal.fields[0].paragraph.as_deref(), Some("2.7"));
    // A second director of the school decides.
    app.db_execute(&format!(
        "insert into role_assignments (id, region_id, municipality_id, organization_id, person_id, role, level,
                                       valid_from, created_at, updated_at)
         select '{}', region_id, municipality_id, organization_id, '{}', role, level, valid_from, now(), now()
         from role_assignments where role = 'director' and person_id = '{}'",
        rost::ids::new_id(),
        app.person("chel_teacher_2"),
        app.person("chel_director"),
    ))
    .unwrap();
    subject.request("chel_director");
}
