//! Late routes, the report of routes, curators, and the link from training to routes, over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{coordinator_instrument, deficits, result};
use crate::support::build_following::{active_p1, complete_p1, done};
use crate::support::build_routes::{RouteUnderTest, activity};
use crate::support::build_training::{course, enroll, etag, open, open_with, program_x, read, with};
use crate::support::regulated_training::{altai_under_p2, barnaul_under_p3};

fn routes(app: &TestApp, persona: &str, query: &str) -> Vec<Value> {
    let page = app.persona(persona).get(&format!("/api/v1/routes{query}")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

fn ids(found: &[Value]) -> Vec<&str> {
    found.iter().map(|route| route["id"].as_str().unwrap()).collect()
}

fn report(app: &TestApp, persona: &str, place: &str) -> Value {
    let path = format!("/api/v1/organizations/{}/route-report", app.organization(place));
    app.persona(persona).get(&path).expect(200).json()
}

fn in_state(figures: &Value, state: &str) -> i64 {
    let states = figures["states"].as_array().unwrap();
    states.iter().find(|it| it["state"] == state).map_or(0, |it| it["routes"].as_i64().unwrap())
}

/// Each of these people has a result with a deficit; the deficits in the same order.
#[track_caller]
fn tested(app: &TestApp, people: &[&str]) -> Vec<Value> {
    let instrument = coordinator_instrument(app);
    let deficit = |person: &&str| {
        result(app, "coordinator", person, &instrument, "2026-02-01", &[("B.1", 20.0)]);
        deficits(app, "coordinator", person)[0]["id"].clone()
    };
    people.iter().map(deficit).collect()
}

/// A line that answers the deficit.
fn answering(deficit: &Value) -> Value {
    with(activity(None), json!({"reason": "deficit", "deficit_ids": [deficit]}))
}

/// A route of that person under P3 in force: approved by the director of the school.
#[track_caller]
fn active_p3<'a>(app: &'a TestApp, person: &str, director: &str) -> RouteUnderTest<'a> {
    let route = RouteUnderTest::start(app, person, person);
    let mut line = activity(None);
    line["reason"] = json!("need");
    route.add(person, line).expect(201);
    route.submit(person).expect(200);
    route.decide(director, "endorse").expect(200);
    route
}

/// A route of that person under P2 in force, with these lines.
#[track_caller]
fn active_p2<'a>(app: &'a TestApp, person: &str, director: &str, lines: &[Value]) -> RouteUnderTest<'a> {
    let route = RouteUnderTest::start(app, person, person);
    for line in lines {
        route.add(person, line.clone()).expect(201);
    }
    route.post("operator", "/participation", json!({"note": "Подобрали модули"})).expect(200);
    route.submit(person).expect(200);
    route.decide(director, "endorse").expect(200);
    assert_eq!(route.state(), "active");
    route
}

/// P0-31: an activity past its last day without completion is overdue, and its route stands on the list of the school and
/// of the region with the day since when.
#[test]
fn the_school_lists_late_routes_since_when() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.approve_p0();
    app.days_pass(90);
    assert_eq!(routes(&app, "chel_deputy", "?overdue=true"), Vec::<Value>::new());
    assert_eq!(routes(&app, "chel_deputy", "?overdue=false").len(), 1);
    app.days_pass(1);
    for persona in ["chel_teacher", "chel_deputy", "chel_association_head", "chel_ministry"] {
        let late = routes(&app, persona, "?overdue=true");
        assert_eq!(ids(&late), [route.id.as_str()], "{persona}");
        assert_eq!((&late[0]["overdue"], &late[0]["overdue_since"]), (&json!(true), &json!("2026-06-01")));
    }
    assert_eq!(routes(&app, "chel_teacher_2", "?overdue=true"), Vec::<Value>::new());
    let read = route.read("chel_teacher").expect(200).json();
    assert!(read["activities"].as_array().unwrap().iter().all(|line| line["overdue"] == true));
    done(&route, "chel_deputy", &[0, 1, 2]);
    assert_eq!(routes(&app, "chel_deputy", "?overdue=true"), Vec::<Value>::new());
    assert!(routes(&app, "chel_deputy", "")[0].get("overdue_since").is_none());
}

