//! From a route in force to its fulfilment: papers, repeat diagnostics, the demand of full completion.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{coordinator_instrument, deficits, result};
use crate::support::build_hours::{balance, decide, paper, record, with};
use crate::support::build_routes::{RouteUnderTest, activity};

fn activity_ids(route: &RouteUnderTest<'_>, reader: &str) -> Vec<Value> {
    let read = route.read(reader).expect(200).json();
    read["activities"].as_array().unwrap().iter().map(|line| line["id"].clone()).collect()
}

/// P0-31, design §6: a confirmed paper that answers an activity posts its hours and completes the activity, once.
#[test]
fn a_confirmed_credential_completes_the_activity_it_answers() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.submit("chel_teacher").expect(200);
    for (persona, decision) in
        [("chel_association_head", "endorse"), ("chel_deputy", "endorse"), ("chel_director", "approve")]
    {
        route.decide(persona, decision).expect(200);
    }
    let before = route.read("chel_teacher").expect(200).json();
    assert_eq!((&before["state"], &before["progress"]["share"]), (&json!("active"), &json!(0)));
    let line = &activity_ids(&route, "chel_teacher")[0];
    let body =
        |number: &str| with(paper(&app, "chel_teacher", number, "2026-03-01"), json!({"activity_id": line}));
    record(&app, "chel_provider", with(body("9"), json!({"person_id": app.person("chel_teacher_2")})))
        .refused(422, "unknown");
    let id = record(&app, "chel_provider", body("100")).expect(201).id();
    assert_eq!(route.read("chel_teacher").expect(200).json()["progress"], before["progress"]);

    decide(&app, "chel_director", &id, json!({"decision": "confirm"})).expect(200);
    assert_eq!(balance(&app, "chel_teacher", "")["local_hours"]["counted"], json!(36.0));
    let after = route.read("chel_teacher").expect(200).json();
    assert_eq!(after["activities"][0]["state"], "completed");
    assert_eq!(after["activities"][0]["completed_on"], "2026-03-01");
    assert!(
        after["progress"]["share"].as_u64() > before["progress"]["share"].as_u64(),
        "{}",
        after["progress"]
    );

    let version = route.etag();
    let second = record(&app, "chel_provider", body("101")).expect(201).id();
    decide(&app, "chel_director", &second, json!({"decision": "confirm"})).expect(200);
    assert_eq!(route.etag(), version, "a second paper completes nothing more");
}

/// P4-12: a route in force addresses the deficit, repeat diagnostics close it, and the share of closed ones says so.
#[test]
fn repeat_diagnostics_close_what_the_route_addressed() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    result(&app, "coordinator", "teacher", &instrument, "2026-02-01", &[("B.1", 20.0)]);
    let deficit = deficits(&app, "coordinator", "teacher")[0]["id"].clone();
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    let mut body = activity(None);
    body["reason"] = json!("deficit");
    body["deficit_ids"] = json!([deficit]);
    route.add("teacher", body).expect(201);
    route.approve_p4();
    let share = || app.persona("director").get("/api/v1/deficit-closure").expect(200).json();
    assert_eq!((&share()["addressed"], &share()["closed_percent"]), (&json!(1), &json!(0)));

    app.days_pass(120);
    let repeated = result(&app, "coordinator", "teacher", &instrument, "2026-06-01", &[("B.1", 90.0)]).id();
    let closed = deficits(&app, "teacher", "teacher").into_iter().find(|it| it["id"] == deficit).unwrap();
    assert_eq!((&closed["state"], &closed["closed_on"]), (&json!("closed"), &json!("2026-06-01")));
    assert_eq!(closed["closed_by_result_id"], json!(repeated));
    assert_eq!((&share()["addressed"], &share()["closed_percent"]), (&json!(0), &json!(100)));
}

/// Design §5: what an annulled paper had completed is open again, in the same transaction; another paper completes it
/// anew, and one that is confirmed already takes its place at once.
#[test]
fn an_annulled_credential_opens_the_activity_again() {
    let app = TestApp::start();
    let (route, deficit) = RouteUnderTest::complete_p4(&app);
    route.approve_p4();
    let line = activity_ids(&route, "teacher")[0].clone();
    let issue = |number: &str| {
        let body = with(paper(&app, "teacher", number, "2026-03-01"), json!({"activity_id": line}));
        record(&app, "provider", body).expect(201).id()
    };
    let confirm = |id: &str| decide(&app, "director", id, json!({"decision": "confirm"})).expect(200);
    let annul = |id: &str| {
        decide(&app, "director", id, json!({"decision": "annul", "reason": "Поддельный"})).expect(200)
    };
    let activity = || route.read("teacher").expect(200).json()["activities"][0].clone();
    let first = issue("100");
    confirm(&first);
    assert_eq!(activity()["completed_by_credential_id"], json!(first));
    annul(&first);
    assert_eq!((&activity()["state"], &activity()["completed_on"]), (&json!("planned"), &Value::Null));
    assert_eq!(route.read("teacher").expect(200).json()["progress"]["share"], json!(0));
    let audited = format!(
        "select changes -> 'completed_activity' ->> 0 from audit_events where subject_id = '{first}' \
         and operation = 'decide_credential' order by at desc, id desc limit 1"
    );
    assert_eq!(json!(app.db_text(&audited)), line);

    let (second, third) = (issue("101"), issue("102"));
    confirm(&second);
    confirm(&third);
    assert_eq!(activity()["completed_by_credential_id"], json!(second));
    annul(&second);
    assert_eq!(activity()["completed_by_credential_id"], json!(third), "another paper answers it as well");

    route.post("deputy", "/completion", json!({})).expect(200);
    annul(&third);
    assert_eq!((route.state().as_str(), &activity()["state"]), ("completed", &json!("planned")));
    let open =
        deficits(&app, "teacher", "teacher").into_iter().find(|it| it["id"] == json!(deficit)).unwrap();
    assert_eq!(open["state"], "open", "nothing of the ended route answers it any more");
}
