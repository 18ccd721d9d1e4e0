//! Decisions in the name of somebody absent.

use serde_json::{Value, json};

use crate::support::build_approvals::{Request, Subject};
use crate::support::{Answer, TestApp};

const P0: &str = "p0-chelyabinsk-school";
const PATH: &str = "/api/v1/approval-substitutions";

fn given(app: &TestApp, absent: &str, substitute: &str) -> Value {
    json!({"organization_id": app.organization("chel_school"), "person_id": app.person(absent),
        "substitute_person_id": app.person(substitute), "starts_on": "2026-03-02", "ends_on": "2026-03-06"})
}

fn name(app: &TestApp, by: &str, body: Value) -> Answer {
    app.persona(by).post(PATH, body)
}

/// Handed in and agreed by the head of the association: waits for the deputy.
fn at_deputy<'a>(app: &'a TestApp) -> Request<'a> {
    let request = Subject::new(app, "chel_teacher", P0).request("chel_teacher");
    request.decide("chel_association_head", 2, "endorse").expect(200);
    request
}

fn for_deputy(app: &TestApp) -> Value {
    json!({"step": 3, "decision": "endorse", "acting_for_person_id": app.person("chel_deputy")})
}

fn inbox(app: &TestApp, persona: &str, query: &str) -> Vec<Value> {
    let page = app.persona(persona).get(&format!("/api/v1/approvals/inbox{query}")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// Design §5: the substitute finds what waits for the absent one, decides in that name, and everybody sees who acted for
/// whom; the own name is never guessed.
#[test]
fn it_is_seen_who_acted_for_whom() {
    let app = TestApp::start();
    let request = at_deputy(&app);
    request.read("chel_teacher_2").refused(404, "request.not_found");
    request.send("chel_teacher_2", for_deputy(&app)).refused(404, "request.not_found");
    let mut body = given(&app, "chel_deputy", "chel_teacher_2");
    body["act_number"] = json!("31-к");
    body["act_date"] = json!("2026-02-27");
    let made = name(&app, "chel_deputy", body).expect(201);
    assert_eq!((&made.json()["kind"], &made.json()["in_force"]), (&json!("delegation"), &json!(true)));

    let deputy = json!(app.person("chel_deputy"));
    let waiting = inbox(&app, "chel_teacher_2", "");
    assert_eq!(
        (&waiting[0]["request_id"], &waiting[0]["acting_for_person_id"]),
        (&json!(request.id), &deputy)
    );
    assert_eq!(inbox(&app, "chel_teacher_2", "?substituting=false"), Vec::<Value>::new());
    assert_eq!(inbox(&app, "chel_deputy", "")[0].get("acting_for_person_id"), None);
    let me = app.persona("chel_teacher_2").get("/api/v1/me").expect(200).json();
    assert_eq!(
        (&me["approvals"]["waiting"], &me["approvals"]["waiting_as_substitute"]),
        (&json!(1), &json!(1))
    );
    let offered = request.read("chel_teacher_2").expect(200).json()["allowed_decisions"].clone();
    assert_eq!(offered[0], json!({"step": 3, "decision": "endorse", "acting_for_person_id": deputy}));

    request.decide("chel_teacher_2", 3, "endorse").refused(403, "not_your_step");
    let view = request.send("chel_teacher_2", for_deputy(&app)).expect(200).json();
    let line = view["decisions"].as_array().unwrap().last().unwrap();
    assert_eq!((&line["acting_for_person_id"], &line["role"]), (&deputy, &json!("deputy_director")));
    assert_eq!(line["person_id"], json!(app.person("chel_teacher_2")));
    let logged = format!(
        "select changes->'acting_for'->>1 from audit_events where operation = 'decide_approval' and subject_id = '{}'
          order by at desc, id desc limit 1",
        request.id
    );
    assert_eq!(app.db_text(&logged), app.person("chel_deputy").to_string());
    let decided = |persona: &str| {
        let page = app.persona(persona).get("/api/v1/approvals/outbox?of=decided").expect(200).json();
        page["items"].as_array().unwrap().len()
    };
    assert_eq!((decided("chel_teacher_2"), decided("chel_deputy"), decided("chel_teacher")), (1, 1, 0));
}

/// The first day and the last are days of the substitution; the one before and the one after are not.
#[test]
fn a_substitution_has_its_days() {
    let app = TestApp::start();
    let (first, second) = (at_deputy(&app), at_deputy(&app));
    let mut body = given(&app, "chel_deputy", "chel_teacher_2");
    (body["starts_on"], body["ends_on"]) = (json!("2026-03-03"), json!("2026-03-04"));
    name(&app, "chel_director", body).expect(201);
    first.send("chel_teacher_2", for_deputy(&app)).refused(404, "request.not_found");
    app.days_pass(2);
    first.send("chel_teacher_2", for_deputy(&app)).expect(200);
    assert_eq!(inbox(&app, "chel_teacher_2", "").len(), 1);
    app.days_pass(1);
    assert_eq!(inbox(&app, "chel_teacher_2", "").len(), 0);
    second.send("chel_teacher_2", for_deputy(&app)).refused(404, "request.not_found");
    let past = second.send("chel_director", for_deputy(&app)).refused(403, "not_substitute");
    assert_eq!(past.json()["errors"][0]["pointer"], "/acting_for_person_id");
}

/// What is revoked holds no more from that day on; what was decided stays readable.
#[test]
fn a_substitution_ends_early() {
    let app = TestApp::start();
    let request = at_deputy(&app);
    let made = name(&app, "chel_director", given(&app, "chel_deputy", "chel_teacher_2")).expect(201);
    assert_eq!(made.json()["kind"], "substitution");
    let path = format!("{PATH}/{}", made.id());
    let read = app.persona("chel_teacher_2").get(&path).expect(200);
    assert_eq!(read.json()["allowed_actions"], json!([]));
    let revocation = format!("{path}/revocation");
    app.persona("chel_teacher_2")
        .post_if(&revocation, &read.etag(), json!({}))
        .refused(403, "auth.forbidden");
    app.persona("chel_association_head")
        .post_if(&revocation, &read.etag(), json!({}))
        .refused(404, "request.not_found");
    app.persona("director").post_if(&revocation, &read.etag(), json!({})).refused(404, "request.not_found");
    app.persona("chel_deputy")
        .post_if(&revocation, "\"7\"", json!({}))
        .refused(412, "request.precondition_failed");
    app.persona("chel_deputy").post(&revocation, json!({})).refused(428, "request.precondition_required");
    let ended = app.persona("chel_deputy").post_if(&revocation, &made.etag(), json!({})).expect(200);
    assert_eq!(
        (&ended.json()["revoked_on"], &ended.json()["in_force"]),
        (&json!("2026-03-02"), &json!(false))
    );
    app.persona("chel_deputy").post_if(&revocation, &ended.etag(), json!({})).refused(409, "conflict.state");
    request.send("chel_teacher_2", for_deputy(&app)).refused(404, "request.not_found");
    // The days are free again.
    name(&app, "chel_director", given(&app, "chel_deputy", "chel_association_head")).expect(201);
}

/// A substitute has what the absent one has, and no more: a role that ends, ends for both, and nobody passes on what he
/// holds for another.
#[test]
fn a_substitution_gives_no_more_than_the_absent_one_has() {
    let app = TestApp::start();
    let request = at_deputy(&app);
    name(&app, "chel_deputy", given(&app, "chel_deputy", "chel_teacher_2")).expect(201);
    let passed_on = name(&app, "chel_teacher_2", given(&app, "chel_teacher_2", "chel_association_head"));
    passed_on.refused(422, "holds_no_seat");
    app.db_execute(&format!(
        "update role_assignments set valid_until = '2026-03-01' where role = 'deputy_director' and person_id = '{}'",
        app.person("chel_deputy"),
    ))
    .unwrap();
    request.send("chel_teacher_2", for_deputy(&app)).refused(404, "request.not_found");
    assert_eq!(inbox(&app, "chel_teacher_2", ""), Vec::<Value>::new());
}

/// Separation of duties asks both: neither the learner as substitute nor one who has taken a step, whichever name.
#[test]
fn duties_are_kept_apart_in_every_name() {
    let app = TestApp::start();
    let request = at_deputy(&app);
    name(&app, "chel_director", given(&app, "chel_deputy", "chel_teacher")).expect(201);
    request.send("chel_teacher", for_deputy(&app)).refused(403, "own_request");
    assert_eq!(inbox(&app, "chel_teacher", ""), Vec::<Value>::new());
    let mut other = given(&app, "chel_director", "chel_deputy");
    other["role"] = json!("director");
    name(&app, "chel_director", other).expect(201);
    request.decide("chel_deputy", 3, "endorse").expect(200);
    let as_director =
        json!({"step": 4, "decision": "approve", "acting_for_person_id": app.person("chel_director")});
    request.send("chel_deputy", as_director).refused(403, "already_took_step");
    assert_eq!(inbox(&app, "chel_deputy", ""), Vec::<Value>::new());
    // The absent one may still decide.
    assert_eq!(request.decide("chel_director", 4, "approve").expect(200).json()["state"], "approved");
}

/// Who names whom: the absent one, or a superior; nobody names himself, and nobody below names a substitute of a head.
#[test]
fn not_everybody_names_a_substitute() {
    let app = TestApp::start();
    let of_head = || given(&app, "chel_director", "chel_deputy");
    name(&app, "chel_deputy", of_head()).refused(403, "auth.forbidden");
    name(&app, "chel_teacher", given(&app, "chel_deputy", "chel_teacher_2")).refused(403, "auth.forbidden");
    name(&app, "director", given(&app, "chel_deputy", "chel_teacher_2")).expect(422);
    name(&app, "chel_director", given(&app, "chel_deputy", "chel_director"))
        .refused(422, "substitute_oneself");
    name(&app, "chel_ministry", of_head()).expect(201);
    name(&app, "chel_director", of_head()).refused(409, "conflict.already_exists");
    let head = name(&app, "chel_association_head", given(&app, "chel_association_head", "chel_teacher_2"));
    let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
    let for_head = json!({"step": 2, "decision": "endorse", "acting_for_person_id": app.person("chel_association_head")});
    assert_eq!(head.expect(201).json()["kind"], "delegation");
    assert_eq!(request.send("chel_teacher_2", for_head).expect(200).json()["open_step"], 3);
}

/// Everything that is wrong is said at once.
#[test]
fn a_substitution_is_judged_as_a_whole() {
    let app = TestApp::start();
    let mut body = given(&app, "chel_teacher", "provider");
    body["substitute_person_id"] = json!(app.person("chel_provider"));
    (body["starts_on"], body["ends_on"]) = (json!("2026-03-01"), json!("2026-02-01"));
    let refused = name(&app, "chel_director", body).expect(422);
    let codes = refused.codes();
    for code in ["date_in_past", "ends_before_start", "holds_no_seat"] {
        assert!(codes.contains(&code.to_owned()), "{codes:?}");
    }
    let with = |field: &str, value: Value| {
        let mut body = given(&app, "chel_deputy", "chel_teacher_2");
        body[field] = value;
        name(&app, "chel_director", body)
    };
    with("ends_on", json!("2027-03-04")).refused(422, "longer_than_a_year");
    with("role", json!("auditor")).refused(422, "role_without_seat");
    with("role", json!("director")).refused(422, "holds_no_seat");
    with("act_number", json!("1")).refused(422, "incomplete");
    with("person_id", json!(rost::ids::new_id())).refused(422, "unknown");
    with("person_id", json!(app.person("deputy"))).refused(422, "unknown");
    with("substitute_person_id", json!(app.person("teacher"))).refused(422, "unknown");
    with("organization_id", json!(app.organization("school_1"))).refused(422, "unknown");
    with("starts_on", json!("2026-3-2")).refused(422, "invalid_date");
    with("note", json!(" ")).refused(422, "blank");
}

/// Each sees what concerns him: the absent one, the substitute, those above; others see nothing.
#[test]
fn the_list_holds_what_concerns_the_caller() {
    let app = TestApp::start();
    name(&app, "chel_director", given(&app, "chel_deputy", "chel_teacher_2")).expect(201);
    let mut later = given(&app, "chel_deputy", "chel_association_head");
    (later["starts_on"], later["ends_on"]) = (json!("2026-04-01"), json!("2026-04-10"));
    let later = name(&app, "chel_director", later).expect(201).id();
    let listed = |persona: &str, query: &str| {
        let page = app.persona(persona).get(&format!("{PATH}{query}")).expect(200).json();
        page["items"].as_array().unwrap().len()
    };
    for (persona, count) in [
        ("chel_deputy", 2),
        ("chel_teacher_2", 1),
        ("chel_association_head", 1),
        ("chel_director", 2),
        ("chel_ministry", 2),
        ("chel_teacher", 0),
        ("director", 0),
        ("auditor", 0),
    ] {
        assert_eq!(listed(persona, ""), count, "{persona}");
    }
    assert_eq!(listed("chel_director", "?on=2026-04-01"), 1);
    assert_eq!(
        listed("chel_director", &format!("?substitute_person_id={}", app.person("chel_teacher_2"))),
        1
    );
    assert_eq!(listed("chel_director", &format!("?person_id={}", app.person("chel_teacher_2"))), 0);
    let first = app.persona("chel_director").get(&format!("{PATH}?limit=1")).expect(200).json();
    assert_eq!(first["items"][0]["id"], json!(later));
    let cursor = first["next_cursor"].as_str().unwrap();
    assert_eq!(listed("chel_director", &format!("?limit=1&cursor={cursor}")), 1);
    app.persona("chel_teacher").get(&format!("{PATH}/{later}")).refused(404, "request.not_found");
    app.persona("chel_association_head").get(&format!("{PATH}/{later}")).expect(200);
}