/// P3-40: the administration of a school lists its late routes, the municipality those of its schools; each school only
/// its own.
#[test]
fn each_school_lists_its_own_late_routes() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let first = active_p3(&app, "teacher", "director");
    let second = active_p3(&app, "school_2_teacher", "school_2_director");
    app.days_pass(91);
    assert_eq!(ids(&routes(&app, "deputy", "?overdue=true")), [first.id.as_str()]);
    assert_eq!(ids(&routes(&app, "school_2_director", "?overdue=true")), [second.id.as_str()]);
    let municipal = routes(&app, "municipal_officer", "?overdue=true");
    assert_eq!(municipal.len(), 2);
    let school = format!("?overdue=true&organization_id={}", app.organization("school_1"));
    assert_eq!(ids(&routes(&app, "municipal_officer", &school)), [first.id.as_str()]);
    let barnaul = format!("?overdue=true&municipality_id={}", app.organization("barnaul"));
    assert_eq!(routes(&app, "ministry", &barnaul).len(), 2);
    let biysk = format!("?overdue=true&municipality_id={}", app.organization("biysk"));
    assert_eq!(routes(&app, "ministry", &biysk), Vec::<Value>::new());
    assert_eq!(routes(&app, "biysk_officer", "?overdue=true"), Vec::<Value>::new());
    assert_eq!(report(&app, "deputy", "school_1")["figures"]["overdue_routes"], 1);
    assert_eq!(report(&app, "municipal_officer", "barnaul")["figures"]["overdue_routes"], 2);
}

/// P3-41: the administration lists the routes whose yearly update is due, until somebody looks each of them through.
#[test]
fn routes_whose_update_is_due_are_listed() {
    let app = TestApp::start();
    let found = |persona: &str, query: &str| routes(&app, persona, query).len();
    assert_eq!(found("deputy", "?update_due=true"), 0, "no regulation asks for updates");
    barnaul_under_p3(&app);
    let route = active_p3(&app, "teacher", "director");
    active_p3(&app, "school_2_teacher", "school_2_director");
    app.days_pass(182);
    assert_eq!((found("deputy", "?update_due=true"), found("deputy", "?update_due=false")), (0, 1));
    app.days_pass(1);
    assert_eq!(app.today().to_string(), "2026-09-01");
    assert_eq!(ids(&routes(&app, "deputy", "?update_due=true")), [route.id.as_str()]);
    assert_eq!(found("municipal_officer", "?update_due=true"), 2);
    route.post("deputy", "/periodic-update", json!({"note": "Просмотрено"})).expect(200);
    assert_eq!((found("deputy", "?update_due=true"), found("deputy", "?update_due=false")), (0, 1));
    assert_eq!(found("municipal_officer", "?update_due=true"), 1);
}

/// P4-27: whoever ensures fulfilment sees the progress of each route and which are late; the numbers of the region are
/// those of its schools.
#[test]
fn the_region_sees_progress_and_lateness() {
    let app = TestApp::start();
    let found = tested(&app, &["teacher", "school_3_teacher", "state_teacher"]);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    route.add("teacher", answering(&found[0])).expect(201);
    route.add("teacher", with(answering(&found[0]), json!({"ends_on": "2026-04-30"}))).expect(201);
    route.approve_p4();
    for person in ["school_3_teacher", "state_teacher"] {
        RouteUnderTest::start(&app, person, person);
    }
    done(&route, "director", &[0]);
    app.days_pass(100);
    let late = routes(&app, "coordinator", "?overdue=true");
    assert_eq!((ids(&late), &late[0]["overdue_since"]), (vec![route.id.as_str()], &json!("2026-05-01")));
    assert_eq!(route.read("coordinator").expect(200).json()["progress"]["share"], json!(50));

    let region = report(&app, "coordinator", "altai_ministry");
    let figures = &region["figures"];
    assert_eq!((in_state(figures, "active"), in_state(figures, "draft")), (1, 2));
    assert_eq!((&figures["overdue_routes"], &figures["overdue_activities"]), (&json!(1), &json!(1)));
    assert_eq!(
        figures["fulfilment"],
        json!({"planned": 2, "completed": 1, "share": 50, "planned_hours": 20.0, "completed_hours": 10.0})
    );
    assert_eq!(figures["growth_cards"]["owed"], 0);
    let parts = region["parts"].as_array().unwrap();
    let names: Vec<&Value> = parts.iter().map(|part| &part["name"]).collect();
    assert_eq!(names, ["barnaul", "biysk", "state_school"], "municipalities, and schools outside them");
    let sum: i64 = parts.iter().map(|part| in_state(&part["figures"], "draft")).sum();
    assert_eq!(sum, 2);
    assert_eq!(region["curators"], json!([]));
    let municipality = report(&app, "municipal_officer", "barnaul");
    assert_eq!(municipality["figures"], parts[0]["figures"]);
    assert_eq!(municipality["parts"][0]["figures"], report(&app, "director", "school_1")["figures"]);

    let at = |place: &str| format!("/api/v1/organizations/{}/route-report", app.organization(place));
    app.persona("director").get(&at("barnaul")).refused(403, "auth.forbidden");
    app.persona("director").get(&at("school_2")).refused(403, "auth.forbidden");
    app.persona("municipal_officer").get(&at("altai_ministry")).refused(403, "auth.forbidden");
    app.persona("teacher").get(&at("school_1")).refused(403, "auth.forbidden");
    app.persona("chel_director").get(&at("school_1")).refused(404, "request.not_found");
}

