//! Proposals of routes for many people at once.

use std::time::Duration;

use rost::proposing::work_once;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::app::on_runtime;
use crate::support::build_diagnostics::{coordinator_instrument, deficits, result};
use crate::support::build_proposals::registered;
use crate::support::build_routes::RouteUnderTest;
use crate::support::build_training::with;
use crate::support::regulated_training::school_1_under_p1;
use crate::support::{Answer, Client};

const JOBS: &str = "/api/v1/route-proposal-jobs";

/// The people have a deficit shown by diagnostics, and a program of the registry answers it.
fn diagnosed(app: &TestApp, people: &[&str]) {
    let instrument = coordinator_instrument(app);
    for person in people {
        result(app, "coordinator", person, &instrument, "2026-02-01", &[("B.1", 20.0)]);
    }
    let found = &deficits(app, "coordinator", people[0])[0];
    let lacks = found["competency_id"].as_str().unwrap().parse().unwrap();
    registered(app, "Оценивание", 36, &[lacks]);
}

fn body(app: &TestApp, place: &str, fields: Value) -> Value {
    let place = app.organization(place);
    with(json!({"organization_id": place, "starts_on": "2026-03-02", "ends_on": "2027-03-01"}), fields)
}

fn ask(app: &TestApp, by: &str, place: &str, fields: Value) -> Answer {
    app.persona(by).post(JOBS, body(app, place, fields))
}

fn drafts(app: &TestApp, by: &str, place: &str) -> String {
    ask(app, by, place, json!({"create_drafts": true})).expect(201).id()
}

/// Takes at most so many people; how many were taken.
fn work(app: &TestApp, most: usize) -> usize {
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        let mut taken = 0;
        while taken < most && work_once(&db, app.now()).await.unwrap() {
            taken += 1;
        }
        taken
    })
}

fn job(client: &Client, id: &str) -> Answer {
    client.get(&format!("{JOBS}/{id}")).expect(200)
}

/// The state of everybody of a job, and the codes of why somebody was refused.
fn people(app: &TestApp, by: &str, id: &str) -> Vec<(String, String, Vec<String>)> {
    let page = app.persona(by).get(&format!("{JOBS}/{id}/people")).expect(200).json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let one = |person: &Value| {
        let problems = person["problems"].as_array().unwrap().iter();
        let codes = problems.map(|problem| text(&problem["code"])).collect();
        (text(&person["person_id"]), text(&person["state"]), codes)
    };
    page["items"].as_array().unwrap().iter().map(one).collect()
}

fn states(app: &TestApp, by: &str, id: &str) -> Vec<String> {
    people(app, by, id).into_iter().map(|(_, state, _)| state).collect()
}

