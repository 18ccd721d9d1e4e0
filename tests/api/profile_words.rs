//! Regulations that were stored in older words stay readable, and bind as before.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_regulations::amended;
use crate::support::build_routes::RouteUnderTest;

const UPGRADE: &str = include_str!("../../migrations/2026-11-25-000100_profile_words/up.sql");

fn step(key: &str, kind: &str, actor: Value, more: Value) -> Value {
    let mut step = json!({"key": key, "kind": kind, "actor": actor, "return_demand": "reason_and_due_date"});
    for (name, value) in more.as_object().unwrap() {
        step[name] = value.clone();
    }
    step
}

/// Chains as they were stored once, with everything that is said otherwise today.
fn chains_of_before() -> Value {
    let learner = json!({"relation": "learner"});
    let deputy = json!({"relation": "own_school", "role": "deputy_director"});
    let director = json!({"relation": "own_school", "role": "director"});
    let founder = json!([{"relation": "own_region", "role": "ministry_officer"}]);
    let escalating = json!({"deadline": {"days": 5, "day_kind": "working", "at_deadline": "escalate"}});
    let mut approval = escalating.clone();
    approval["instead_of_learner"] = founder;
    json!({
        "route": {"steps": [
            step("teacher", "consent", learner, json!({"satisfied_by_submission": true})),
            step("deputy", "endorse", deputy.clone(), escalating),
            step("director", "approve", director.clone(), approval),
        ]},
        "route_revision": {"steps": [step("deputy", "endorse", deputy, json!({"may_return": true}))]},
        "state_assignment": {"steps": [step("director", "approve", director, json!({}))]},
    })
}

/// Brings the newest regulation of the school into the words of before, and the database to those of today.
fn upgrade(app: &TestApp) -> Value {
    let newest = format!(
        "(select id from regulations where owner_id = '{}' and effective_from = '2026-03-02')",
        app.organization("chel_school")
    );
    app.db_execute(&format!(
        "alter table regulations disable trigger guard_published;
         update regulations set profile = jsonb_set(profile, '{{chains}}', (profile -> 'chains') || $words${}$words$)
          where id = {newest};
         alter table regulations enable trigger guard_published;",
        chains_of_before()
    ))
    .unwrap();
    app.db_execute(&format!("begin; {UPGRADE}; commit")).unwrap();
    let chains = app.db_text(&format!("select profile -> 'chains' from regulations where id = {newest}"));
    serde_json::from_str(&chains).unwrap()
}

#[test]
fn a_regulation_in_older_words_is_read_in_those_of_today() {
    let app = TestApp::start();
    amended(&app, "chel_director", "chel_school", "p0-chelyabinsk-school", |_| ());
    let chains = upgrade(&app);
    assert_eq!(chains.get("state_assignment"), None, "no state assignment ever passed a chain");
    let steps = &chains["route"]["steps"];
    assert_eq!(steps[1]["deadline"]["at_deadline"], "escalate", "the director decides after the deputy");
    assert_eq!(steps[2]["deadline"]["at_deadline"], "remind", "nobody's approval is passed over");
    assert_eq!(steps[2]["stand_ins"], json!([{"relation": "own_region", "role": "ministry_officer"}]));
    let revision = chains["route_revision"]["steps"].as_array().unwrap();
    let kinds: Vec<&Value> = revision.iter().map(|step| &step["kind"]).collect();
    assert_eq!(kinds, ["consent", "endorse"], "both sides agree to a change as to the program itself");
    for older in ["instead_of_learner", "return_demand"] {
        assert!(!chains.to_string().contains(older), "{older}");
    }

    let path = format!("/api/v1/organizations/{}/binding-regulation", app.organization("chel_school"));
    let read = app.persona("chel_director").get(&path).expect(200).json();
    let document = &read["regulation"]["document"];
    assert_eq!(document["profile"]["chains"]["route"]["steps"][2]["key"], "director");
    RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
}

/// What has been said in the words of today already stays as it is, and so does its version.
#[test]
fn a_regulation_in_the_words_of_today_stays_as_it_is() {
    let app = TestApp::start();
    let stored = || {
        app.db_text(
            "select string_agg(id || ' ' || version || ' ' || profile, ';' order by id) from regulations",
        )
    };
    let before = stored();
    app.db_execute(&format!("begin; {UPGRADE}; commit")).unwrap();
    assert_eq!(before, stored());
}
