//! Learners who leave while a request about them runs.

use rost::sweep::{Swept, sweep};
use serde_json::json;

use crate::support::TestApp;
use crate::support::app::on_runtime;
use crate::support::build_approvals::{Subject, codes};
use crate::support::build_directory::{end_employment, only_employment};
use crate::support::build_revisions::RevisionUnderTest;
use crate::support::build_routes::RouteUnderTest;

const P0: &str = "p0-chelyabinsk-school";

fn swept(app: &TestApp) -> Swept {
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        sweep(&db, app.now()).await.unwrap()
    })
}

/// The teacher's last day at the school.
fn leaves(app: &TestApp, day: &str) {
    let director = app.persona("chel_director");
    let work = only_employment(&director, &app.person("chel_teacher").to_string());
    end_employment(&director, &work, day).expect(200);
}

/// Until the last day everything goes on; after it nothing is agreed to any more, and the clock ends the request.
#[test]
fn a_request_does_not_outlive_the_learners_work() {
    let app = TestApp::start();
    let subject = Subject::new(&app, "chel_teacher", P0);
    let request = subject.request("chel_teacher");
    leaves(&app, "2026-03-04");
    app.days_pass(2);
    request.decide("chel_association_head", 2, "endorse").expect(200);
    assert_eq!(swept(&app), Swept::default());
    app.days_pass(1);
    let view = request.read("chel_deputy").expect(200).json();
    let offered: Vec<_> =
        view["allowed_decisions"].as_array().unwrap().iter().map(|offer| &offer["decision"]).collect();
    assert_eq!(offered, ["return", "reject"]);
    request.decide("chel_deputy", 3, "endorse").refused(409, "learner_left");
    assert_eq!(swept(&app), Swept { departures: 1, ..Swept::default() });
    assert_eq!(swept(&app), Swept::default(), "it has ended");
    let view = request.read("chel_deputy").expect(200).json();
    assert_eq!((&view["state"], &view["allowed_actions"]), (&json!("lapsed"), &json!([])));
    assert_eq!(view["decisions"].as_array().unwrap().last().unwrap()["decision"], "learner_left");
    assert_eq!(app.db_text(&format!("select state from routes where id = '{}'", subject.id)), "draft");
    let log = "select count(*) from audit_events where operation = 'sweep_approval_departures' and account_id is null
                  and region_id is not null";
    assert_eq!(app.db_text(log), "1");
}

/// What lies with the learner for rework ends as well, and is not handed in again for somebody who works elsewhere.
#[test]
fn rework_of_one_who_left_is_not_handed_in() {
    let app = TestApp::start();
    let subject = Subject::new(&app, "chel_teacher", P0);
    let request = subject.request("chel_deputy");
    request.decide("chel_teacher", 1, "consent").expect(200);
    request.send_back("chel_association_head", 2, "2026-03-20").expect(200);
    leaves(&app, "2026-03-04");
    app.days_pass(3);
    let refusal = subject.hand_in("chel_deputy").unwrap_err();
    assert_eq!(codes(&refusal), ["conflict.state", "learner_left"]);
    assert_eq!(swept(&app).departures, 1);
    let refusal = subject.hand_in("chel_deputy").unwrap_err();
    assert_eq!(codes(&refusal), ["conflict.state", "learner_left"]);
}

/// Moving inside the school is no departure: there is another employment.
#[test]
fn another_post_at_the_same_school_is_no_departure() {
    let app = TestApp::start();
    let request = Subject::new(&app, "chel_teacher", P0).request("chel_teacher");
    let sql = format!(
        "insert into employments (id, region_id, municipality_id, organization_id, person_id, kind, position,
                                  started_on, created_at, updated_at)
         select gen_random_uuid(), region_id, municipality_id, organization_id, person_id, 'internal_part_time', 'Методист',
                '2026-03-05', now(), now()
           from employments where person_id = '{}'",
        app.person("chel_teacher")
    );
    leaves(&app, "2026-03-04");
    app.db_execute(&sql).unwrap();
    app.days_pass(5);
    assert_eq!(swept(&app), Swept::default());
    request.decide("chel_association_head", 2, "endorse").expect(200);
}

/// A change of a route that lies with somebody for rework ends like everything else about one who has left.
#[test]
fn a_change_in_rework_of_one_who_left_ends() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.approve_p0();
    let revision = RevisionUnderTest::retitle(&app, &route, "chel_teacher", "Чтение вдвоём");
    revision.submit("chel_teacher").expect(200);
    let back = json!({"note": "Уточните тему", "due_on": "2026-03-20"});
    revision.decide_with("chel_deputy", "return", back).expect(200);
    leaves(&app, "2026-03-04");
    app.days_pass(3);
    assert_eq!(swept(&app).departures, 1);
    assert_eq!(swept(&app).departures, 0, "it has ended");
    assert_eq!(revision.state(), "draft");
}