/// P4-36: the coordinator creates the routes of a whole municipality in bulk from what diagnostics showed: everybody
/// with an open deficit and no route under way, each once.
#[test]
fn the_coordinator_drafts_the_routes_of_a_whole_municipality() {
    let app = TestApp::start();
    diagnosed(&app, &["teacher", "teacher_2", "school_2_teacher", "school_3_teacher", "association_head"]);
    RouteUnderTest::start(&app, "coordinator", "association_head");
    let asked = ask(&app, "coordinator", "barnaul", json!({"create_drafts": true, "title": "Маршрут"}));
    let asked = asked.expect(201);
    let id = asked.id();
    assert_eq!((&asked.json()["people"], &asked.json()["state"]), (&json!(3), &json!("running")));
    assert_eq!(work(&app, 10), 3);
    let done = job(&app.persona("coordinator"), &id).json();
    assert_eq!((&done["state"], &done["counts"]["drafted"]), (&json!("finished"), &json!(3)));
    assert_eq!(done["allowed_actions"], json!([]));
    let mut taken: Vec<String> =
        people(&app, "coordinator", &id).into_iter().map(|(person, ..)| person).collect();
    taken.sort();
    let mut expected = ["teacher", "teacher_2", "school_2_teacher"].map(|name| app.person(name).to_string());
    expected.sort();
    assert_eq!(taken, expected, "nobody of another municipality, nobody who has a route");
    for person in ["teacher", "teacher_2", "school_2_teacher"] {
        let list = format!("/api/v1/routes?person_id={}", app.person(person));
        let routes = app.persona("coordinator").get(&list).expect(200).json();
        assert_eq!(routes["items"].as_array().unwrap().len(), 1, "{person}: {routes}");
        let path = format!("/api/v1/routes/{}", routes["items"][0]["id"].as_str().unwrap());
        let route = app.persona("coordinator").get(&path).expect(200).json();
        assert_eq!((&route["state"], &route["title"]), (&json!("draft"), &json!("Маршрут")));
        assert_eq!(route["initiator_role"], "regional_coordinator");
        let lines = route["activities"].as_array().unwrap();
        assert_eq!((lines.len(), &lines[0]["data"]["title"]), (1, &json!("Оценивание")));
        assert_eq!(lines[0]["data"]["deficit_ids"].as_array().unwrap().len(), 1);
    }
    let again = drafts(&app, "coordinator", "barnaul");
    assert_eq!(work(&app, 10), 0);
    let again = job(&app.persona("coordinator"), &again).json();
    assert_eq!(
        (&again["people"], &again["state"]),
        (&json!(0), &json!("finished")),
        "everybody has a route now"
    );
}

/// P4-36: without drafts the proposals are only kept; whoever may know the deficits reads them one by one.
#[test]
fn a_school_has_routes_proposed_for_its_people() {
    let app = TestApp::start();
    diagnosed(&app, &["teacher", "teacher_2", "school_2_teacher"]);
    let wishes = json!({"preferences": {"max_hours": 72, "study_forms": ["full_time"]}});
    let id = ask(&app, "deputy", "school_1", wishes).expect(201).id();
    assert_eq!(work(&app, 10), 2);
    assert_eq!(states(&app, "deputy", &id), ["proposed", "proposed"]);
    let one = format!("{JOBS}/{id}/people/{}", app.person("teacher"));
    let kept = app.persona("deputy").get(&one).expect(200).json();
    let proposal = &kept["proposal"];
    assert_eq!(proposal["choices"][0]["title"], "Оценивание");
    assert_eq!(proposal["content"]["activities"].as_array().unwrap().len(), 1);
    assert_eq!(app.db_text("select count(*) from routes"), "0");
    let shown = job(&app.persona("deputy"), &id).json();
    assert_eq!(shown["asked"]["preferences"]["max_hours"], json!(72.0));
    app.persona("teacher").get(&one).refused(403, "auth.forbidden");
    app.persona("school_2_director").get(&one).refused(404, "request.not_found");
    app.persona("chel_deputy").get(&one).refused(404, "request.not_found");
    let nobody = format!("{JOBS}/{id}/people/{}", app.person("school_2_teacher"));
    app.persona("deputy").get(&nobody).refused(404, "request.not_found");
    let of = |by: &str| app.persona(by).get(JOBS).expect(200).json()["items"].as_array().unwrap().len();
    assert_eq!((of("deputy"), of("coordinator"), of("school_2_director"), of("chel_deputy")), (1, 1, 0, 0));
}

