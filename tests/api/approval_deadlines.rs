//! Deadlines of steps: what they bring about, once, by the clock of the region.

use std::sync::Barrier;
use std::thread;

use chrono::Duration;
use rost::sweep::{Swept, sweep};
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::app::on_runtime;
use crate::support::build_approvals::{Request, Subject};

fn swept(app: &TestApp) -> Swept {
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        sweep(&db, app.now()).await.unwrap()
    })
}

fn deadline(days: u16, day_kind: &str, at_deadline: &str) -> Value {
    json!({"days": days, "day_kind": day_kind, "at_deadline": at_deadline})
}

/// The deputy agrees in time, or what the deadline says happens; then the director approves.
fn chain(deadline: Value) -> Value {
    json!([
        {"key": "deputy", "kind": "endorse", "actor": {"relation": "own_school", "role": "deputy_director"},
         "may_return": true, "deadline": deadline},
        {"key": "director", "kind": "approve", "actor": {"relation": "own_school", "role": "director"}}
    ])
}

fn request<'a>(app: &'a TestApp, learner: &'static str, deadline: Value) -> Request<'a> {
    Subject::with_chain(app, learner, chain(deadline)).request(learner)
}

fn step_states(view: &Value) -> Vec<&str> {
    view["steps"].as_array().unwrap().iter().map(|step| step["state"].as_str().unwrap()).collect()
}

fn last(view: &Value) -> &Value {
    view["decisions"].as_array().unwrap().last().unwrap()
}

/// What the log says that nobody did.
fn by_the_clock(app: &TestApp, request: &Request<'_>) -> String {
    app.db_text(&format!(
        "select string_agg(operation || ' ' || (region_id is not null), ', ') from audit_events
          where subject_id = '{}' and account_id is null and person_id is null",
        request.id
    ))
}

/// Design §5: the seat is reminded once, visibly; it decides all the same.
#[test]
fn a_late_seat_is_reminded_once() {
    let app = TestApp::start();
    let request = request(&app, "teacher", deadline(2, "calendar", "remind"));
    app.days_pass(2);
    assert_eq!(swept(&app), Swept::default(), "the last day is in time");
    app.days_pass(1);
    assert_eq!(swept(&app).deadlines, 1);
    assert_eq!(swept(&app), Swept::default(), "one deadline has one effect");
    let view = request.read("deputy").expect(200).json();
    assert_eq!(
        (&view["state"], &view["open_step"], &view["overdue"]),
        (&json!("in_review"), &json!(1), &json!(true))
    );
    assert_eq!((&last(&view)["decision"], last(&view).get("person_id")), (&json!("deadline"), None));
    assert_eq!(app.db_text("select reminded_on from approval_open_steps"), "2026-03-05");
    assert_eq!(by_the_clock(&app, &request), "sweep_approval_deadlines true");
    assert_eq!(request.decide("deputy", 1, "endorse").expect(200).json()["open_step"], 2);
}

/// Design §5: the late step is passed over and the next one decides; whoever was late no longer does.
#[test]
fn a_late_step_is_passed_over() {
    let app = TestApp::start();
    let request = request(&app, "teacher", deadline(2, "calendar", "escalate"));
    app.days_pass(3);
    assert_eq!(swept(&app).deadlines, 1);
    let view = request.read("director").expect(200).json();
    assert_eq!((step_states(&view), &view["open_step"]), (vec!["passed_over", "open"], &json!(2)));
    request.decide("deputy", 1, "endorse").refused(409, "step_already_decided");
    assert_eq!(by_the_clock(&app, &request), "sweep_approval_deadlines true");
    // What comes back from rework asks the deputy again.
    assert_eq!(request.decide("director", 2, "approve").expect(200).json()["state"], "approved");
    assert_eq!(swept(&app), Swept::default());
}

