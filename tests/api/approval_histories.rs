//! Random histories of requests: what is stored, what is offered and what is taken always agree.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_approvals::{Request, Subject};

const PEOPLE: [&str; 4] = ["chel_teacher", "chel_association_head", "chel_deputy", "chel_director"];
const DECISIONS: [&str; 7] = ["endorse", "approve", "consent", "acknowledge", "opinion", "return", "reject"];

fn waits_for(app: &TestApp, persona: &str, request: &Request<'_>) -> bool {
    let page = app.persona(persona).get("/api/v1/approvals/inbox").expect(200).json();
    page["items"].as_array().unwrap().iter().any(|item| item["request_id"] == json!(request.id))
}

fn body(step: &Value, decision: &Value) -> Value {
    let mut body = json!({"step": step, "decision": decision});
    if ["return", "reject", "opinion"].contains(&decision.as_str().unwrap()) {
        body["note"] = json!("Нет плана");
    }
    if decision == "return" {
        body["due_on"] = json!("2026-03-20");
    }
    body
}

/// Before a decision is taken the service folds the history and compares: a difference would be a 500. What the
/// caller was offered is taken, what he was not offered is refused, and the inbox knows both.
#[test]
fn offers_decisions_and_the_inbox_agree_in_every_state() {
    let app = TestApp::start();
    let mut random = StdRng::seed_from_u64(17);
    for _ in 0..8 {
        let subject = Subject::new(&app, "chel_teacher", "p0-chelyabinsk-school");
        let request = subject.request("chel_teacher");
        for _ in 0..10 {
            let persona = PEOPLE[random.random_range(0..PEOPLE.len())];
            let view = request.read(persona).expect(200).json();
            let offered = view["allowed_decisions"].as_array().unwrap().clone();
            let positive = |offer: &&Value| offer["decision"] != "return" && offer["decision"] != "reject";
            assert_eq!(
                waits_for(&app, persona, &request),
                offered.iter().any(|o| positive(&o)),
                "{persona}: {view}"
            );
            let decisions = view["decisions"].as_array().unwrap().len();
            assert_eq!(request.etag(), format!("\"{decisions}\""));

            let step = json!(random.random_range(1..=5));
            let decision = json!(DECISIONS[random.random_range(0..DECISIONS.len())]);
            let wild = json!({"step": step, "decision": decision});
            let answer = request.send(persona, body(&step, &decision));
            let expected = offered.contains(&wild);
            assert_eq!(answer.status == 200, expected, "{persona} {wild}: {}", answer.text);
            assert!(answer.status < 500, "{}", answer.text);
            if !expected && !offered.is_empty() && view["state"] == "in_review" {
                // Rejections end a request too soon for a long history.
                let kept: Vec<&Value> =
                    offered.iter().filter(|offer| offer["decision"] != "reject").collect();
                let offer = kept[random.random_range(0..kept.len())];
                request.send(persona, body(&offer["step"], &offer["decision"])).expect(200);
            }
            if request.read(persona).json()["state"] == "returned" {
                assert!(!waits_for(&app, persona, &request));
                subject.hand_in("chel_teacher").unwrap();
            }
        }
    }
    let broken = "select count(*) from approval_requests r
                   where (r.state = 'in_review') <> exists (select from approval_open_steps o
                                                             where o.request_id = r.id and o.position = r.step)
                      or r.version <> (select count(*) from approval_decisions d where d.request_id = r.id)";
    assert_eq!(app.db_text(broken), "0");
}