/// P4-36: a process that ends in the middle loses nothing, and nobody gets two routes: not when another one goes on, not
/// when two work at the same time.
#[test]
fn work_goes_on_after_a_crash() {
    let app = TestApp::start();
    diagnosed(&app, &["teacher", "teacher_2", "school_2_teacher", "association_head", "school_2_director"]);
    let id = drafts(&app, "coordinator", "barnaul");
    assert_eq!(work(&app, 1), 1);
    for milliseconds in [2, 15, 60] {
        on_runtime(async {
            let db = app.state().own_connection().unwrap();
            let cut_off = work_once(&db, app.now());
            let _ = tokio::time::timeout(Duration::from_millis(milliseconds), cut_off).await;
        });
    }
    // The database lets go of what a broken connection held in its own time.
    for _ in 0..100 {
        on_runtime(async {
            let (one, other) = (app.state().own_connection().unwrap(), app.state().own_connection().unwrap());
            let (one, other) = tokio::join!(work_once(&one, app.now()), work_once(&other, app.now()));
            assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
        });
        if job(&app.persona("coordinator"), &id).json()["state"] == "finished" {
            break;
        }
        std::thread::yield_now();
    }
    let done = job(&app.persona("coordinator"), &id).json();
    assert_eq!((&done["state"], &done["counts"]["drafted"]), (&json!("finished"), &json!(5)), "{done}");
    assert_eq!(app.db_text("select count(*) || ' ' || count(distinct person_id) from routes"), "5 5");
    assert_eq!(app.db_text("select count(*) from route_activities"), "5");
    assert_eq!(work(&app, 10), 0);
}

/// P4-36: whoever asked acts by the rights of the day on which somebody is taken: what was lost is refused.
#[test]
fn a_right_that_was_lost_is_refused() {
    let app = TestApp::start();
    diagnosed(&app, &["teacher", "teacher_2", "school_2_teacher"]);
    let id = drafts(&app, "coordinator", "barnaul");
    assert_eq!(work(&app, 1), 1);
    app.db_execute(&format!(
        "update role_assignments set valid_until = '2026-03-01' where role = 'regional_coordinator' and person_id = '{}'",
        app.person("coordinator")
    ))
    .unwrap();
    assert_eq!(work(&app, 10), 2);
    assert_eq!(states(&app, "operator", &id), ["drafted", "refused", "refused"]);
    let refused = &people(&app, "operator", &id)[1];
    assert_eq!(refused.2, ["auth.forbidden"]);
    assert_eq!(job(&app.persona("operator"), &id).json()["state"], "finished");
    assert_eq!(app.db_text("select count(*) from routes"), "1");
}

/// P4-36: an account that was disabled does nothing any more.
#[test]
fn a_disabled_account_has_nothing_drafted() {
    let app = TestApp::start();
    diagnosed(&app, &["teacher"]);
    let id = drafts(&app, "coordinator", "school_1");
    app.db_execute("update accounts set disabled_at = now() where login = 'coordinator'").unwrap();
    assert_eq!(work(&app, 10), 1);
    assert_eq!(states(&app, "operator", &id), ["refused"]);
}

/// P4-36: a school asks for its own people, a municipality is the coordinator's; other regions do not exist.
#[test]
fn a_municipality_is_not_a_schools_to_ask_for() {
    let app = TestApp::start();
    let asked = |by: &str, place: &str| ask(&app, by, place, json!({}));
    asked("deputy", "barnaul").refused(403, "auth.forbidden");
    asked("deputy", "altai_ministry").refused(403, "auth.forbidden");
    asked("deputy", "school_2").refused(403, "auth.forbidden");
    for other in ["teacher", "municipal_officer", "ministry", "provider", "auditor"] {
        asked(other, "school_1").refused(403, "auth.forbidden");
    }
    asked("chel_deputy", "barnaul").refused(422, "unknown");
    asked("deputy", "school_1").expect(201);
    asked("coordinator", "altai_ministry").expect(201);
    let id = asked("coordinator", "barnaul").expect(201).id();
    for stranger in ["deputy", "chel_deputy"] {
        app.persona(stranger).get(&format!("{JOBS}/{id}")).refused(404, "request.not_found");
        app.persona(stranger).get(&format!("{JOBS}/{id}/people")).refused(404, "request.not_found");
    }
    let wrong = json!({"ends_on": "2026-03-01", "preferences": {}});
    let refused = ask(&app, "deputy", "school_1", wrong).expect(422);
    assert_eq!(refused.codes()[1..], ["ends_before_start", "in_the_past"]);
    let wrong = json!({"title": "", "preferences": {"max_parallel": 4, "max_hours": 0}});
    assert_eq!(ask(&app, "deputy", "school_1", wrong).expect(422).codes().len(), 4);
}