/// Design §5: the request ends, and its subject is a draft again.
#[test]
fn a_late_request_lapses() {
    let app = TestApp::start();
    let subject = Subject::with_chain(&app, "teacher", chain(deadline(2, "calendar", "lapse")));
    let request = subject.request("teacher");
    app.days_pass(3);
    assert_eq!(swept(&app).deadlines, 1);
    let view = request.read("teacher").expect(200).json();
    assert_eq!((&view["state"], &view["allowed_actions"]), (&json!("lapsed"), &json!([])));
    assert_eq!(app.db_text(&format!("select state from routes where id = '{}'", subject.id)), "draft");
    assert_eq!(app.db_text("select count(*) from approval_open_steps"), "0");
    request.decide("deputy", 1, "endorse").refused(409, "already_final");
    assert_ne!(subject.request("teacher").id, request.id, "it is handed in anew");
}

/// Working days leave weekends out: two of them from a Friday end on Tuesday.
#[test]
fn working_days_leave_the_weekend_out() {
    let app = TestApp::start();
    app.days_pass(4);
    assert_eq!(app.today().to_string(), "2026-03-06");
    let request = request(&app, "teacher", deadline(2, "working", "remind"));
    assert_eq!(request.read("teacher").expect(200).json()["due_on"], "2026-03-10");
    app.days_pass(4);
    assert_eq!(swept(&app).deadlines, 0);
    app.days_pass(1);
    assert_eq!(swept(&app).deadlines, 1);
}

/// Each region has its own today: what is late in Barnaul is in time in Chelyabinsk, two hours to the west.
#[test]
fn a_day_ends_by_the_clock_of_the_region() {
    let app = TestApp::start();
    let altai = request(&app, "teacher", deadline(1, "calendar", "remind"));
    let chelyabinsk = request(&app, "chel_teacher", deadline(1, "calendar", "remind"));
    // 17:30 by Greenwich on the last day: half past midnight in the one, half past ten in the evening in the other.
    app.state().clock.advance(Duration::hours(35) + Duration::minutes(30));
    assert_eq!(swept(&app).deadlines, 1);
    assert_eq!(altai.read("teacher").expect(200).json()["overdue"], true);
    assert_eq!(chelyabinsk.read("chel_teacher").expect(200).json()["overdue"], false);
    app.state().clock.advance(Duration::hours(2));
    assert_eq!(swept(&app).deadlines, 1);
}

/// A request whose deadline cannot have its effect stops no other.
#[test]
fn what_cannot_be_done_stops_nothing_else() {
    let app = TestApp::start();
    let broken = request(&app, "teacher", deadline(1, "calendar", "remind"));
    let sound = request(&app, "teacher_2", deadline(1, "calendar", "remind"));
    let sql = format!("update approval_requests set subject_kind = 'plan' where id = '{}'", broken.id);
    app.db_execute(&sql).unwrap();
    app.days_pass(2);
    assert_eq!(swept(&app).deadlines, 1);
    assert_eq!(by_the_clock(&app, &sound), "sweep_approval_deadlines true");
}

/// Several processes sweep one database while the deputy decides: one effect, whichever it is, and never a fault.
#[test]
fn sweeps_and_a_decider_at_once_have_one_effect() {
    let app = TestApp::start();
    for _ in 0..100 {
        let request = request(&app, "teacher", deadline(1, "calendar", "lapse"));
        app.days_pass(2);
        let body = json!({"step": 1, "decision": "endorse"});
        let key = rost::ids::new_id().to_string();
        let decider =
            app.persona("deputy").header("if-match", &request.etag()).header("idempotency-key", &key);
        let barrier = Barrier::new(3);
        let (swept, answer) = thread::scope(|scope| {
            let sweeping = || {
                barrier.wait();
                swept(&app).deadlines
            };
            let sweeps = [scope.spawn(sweeping), scope.spawn(sweeping)];
            barrier.wait();
            let answer = decider.send_json("POST", &format!("{}/decisions", request.path()), &body);
            (sweeps.map(|sweep| sweep.join().unwrap()).iter().sum::<usize>(), answer)
        });
        assert!([200, 409, 412].contains(&answer.status), "{}", answer.text);
        assert_eq!(swept + usize::from(answer.status == 200), 1, "{}", answer.text);
        let view = request.read("deputy").expect(200).json();
        assert_eq!(view["decisions"].as_array().unwrap().len(), 2, "{view}");
        if answer.status == 200 {
            request.decide("director", 2, "approve").expect(200);
        }
    }
}