/// P1-50: what each curator answers for: the routes that he or she follows, how far they are fulfilled and what is late.
#[test]
fn each_curator_has_his_own_figures() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let other = RouteUnderTest::start(&app, "curator", "teacher_2");
    other.put("deputy", "/curator", json!({})).expect(200);
    done(&route, "curator", &[0]);
    app.days_pass(91);
    let curator = format!("?curator_id={}", app.person("curator"));
    assert_eq!(ids(&routes(&app, "curator", &curator)), [route.id.as_str()]);
    assert_eq!(ids(&routes(&app, "director", &format!("{curator}&overdue=true"))), [route.id.as_str()]);
    let shown = report(&app, "curator", "school_1");
    let curators = shown["curators"].as_array().unwrap();
    assert_eq!(curators.len(), 2);
    let nobody = curators.iter().find(|row| row.get("curator_id").is_none()).unwrap();
    assert_eq!(in_state(&nobody["figures"], "draft"), 1, "{}", other.id);
    let own = curators.iter().find(|row| row["curator_id"] == json!(app.person("curator"))).unwrap();
    assert_eq!(own["full_name"], "Testova-ag Anna");
    let figures = &own["figures"];
    assert_eq!((in_state(figures, "active"), &figures["fulfilment"]["share"]), (1, &json!(50)));
    assert_eq!(
        (&figures["overdue_routes"], &figures["overdue_activities"], &figures["late_stages"]),
        (&json!(1), &json!(1), &json!(1))
    );
}

/// Routes are listed by tutor, curator, kind, municipality and late rework; each filter alone and together.
#[test]
fn routes_are_found_by_those_who_accompany_them() {
    let app = TestApp::start();
    let route = complete_p1(&app);
    let other = RouteUnderTest::start(&app, "curator", "teacher_2");
    let found = |query: &str| {
        let found = routes(&app, "deputy", query);
        ids(&found).iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()
    };
    let (tutor, curator) =
        (format!("tutor_id={}", app.person("director")), format!("curator_id={}", app.person("curator")));
    assert_eq!(found(&format!("?{tutor}")), Vec::<String>::new());
    route.put("deputy", "/tutor", json!({"person_id": app.person("director")})).expect(200);
    assert_eq!(found(&format!("?{tutor}")), [route.id.as_str()]);
    assert_eq!(found(&format!("?{curator}")).len(), 2);
    other.put("deputy", "/curator", json!({})).expect(200);
    assert_eq!(found(&format!("?{curator}&{tutor}")), [route.id.as_str()]);
    let municipality = |name: &str| format!("?municipality_id={}", app.organization(name));
    assert_eq!((found(&municipality("barnaul")).len(), found(&municipality("biysk")).len()), (2, 0));
    assert_eq!((found("?kind=personalized_program").len(), found("?kind=program").len()), (2, 0));
    let change =
        json!({"kind": "program", "title": "Программа", "starts_on": "2026-03-02", "ends_on": "2027-03-01"});
    other.put("curator", "", change).expect(200);
    assert_eq!(found("?kind=program"), [other.id.as_str()]);

    route.submit("curator").expect(200);
    let back = json!({"note": "Уточните сроки", "due_on": "2026-03-10"});
    route.decide_with("director", "return", back).expect(200);
    assert_eq!(found("?rework_overdue=true"), Vec::<String>::new());
    app.days_pass(9);
    assert_eq!(found("?rework_overdue=true"), [route.id.as_str()]);
    assert_eq!(found("?rework_overdue=false"), [other.id.as_str()]);
    assert_eq!(found(&format!("?rework_overdue=true&{tutor}")), [route.id.as_str()]);
}

/// P1-51: a curator lists the external activities of the teachers whose routes he or she follows, with their state.
#[test]
fn a_curator_lists_external_activities_of_his_teachers() {
    let app = TestApp::start();
    let route = active_p1(&app);
    app.db_execute(&format!(
        "update route_activities set provider_id = '{}' where route_id = '{}' and position = 2",
        app.organization("provider_x"),
        route.id
    ))
    .unwrap();
    let lines = |query: &str| {
        let path = format!("/api/v1/route-activities?external=true{query}");
        app.persona("curator").get(&path).expect(200).json()["items"].as_array().unwrap().clone()
    };
    let of_curator = format!("&curator_id={}", app.person("curator"));
    route.put("deputy", "/curator", json!({})).expect(200);
    assert_eq!((lines("").len(), lines(&of_curator).len()), (1, 0), "nobody follows the route");
    route.put("deputy", "/curator", json!({"person_id": app.person("curator")})).expect(200);
    let found = lines(&of_curator);
    assert_eq!((found.len(), &found[0]["state"]), (1, &json!("planned")));
    assert_eq!(found[0]["person_id"], json!(app.person("teacher")));
    done(&route, "curator", &[1]);
    assert_eq!(lines(&of_curator)[0]["state"], "completed");
}