/// P4-36: drafts are made for many people only where the regulation says so.
#[test]
fn drafts_need_a_regulation_that_allows_them_in_bulk() {
    let app = TestApp::start();
    ask(&app, "chel_deputy", "chel_school", json!({"create_drafts": true})).refused(422, "not_in_bulk");
    ask(&app, "chel_deputy", "chel_school", json!({})).expect(201);
}

/// P4-36: within a municipality the regulation of each school decides.
#[test]
fn the_regulation_of_each_school_decides() {
    let app = TestApp::start();
    diagnosed(&app, &["teacher", "school_2_teacher"]);
    school_1_under_p1(&app);
    let id = drafts(&app, "coordinator", "barnaul");
    assert_eq!(work(&app, 10), 2);
    let mut became: Vec<(String, String)> =
        people(&app, "coordinator", &id).into_iter().map(|(person, state, _)| (person, state)).collect();
    became.sort();
    let (first, second) = (app.person("teacher").to_string(), app.person("school_2_teacher").to_string());
    assert_eq!(became, [(first, "refused".to_owned()), (second, "drafted".to_owned())]);
}

/// A deficit that was closed, or a route that was started, in the meantime leaves nothing to do.
#[test]
fn what_has_changed_in_the_meantime_counts() {
    let app = TestApp::start();
    diagnosed(&app, &["teacher", "teacher_2", "school_2_teacher"]);
    let id = drafts(&app, "coordinator", "school_1");
    RouteUnderTest::start(&app, "teacher", "teacher");
    app.db_execute(&format!(
        "update deficits set state = 'closed', closed_on = '2026-03-02' where person_id = '{}'",
        app.person("teacher_2")
    ))
    .unwrap();
    assert_eq!(work(&app, 10), 2);
    assert_eq!(states(&app, "coordinator", &id), ["nothing_to_do", "nothing_to_do"]);
    assert_eq!(app.db_text("select count(*) from routes"), "1");
}

/// P4-36: a job is called off: whoever waits is left alone, what was drafted stays.
#[test]
fn a_job_is_called_off() {
    let app = TestApp::start();
    diagnosed(&app, &["teacher", "teacher_2", "school_2_teacher"]);
    let id = drafts(&app, "coordinator", "barnaul");
    assert_eq!(work(&app, 1), 1);
    let coordinator = app.persona("coordinator");
    let path = format!("{JOBS}/{id}/cancellation");
    let before = job(&coordinator, &id);
    assert_eq!(before.json()["allowed_actions"], json!(["cancel_route_proposal_job"]));
    coordinator.post(&path, json!({})).expect(428);
    coordinator.post_if(&path, "\"7\"", json!({})).expect(412);
    app.persona("deputy").post_if(&path, &before.etag(), json!({})).refused(404, "request.not_found");
    let cancelled = coordinator.post_if(&path, &before.etag(), json!({})).expect(200);
    assert_eq!(cancelled.json()["state"], "cancelled");
    assert_eq!(work(&app, 10), 0);
    assert_eq!(states(&app, "coordinator", &id), ["drafted", "waiting", "waiting"]);
    coordinator.post_if(&path, &cancelled.etag(), json!({})).refused(409, "conflict.state");
    let running = coordinator.get(&format!("{JOBS}?state=running")).expect(200).json();
    assert_eq!(running["items"], json!([]));
    let waiting = coordinator.get(&format!("{JOBS}/{id}/people?state=waiting&limit=1")).expect(200).json();
    let next = waiting["next_cursor"].as_str().unwrap();
    let rest = coordinator.get(&format!("{JOBS}/{id}/people?state=waiting&limit=1&cursor={next}"));
    let rest = rest.expect(200).json();
    assert_eq!((rest["items"].as_array().unwrap().len(), rest.get("next_cursor")), (1, None));
    assert_ne!(rest["items"][0]["person_id"], waiting["items"][0]["person_id"]);
}

