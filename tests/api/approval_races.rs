//! Approvals under contention: real connections, started together. Of two who act on one version of a request exactly
//! one has an effect, and the other is told that it is too late.

use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use crate::support::build_approvals::{Request, Subject};
use crate::support::{Answer, Client, TestApp};

const P0: &str = "p0-chelyabinsk-school";
const ROUNDS: usize = 100;

/// What somebody sends.
struct Sent {
    client: Client,
    path: String,
    body: Value,
}

/// Sends everything at the same moment, each on a connection of its own.
fn at_once(sent: &[Sent]) -> Vec<Answer> {
    let barrier = Barrier::new(sent.len());
    thread::scope(|scope| {
        let running: Vec<_> = sent
            .iter()
            .map(|sent| {
                scope.spawn(|| {
                    barrier.wait();
                    sent.client.send_json("POST", &sent.path, &sent.body)
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    statuses
}

/// A second deputy, so that two may decide at the same step.
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

fn key() -> String {
    rost::ids::new_id().to_string()
}

fn at_deputy<'a>(app: &'a TestApp) -> Request<'a> {
    let request = Subject::new(app, "chel_teacher", P0).request("chel_teacher");
    request.decide("chel_association_head", 2, "endorse").expect(200);
    request
}

fn at_director<'a>(app: &'a TestApp) -> Request<'a> {
    let request = at_deputy(app);
    request.decide("chel_deputy", 3, "endorse").expect(200);
    request
}

/// Something about the request as it is now, by that client.
fn about(request: &Request<'_>, client: &Client, operation: &str, body: Value) -> Sent {
    let client = client.header("if-match", &request.etag()).header("idempotency-key", &key());
    Sent { client, path: format!("{}/{operation}", request.path()), body }
}

/// Both act on the same version: one of them is too late, and the history has one line more.
#[track_caller]
fn one_of_two(app: &TestApp, request: &Request<'_>, pair: &[Sent; 2]) {
    let lines = || {
        let sql = format!("select count(*) from approval_decisions where request_id = '{}'", request.id);
        app.db_text(&sql).parse::<usize>().unwrap()
    };
    let before = lines();
    let answers = at_once(pair);
    assert_eq!(statuses(&answers), [200, 412], "{answers:?}");
    assert_eq!(lines(), before + 1);
}

#[track_caller]
fn nothing_is_doubled(app: &TestApp) {
    let doubled = "select count(*) from (select 1 from approval_decisions where step is not null
                                          and decision in ('endorse', 'approve', 'consent', 'acknowledge')
                                         group by request_id, round, step having count(*) > 1) as doubled";
    assert_eq!(app.db_text(doubled), "0");
}

/// Design §5: a hundred times two deputies at the same step, the one for it, the other for it or against it.
#[test]
fn of_two_who_decide_at_once_exactly_one_wins() {
    let app = TestApp::start();
    another_deputy(&app);
    let mut claims = app.claims("chel_teacher_2");
    claims.grants.extend(app.claims("chel_deputy").grants);
    let second = app.with_token(&app.state().identity.keys().sign(&claims).unwrap());
    let first = app.persona("chel_deputy");
    let endorse = || json!({"step": 3, "decision": "endorse"});
    let back = || json!({"step": 3, "decision": "return", "note": "Нет плана", "due_on": "2026-03-20"});
    for round in 0..ROUNDS {
        let request = at_deputy(&app);
        let other = if round % 2 == 0 { endorse() } else { back() };
        let pair =
            [about(&request, &first, "decisions", endorse()), about(&request, &second, "decisions", other)];
        one_of_two(&app, &request, &pair);
        let view = request.read("chel_director").expect(200).json();
        match view["state"].as_str().unwrap() {
            "in_review" => assert_eq!(view["open_step"], 4),
            other => assert_eq!(other, "returned"),
        }
    }
    nothing_is_doubled(&app);
}

/// The absent one and whoever stands in for him are one seat.
#[test]
fn of_the_absent_one_and_the_substitute_one_decides() {
    let app = TestApp::start();
    let substitution = json!({"organization_id": app.organization("chel_school"), "person_id": app.person("chel_deputy"),
        "substitute_person_id": app.person("chel_teacher_2"), "starts_on": "2026-03-02", "ends_on": "2026-03-06"});
    app.persona("chel_deputy").post("/api/v1/approval-substitutions", substitution).expect(201);
    let (holder, substitute) = (app.persona("chel_deputy"), app.persona("chel_teacher_2"));
    for _ in 0..ROUNDS {
        let request = at_deputy(&app);
        let endorse = json!({"step": 3, "decision": "endorse"});
        let mut in_the_name = endorse.clone();
        in_the_name["acting_for_person_id"] = json!(app.person("chel_deputy"));
        let pair = [
            about(&request, &holder, "decisions", endorse),
            about(&request, &substitute, "decisions", in_the_name),
        ];
        one_of_two(&app, &request, &pair);
    }
    nothing_is_doubled(&app);
}

/// The submitter takes back what the director is approving, or the director asks somebody first: one of the two.
#[test]
fn an_approval_meets_a_withdrawal_or_another_step() {
    let app = TestApp::start();
    let (director, teacher) = (app.persona("chel_director"), app.persona("chel_teacher"));
    for round in 0..ROUNDS {
        let request = at_director(&app);
        let approve = about(&request, &director, "decisions", json!({"step": 4, "decision": "approve"}));
        let other = if round % 2 == 0 {
            about(&request, &teacher, "withdrawal", json!({}))
        } else {
            let new = json!({"before": 4, "kind": "discuss", "role": "deputy_director", "reason": "Спросим",
                "organization_id": app.organization("chel_school")});
            about(&request, &director, "steps", new)
        };
        one_of_two(&app, &request, &[approve, other]);
    }
    nothing_is_doubled(&app);
}

/// Somebody agrees at a step that was put in, while whoever put it in takes it out again.
#[test]
fn a_decision_meets_the_removal_of_its_step() {
    let app = TestApp::start();
    another_deputy(&app);
    let (director, second) = (app.persona("chel_director"), app.persona("chel_teacher_2"));
    for _ in 0..20 {
        let request = at_director(&app);
        let new = json!({"before": 4, "kind": "endorse", "role": "deputy_director", "reason": "Спросим",
            "organization_id": app.organization("chel_school")});
        director.post_if(&format!("{}/steps", request.path()), &request.etag(), new).expect(200);
        let endorse = about(&request, &second, "decisions", json!({"step": 5, "decision": "endorse"}));
        let removal = json!({"step": 5, "reason": "Решу без него"});
        let remove = about(&request, &director, "step-removals", removal);
        one_of_two(&app, &request, &[endorse, remove]);
        assert_eq!(request.decide("chel_director", 4, "approve").expect(200).json()["state"], "approved");
    }
    nothing_is_doubled(&app);
}

/// A single decision and one among many meet in the same way.
#[test]
fn a_single_decision_meets_one_among_many() {
    let app = TestApp::start();
    let head = app.persona("chel_association_head");
    for _ in 0..ROUNDS {
        let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
        let single = about(&request, &head, "decisions", json!({"step": 2, "decision": "endorse"}));
        let apart = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
        let item = |id: &str| json!({"request_id": id, "version": 1, "decision": {"step": 2, "decision": "endorse"}});
        let many = Sent {
            client: app.persona("chel_association_head").header("idempotency-key", &key()),
            path: "/api/v1/approvals/decisions".to_owned(),
            body: json!({"items": [item(&request.id), item(&apart.id)]}),
        };
        let answers = at_once(&[single, many]);
        let among = answers[1].json()["items"][0]["status"].clone();
        let pair = (answers[0].status, among.as_u64().unwrap());
        assert!([(200, 412), (412, 200)].contains(&pair), "{answers:?}");
    }
    nothing_is_doubled(&app);
}

#[test]
fn the_same_key_twice_at_once_has_one_effect() {
    let app = TestApp::start();
    for _ in 0..20 {
        let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
        let head = app
            .persona("chel_association_head")
            .header("if-match", "\"1\"")
            .header("idempotency-key", &key());
        let body = json!({"step": 2, "decision": "endorse"});
        let path = format!("{}/decisions", request.path());
        let twin = || Sent { client: head.clone(), path: path.clone(), body: body.clone() };
        let answers = at_once(&[twin(), twin()]);
        assert!(matches!(statuses(&answers)[..], [200, 200] | [200, 409]), "{answers:?}");
        let again = head.send_json("POST", &path, &body).expect(200);
        assert!(again.etag().starts_with("\"2."), "{}", again.etag());
        let view = request.read("chel_teacher").expect(200).json();
        assert_eq!((&view["open_step"], view["decisions"].as_array().unwrap().len()), (&json!(3), 2));
    }
}

/// P0-43: of two hands-in at the same time one begins the round.
#[test]
fn a_subject_has_one_open_request() {
    let app = TestApp::start();
    for _ in 0..5 {
        let subject = Subject::new(&app, "chel_teacher", P0);
        let barrier = Barrier::new(2);
        let handed: Vec<bool> = thread::scope(|scope| {
            let hand_in = || {
                barrier.wait();
                subject.hand_in("chel_teacher").is_ok()
            };
            let running = [scope.spawn(hand_in), scope.spawn(hand_in)];
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(handed.iter().filter(|handed| **handed).count(), 1);
    }
    assert_eq!(app.db_text("select count(*) from approval_requests"), "5");
}