/// P2-7: the report tells the share of routes in which an activity cites a deficit or a finding.
#[test]
fn the_report_tells_the_share_of_routes_with_a_cited_basis() {
    let app = TestApp::start();
    let found = tested(&app, &["teacher", "school_2_teacher"]);
    altai_under_p2(&app);
    active_p2(&app, "teacher", "director", &[answering(&found[0])]);
    let basis = |place: &str| report(&app, "ministry", place)["figures"]["cited_basis"].clone();
    assert_eq!(basis("school_1"), json!({"routes": 1, "cited": 1, "share": 100}));
    let uncited = with(activity(None), json!({"reason": "need"}));
    active_p2(&app, "school_2_teacher", "school_2_director", &[uncited]);
    assert_eq!(basis("school_2"), json!({"routes": 1, "cited": 0, "share": 0}));
    assert_eq!(basis("altai_ministry"), json!({"routes": 2, "cited": 1, "share": 50}));
}

/// P2-34: whoever has a route in force and is enrolled in what it names learns by that route: the enrollment is linked to
/// the only line that fits, and to none where several do.
#[test]
fn an_enrollment_is_linked_to_the_line_of_the_route() {
    let app = TestApp::start();
    tested(&app, &["teacher", "teacher_2"]);
    let program = program_x(&app);
    altai_under_p2(&app);
    let whole = json!({"kind": "program", "title": "Программа", "program_id": program["id"],
        "starts_on": "2026-03-02", "ends_on": "2026-12-31", "reason": "need", "justification": "По диагностике"});
    let module = |place: usize| {
        let mut line = whole.clone();
        line["kind"] = json!("module");
        line["module_id"] = program["modules"][place]["id"].clone();
        line.as_object_mut().unwrap().remove("program_id");
        line
    };
    let single = active_p2(&app, "teacher", "director", &[module(0), whole.clone(), module(1)]);
    let twice = active_p2(&app, "teacher_2", "director", &[whole.clone(), whole.clone()]);
    let stages = json!({"stages": [
        {"kind": "study", "title": "Занятия", "hours": 24},
        {"kind": "workplace_task", "title": "Урок в своём классе", "hours": 8},
        {"kind": "final_assessment", "title": "Зачёт", "hours": 4},
    ]});
    let offering = open_with(&app, &course(&program, 9), stages.clone());
    let linked =
        |id: &str| read(&app, "teacher", "enrollments", id).expect(200).json()["activity_id"].clone();
    let line = |route: &RouteUnderTest<'_>, place: usize| {
        route.read("director").expect(200).json()["activities"][place].clone()
    };
    let mine = enroll(&app, "teacher", &offering);
    assert_eq!(linked(&mine), line(&single, 1)["id"]);
    assert_eq!(line(&single, 1)["enrollment"], json!({"id": mine, "state": "enrolled"}));
    assert!(line(&single, 0).get("enrollment").is_none(), "a module is not the whole program");
    let unclear = enroll(&app, "teacher_2", &offering);
    let shown = read(&app, "director", "enrollments", &unclear).expect(200).json();
    assert!(shown.get("activity_id").is_none(), "{shown}: two lines fit");
    let path = format!("/api/v1/enrollments/{unclear}/activity");
    let chosen = json!({"activity_id": line(&twice, 1)["id"]});
    app.persona("teacher_2").put(&path, &etag(&app, "enrollments", &unclear), chosen).expect(200);

    // The same program once more: its line is taken.
    let again = open_with(&app, &course(&program, 9), stages);
    let second = enroll(&app, "teacher", &again);
    let shown = read(&app, "teacher", "enrollments", &second).expect(200).json();
    assert!(shown.get("activity_id").is_none(), "{shown}");
    // Nobody without a route in force is linked, and nothing without a program.
    let other = open(&app, &crate::support::build_training::seminar(9));
    for persona in ["teacher", "school_2_teacher"] {
        let id = enroll(&app, persona, &other);
        assert!(read(&app, persona, "enrollments", &id).expect(200).json().get("activity_id").is_none());
    }
}