/// P4-36: two jobs for the same municipality leave nobody with two drafts, whichever of them takes a person first.
#[test]
fn two_jobs_at_once_draft_one_route_each() {
    let app = TestApp::start();
    diagnosed(&app, &["teacher", "teacher_2", "school_2_teacher"]);
    let (first, second) = (drafts(&app, "coordinator", "barnaul"), drafts(&app, "coordinator", "barnaul"));
    for _ in 0..3 {
        on_runtime(async {
            let (one, other) = (app.state().own_connection().unwrap(), app.state().own_connection().unwrap());
            let (one, other) = tokio::join!(work_once(&one, app.now()), work_once(&other, app.now()));
            assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
        });
    }
    work(&app, 10);
    let counts = |id: &str| {
        let counts = job(&app.persona("coordinator"), id).json()["counts"].clone();
        (counts["drafted"].as_i64().unwrap(), counts["nothing_to_do"].as_i64().unwrap())
    };
    let (one, other) = (counts(&first), counts(&second));
    assert_eq!((one.0 + other.0, one.1 + other.1), (3, 3), "{one:?} {other:?}");
    assert_eq!(app.db_text("select count(*) || ' ' || count(distinct person_id) from routes"), "3 3");
}

/// P4-36: whoever has left the school by then is told of and left alone.
#[test]
fn nothing_is_drafted_for_somebody_who_has_left() {
    let app = TestApp::start();
    diagnosed(&app, &["teacher", "teacher_2"]);
    let id = drafts(&app, "coordinator", "school_1");
    let left = app.person("teacher");
    app.db_execute(&format!("update employments set ended_on = '2026-03-01' where person_id = '{left}'"))
        .unwrap();
    assert_eq!(work(&app, 10), 2);
    let mut found = people(&app, "coordinator", &id);
    found.sort_by_key(|(person, ..)| *person != left.to_string());
    assert_eq!((found[0].1.as_str(), found[1].1.as_str()), ("refused", "drafted"), "{found:?}");
    assert_eq!(found[0].2.len(), 1, "{found:?}");
    assert_eq!(app.db_text(&format!("select count(*) from routes where person_id = '{left}'")), "0");
}

/// P4-36: a wish about a provider or a program that the region does not have is found when the job is asked for.
#[test]
fn a_job_with_unknown_wishes_is_refused() {
    let app = TestApp::start();
    let nobody = rost::ids::new_id();
    let wishes = json!({"preferences": {"provider_ids": [nobody], "excluded_program_ids": [nobody]}});
    let refused = ask(&app, "deputy", "school_1", wishes).expect(422);
    assert_eq!(refused.codes()[1..], ["unknown", "unknown"]);
    assert_eq!(app.db_text("select count(*) from route_proposal_jobs"), "0");
}

/// P4-36: a program that leaves the region's offer after a job was asked for stands in nobody's way.
#[test]
fn an_excluded_program_may_go_while_a_job_runs() {
    let app = TestApp::start();
    diagnosed(&app, &["teacher"]);
    let excluded = registered(&app, "Нежеланная", 16, &[]);
    let wishes = json!({"preferences": {"excluded_program_ids": [excluded]}});
    let id = ask(&app, "deputy", "school_1", wishes).expect(201).id();
    app.db_execute(&format!("update programs set state = 'rejected' where id = '{excluded}'")).unwrap();
    assert_eq!(work(&app, 10), 1);
    assert_eq!(states(&app, "deputy", &id), ["proposed"]);
}
