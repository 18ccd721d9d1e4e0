//! The inbox with its filters, the outbox, the numbers of `/me`, and many decisions at once.

use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use crate::support::build_approvals::{Request, Subject};
use crate::support::{Answer, TestApp};

const P0: &str = "p0-chelyabinsk-school";
const DECISIONS: &str = "/api/v1/approvals/decisions";

fn requests<'a>(app: &'a TestApp, count: usize) -> Vec<Request<'a>> {
    (0..count).map(|_| Subject::new(app, "chel_teacher", P0).request("chel_teacher")).collect()
}

fn items(app: &TestApp, persona: &str, path: &str) -> Vec<Value> {
    let page = app.persona(persona).get(&format!("/api/v1/approvals/{path}")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

fn endorse(request: &Request<'_>) -> Value {
    about(&request.id, 2, "endorse")
}

fn about(request: &str, step: u16, decision: &str) -> Value {
    json!({"request_id": request, "version": 1, "decision": {"step": step, "decision": decision}})
}

fn statuses(answer: &Answer) -> Vec<u64> {
    let items = answer.json()["items"].clone();
    items.as_array().unwrap().iter().map(|item| item["status"].as_u64().unwrap()).collect()
}

/// Each filter leaves what it names, and the numbers of `/me` are the lengths of the lists.
#[test]
fn the_inbox_is_filtered_and_counted() {
    let app = TestApp::start();
    let late = Subject::with_chain(
        &app,
        "teacher",
        json!([{"key": "director", "kind": "approve", "actor": {"relation": "own_school", "role": "director"},
                "may_return": true, "act_required": true,
                "deadline": {"days": 1, "day_kind": "calendar", "at_deadline": "nothing"}}]),
    );
    let request = late.request("teacher");
    let other = Subject::with_chain(
        &app,
        "teacher_2",
        json!([{"key": "director", "kind": "endorse", "actor": {"relation": "own_school", "role": "director"},
                "may_return": true, "decision_text_required": true}]),
    );
    let second = other.request("teacher_2");
    second.send_back("director", 1, "2026-03-02").expect(200);
    app.days_pass(3);
    let count = |query: &str| items(&app, "director", &format!("inbox{query}")).len();
    let me = |persona: &str| app.persona(persona).get("/api/v1/me").expect(200).json()["approvals"].clone();
    assert_eq!(
        me("teacher_2"),
        json!({"waiting": 0, "waiting_overdue": 0, "waiting_as_substitute": 0,
        "returned": 1, "returned_overdue": 1, "in_review": 0})
    );
    other.request("teacher_2");
    assert_eq!(me("teacher_2")["in_review"], 1);
    assert_eq!(me("director")["waiting"], json!(count("")));
    assert_eq!(me("director")["waiting_overdue"], json!(count("?overdue=true")));
    for (query, expected) in [
        ("", 2),
        ("?kind=approve", 1),
        ("?kind=discuss", 0),
        ("?overdue=true", 1),
        ("?overdue=false", 1),
        ("?round_from=2", 1),
        ("?substituting=true", 0),
        ("?due_before=2026-03-04", 1),
        ("?subject_kind=plan", 0),
    ] {
        assert_eq!(count(query), expected, "{query}");
    }
    assert_eq!(count(&format!("?person_id={}", app.person("teacher"))), 1);
    assert_eq!(count(&format!("?organization_id={}", app.organization("school_2"))), 0);
    let first = items(&app, "director", "inbox?kind=approve")[0].clone();
    assert_eq!(
        (&first["act_required"], &first["version"], &first["overdue"]),
        (&json!(true), &json!(1), &json!(true))
    );
    assert_eq!(first["request_id"], json!(request.id));
    let second = items(&app, "director", "inbox?kind=endorse")[0].clone();
    assert_eq!((&second["note_required"], &second["round"]), (&json!(true), &json!(2)));
    app.persona("director").get("/api/v1/approvals/inbox?round_from=1").refused(422, "range");
}

/// What I handed in, what is about me, what I decided; newest first, in pages.
#[test]
fn the_outbox_holds_my_own() {
    let app = TestApp::start();
    let request = Subject::new(&app, "chel_teacher", P0).request("chel_deputy");
    let own = requests(&app, 2);
    let ids = |persona: &str, query: &str| -> Vec<Value> {
        items(&app, persona, &format!("outbox{query}")).into_iter().map(|item| item["id"].clone()).collect()
    };
    let newest_first = vec![json!(own[1].id), json!(own[0].id)];
    assert_eq!(ids("chel_teacher", ""), newest_first);
    assert_eq!(ids("chel_teacher", "?of=about_me").len(), 3);
    assert_eq!(ids("chel_deputy", "?of=submitted"), [json!(request.id)]);
    assert_eq!(ids("chel_deputy", "?of=decided"), Vec::<Value>::new());
    own[0].decide("chel_association_head", 2, "endorse").expect(200);
    own[1].send_back("chel_association_head", 2, "2026-03-03").expect(200);
    assert_eq!(ids("chel_association_head", "?of=decided"), newest_first);
    assert_eq!(ids("chel_teacher", "?state=returned"), [json!(own[1].id)]);
    assert_eq!(ids("chel_teacher", "?overdue=true"), Vec::<Value>::new());
    app.days_pass(2);
    assert_eq!(ids("chel_teacher", "?overdue=true"), [json!(own[1].id)]);
    assert_eq!(ids("chel_teacher", "?overdue=false"), [json!(own[0].id)]);
    assert_eq!(ids("chel_teacher", "?subject_kind=plan"), Vec::<Value>::new());
    let first = app.persona("chel_teacher").get("/api/v1/approvals/outbox?limit=1").expect(200).json();
    let cursor = first["next_cursor"].as_str().unwrap();
    assert_eq!(ids("chel_teacher", &format!("?limit=1&cursor={cursor}")), [json!(own[0].id)]);
    app.persona("auditor").get("/api/v1/approvals/outbox").refused(403, "auth.forbidden");
}

/// Design §5: many at once, each taken or refused alone; a repeat answers the same and does nothing twice.
#[test]
fn one_refused_decision_harms_no_other() {
    let app = TestApp::start();
    let made = requests(&app, 4);
    let mut sent: Vec<Value> = made.iter().map(endorse).collect();
    sent[1]["version"] = json!(7);
    sent[2] = about(&made[2].id, 4, "approve");
    sent.push(about(&rost::ids::new_id().to_string(), 2, "endorse"));
    let body = json!({"items": sent});
    let head = app.persona("chel_association_head").header("idempotency-key", "many-decisions-1");
    let answer = head.send_json("POST", DECISIONS, &body).expect(200);
    assert_eq!(statuses(&answer), [200, 412, 409, 200, 404]);
    let view = answer.json();
    assert_eq!((&view["decided"], &view["refused"]), (&json!(2), &json!(3)));
    let first =
        json!({"request_id": made[0].id, "status": 200, "version": 2, "state": "in_review", "open_step": 3});
    assert_eq!(view["items"][0], first);
    let problem = &view["items"][2]["problem"];
    assert_eq!(problem["errors"][0]["pointer"], "/items/2/decision/step");
    assert_eq!(view["items"][4]["problem"]["code"], "request.not_found");

    // The deputy goes on; the repeat of the first call still answers what was done, and tries the rest.
    made[0].decide("chel_deputy", 3, "endorse").expect(200);
    let again = head.send_json("POST", DECISIONS, &body).expect(200);
    assert_eq!((statuses(&again), &again.json()["items"][0]), (vec![200, 412, 409, 200, 404], &first));
    assert_eq!(app.db_text("select count(*) from approval_decisions where decision = 'endorse'"), "3");
    let audited = "select count(*) from audit_events where operation = 'decide_approvals'";
    assert_eq!(app.db_text(audited), "2");
    let mut changed = body.clone();
    changed["items"][0]["decision"]["note"] = json!("Другое");
    let reused = head.send_json("POST", DECISIONS, &changed).expect(200).json();
    assert_eq!(reused["items"][0]["problem"]["code"], "request.idempotency_key_reused");
}

#[test]
fn a_batch_is_judged_as_a_whole_before_anything_is_done() {
    let app = TestApp::start();
    let made = requests(&app, 1);
    let head = app.persona("chel_association_head");
    let twice = json!({"items": [endorse(&made[0]), endorse(&made[0])]});
    let refused = head.post(DECISIONS, twice).refused(422, "duplicate");
    assert_eq!(refused.json()["errors"][0]["pointer"], "/items/1/request_id");
    head.post(DECISIONS, json!({"items": []})).expect(422);
    let many: Vec<Value> = (0..101).map(|_| about(&rost::ids::new_id().to_string(), 1, "approve")).collect();
    head.post(DECISIONS, json!({"items": many})).expect(422);
    head.post(DECISIONS, json!({"items": [{"request_id": made[0].id}]})).expect(422);
    let body = json!({"items": [endorse(&made[0])]});
    head.send_json("POST", DECISIONS, &body).refused(400, "request.idempotency_key_required");
    app.persona("auditor").post(DECISIONS, body.clone()).refused(403, "auth.forbidden");
    assert_eq!(app.db_text("select count(*) from approval_decisions"), "1");
    assert_eq!(statuses(&head.post(DECISIONS, body).expect(200)), [200]);
}

/// Whose request it is not is told nothing of it among many either, and what is his is decided all the same; a body of
/// a thousand is refused as a whole.
#[test]
fn nobody_decides_among_many_what_is_not_his() {
    let app = TestApp::start();
    let own = requests(&app, 1);
    let foreign = Subject::new(&app, "teacher", "p4-altai-krai").request("teacher");
    let body = json!({"items": [about(&foreign.id, 2, "endorse"), endorse(&own[0])]});
    let answer = app.persona("chel_association_head").post(DECISIONS, body).expect(200);
    assert_eq!(statuses(&answer), [404, 200]);
    assert_eq!(answer.json()["items"][0]["problem"]["code"], "request.not_found");
    let twice = json!({"items": [about(&own[0].id, 3, "endorse"), about(&own[0].id, 4, "approve")]});
    app.persona("chel_deputy").post(DECISIONS, twice).refused(422, "duplicate");
    let many: Vec<Value> = (0..1001).map(|_| endorse(&own[0])).collect();
    app.persona("chel_deputy").post(DECISIONS, json!({"items": many})).expect(422);
    let flat = json!({"items": [{"request_id": own[0].id, "version": 2, "step": 3, "decision": "endorse"}]});
    app.persona("chel_deputy").post(DECISIONS, flat).expect(422);
    assert_eq!(app.db_text("select count(*) from approval_decisions"), "3");
}

/// Two calls at once decide each request once.
#[test]
fn two_batches_at_once_have_one_effect() {
    let app = TestApp::start();
    for _ in 0..10 {
        let (made, apart) = (requests(&app, 3), requests(&app, 2));
        let barrier = Barrier::new(2);
        let send = |own: &Request<'_>| {
            // Beside what both want to decide, each decides something of its own.
            let items: Vec<Value> = made.iter().chain([own]).map(endorse).collect();
            let key = rost::ids::new_id().to_string();
            let client = app.persona("chel_association_head").header("idempotency-key", &key);
            barrier.wait();
            client.send_json("POST", DECISIONS, &json!({"items": items})).expect(200)
        };
        let answers: Vec<Answer> = thread::scope(|scope| {
            let running = apart.iter().map(|own| scope.spawn(|| send(own))).collect::<Vec<_>>();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        for place in 0..3 {
            let mut pair: Vec<u64> = answers.iter().map(|answer| statuses(answer)[place]).collect();
            pair.sort_unstable();
            assert_eq!(pair, [200, 412]);
        }
    }
    let doubled = "select count(*) from (select 1 from approval_decisions where step = 2
                                         group by request_id, round having count(*) > 1) as doubled";
    assert_eq!(app.db_text(doubled), "0");
}
