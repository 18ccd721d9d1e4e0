//! Who is asked: the directory says it on the day of the decision, whatever the token says.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_approvals::{Request, Subject};
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
