//! Approvals under contention: real connections, started together.

use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use crate::support::build_approvals::Subject;
use crate::support::{Answer, Client, TestApp};

const P0: &str = "p0-chelyabinsk-school";

/// Sends everything at the same moment, each on a connection of its own.
fn at_once(path: &str, sent: &[(Client, Value)]) -> Vec<Answer> {
    let barrier = Barrier::new(sent.len());
    thread::scope(|scope| {
        let running: Vec<_> = sent
            .iter()
            .map(|(client, body)| {
                scope.spawn(|| {
                    barrier.wait();
                    client.send_json("POST", path, body)
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

#[test]
fn of_two_who_decide_at_once_exactly_one_wins() {
    let app = TestApp::start();
    another_deputy(&app);
    let mut claims = app.claims("chel_teacher_2");
    claims.grants.extend(app.claims("chel_deputy").grants);
    let second = app.with_token(&app.state().identity.keys().sign(&claims).unwrap());
    let first = app.persona("chel_deputy");
    for round in 0..20 {
        let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
        request.decide("chel_association_head", 2, "endorse").expect(200);
        let etag = request.etag();
        let decide = |client: &Client, body: Value| {
            (client.header("if-match", &etag).header("idempotency-key", &key()), body)
        };
        let endorse = json!({"step": 3, "decision": "endorse"});
        let other = if round % 2 == 0 {
            endorse.clone()
        } else {
            json!({"step": 3, "decision": "return", "note": "Нет плана", "due_on": "2026-03-20"})
        };
        let answers = at_once(
            &format!("{}/decisions", request.path()),
            &[decide(&first, endorse), decide(&second, other)],
        );
        assert_eq!(statuses(&answers), [200, 412], "{answers:?}");
        let view = request.read("chel_director").expect(200).json();
        assert_eq!(view["decisions"].as_array().unwrap().len(), 3, "{view}");
        match view["state"].as_str().unwrap() {
            "in_review" => assert_eq!(view["open_step"], 4),
            other => assert_eq!(other, "returned"),
        }
    }
    let doubled = "select count(*) from (select 1 from approval_decisions where step = 3
                                         group by request_id, round having count(*) > 1) as doubled";
    assert_eq!(app.db_text(doubled), "0");
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
        let twins = [(head.clone(), body.clone()), (head.clone(), body.clone())];
        let answers = at_once(&format!("{}/decisions", request.path()), &twins);
        assert!(matches!(statuses(&answers)[..], [200, 200] | [200, 409]), "{answers:?}");
        let again = head.send_json("POST", &format!("{}/decisions", request.path()), &body).expect(200);
        assert_eq!(again.etag(), "\"2\"");
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
