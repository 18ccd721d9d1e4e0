//! Offerings: what is said of them, who finds them, what is refused.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_training::{
    course, listed, move_to, offering_leader, open, open_with, plan, plan_with, program_x, seminar, with,
};

const PATH: &str = "/api/v1/offerings";

fn titles(app: &TestApp, persona: &str, query: &str) -> Vec<Value> {
    listed(&app.persona(persona).get(&format!("{PATH}{query}")).expect(200), "title")
}

/// P3-7: courses, seminars, master classes, sessions of associations and others are kinds of one thing.
#[test]
fn every_kind_of_service_is_an_offering() {
    let app = TestApp::start();
    for kind in [
        "seminar",
        "master_class",
        "association_session",
        "conference",
        "workshop",
        "webinar",
        "consultation",
        "contest",
        "other",
    ] {
        let made =
            plan(&app, "provider", "provider_x", &with(seminar(20), json!({"kind": kind}))).expect(201);
        assert_eq!(made.json()["data"]["kind"], kind);
    }
    let program = program_x(&app);
    let made = plan(&app, "provider", "provider_x", &course(&program, 20)).expect(201).json();
    assert_eq!((&made["program_version"], &made["state"]), (&json!(1), &json!("planned")));
    let unknown = with(seminar(20), json!({"kind": "party"}));
    plan(&app, "provider", "provider_x", &unknown).refused(422, "request.invalid");
}

/// P0-1: convenient dates and forms, by content: filters by module, by a range of days and by form of study.
#[test]
fn offerings_are_found_by_module_dates_and_form() {
    let app = TestApp::start();
    let program = program_x(&app);
    let module = &program["modules"][1];
    let by_module = json!({"kind": "module", "title": "Модуль", "program_id": program["id"], "module_id": module["id"],
        "hours": 12, "practical_hours": 0});
    open(&app, &with(seminar(10), by_module));
    open(
        &app,
        &with(seminar(10), json!({"title": "Апрель", "starts_on": "2026-04-06", "ends_on": "2026-04-08"})),
    );
    open(&app, &with(seminar(10), json!({"title": "Заочно", "study_form": "extramural"})));
    let module_id = module["id"].as_str().unwrap();
    assert_eq!(titles(&app, "teacher", &format!("?module_id={module_id}")), ["Модуль"]);
    assert_eq!(titles(&app, "teacher", "?from=2026-04-01&until=2026-04-30"), ["Апрель"]);
    assert_eq!(titles(&app, "teacher", "?study_form=extramural"), ["Заочно"]);
    assert_eq!(titles(&app, "teacher", "?kind=seminar&until=2026-03-31"), ["Заочно"]);
    assert_eq!(titles(&app, "teacher", "?seats_free_min=11"), Vec::<Value>::new());
    let first = app.persona("teacher").get(&format!("{PATH}?limit=2")).expect(200).json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = app.persona("teacher").get(&format!("{PATH}?limit=2&cursor={cursor}")).expect(200).json();
    assert_eq!((first["items"].as_array().unwrap().len(), second["items"].as_array().unwrap().len()), (2, 1));
}

/// P0-1: a range of dates finds what has a day in it, the first and the last one included; the filters narrow each other,
/// and other regions have offerings of their own.
#[test]
fn offerings_are_found_on_any_of_their_days() {
    let app = TestApp::start();
    let program = program_x(&app);
    let module = &program["modules"][1]["id"];
    let over_the_month = json!({"kind": "module", "title": "Модуль", "program_id": program["id"], "module_id": module,
        "hours": 12, "practical_hours": 0, "starts_on": "2026-03-28", "ends_on": "2026-04-02"});
    open(&app, &with(seminar(10), over_the_month));
    let found = |query: &str| titles(&app, "teacher", query).len();
    for (query, hits) in [
        ("?from=2026-04-02", 1),
        ("?from=2026-04-03", 0),
        ("?until=2026-03-28", 1),
        ("?until=2026-03-27", 0),
        ("?from=2026-03-30&until=2026-03-31", 1),
    ] {
        assert_eq!(found(query), hits, "{query}");
    }
    let module = module.as_str().unwrap();
    let dates = "from=2026-04-01&until=2026-04-30";
    assert_eq!(found(&format!("?module_id={module}&{dates}&study_form=full_time")), 1);
    assert_eq!(found(&format!("?module_id={module}&{dates}&study_form=extramural")), 0);
    assert_eq!(titles(&app, "chel_teacher", ""), Vec::<Value>::new());
}

/// P1-35, P2-9: a school that is an innovation site hosts internships with hours; without a host there is none.
#[test]
fn an_innovation_site_hosts_internships() {
    let app = TestApp::start();
    let path = format!("/api/v1/organizations/{}", app.organization("school_2"));
    let school = app.persona("municipal_officer").get(&path).expect(200);
    let data = with(school.json()["data"].clone(), json!({"functions": ["innovation_site"]}));
    let changed = app.persona("municipal_officer").put(&path, &school.etag(), data).expect(200).json();
    assert_eq!(changed["data"]["functions"], json!(["innovation_site"]));

    let internship = with(seminar(5), json!({"kind": "internship", "title": "Стажировка", "hours": 18}));
    let refused = plan(&app, "provider", "provider_x", &internship).refused(422, "required");
    assert_eq!(refused.json()["errors"][0]["requirement"], "P2-9");
    open(&app, &with(internship, json!({"venue_id": app.organization("school_2")})));
    open(&app, &seminar(5));
    assert_eq!(titles(&app, "teacher", "?venue_function=innovation_site"), ["Стажировка"]);
    let hosted = format!("?venue_id={}&kind=internship", app.organization("school_2"));
    let page = app.persona("teacher").get(&format!("{PATH}{hosted}")).expect(200);
    assert_eq!(listed(&page, "hours"), [json!(18.0)]);
}

/// P1-37: several organizations hold an offering together; each is named once, and found by any of them.
#[test]
fn an_offering_has_several_partners() {
    let app = TestApp::start();
    let partners = [app.organization("provider_y"), app.organization("barnaul_center")];
    let id = open_with(&app, &seminar(5), json!({"partner_ids": partners}));
    let read = app.persona("teacher").get(&format!("{PATH}/{id}")).expect(200).json();
    assert_eq!(read["partner_ids"].as_array().unwrap().len(), 2);
    let query = format!("?organization_id={}", app.organization("barnaul_center"));
    assert_eq!(titles(&app, "teacher", &query).len(), 1);
    let wrong = [partners[0], partners[0], app.organization("provider_x"), app.organization("chel_provider")];
    let refused = plan_with(&app, "provider", "provider_x", &seminar(5), json!({"partner_ids": wrong}));
    let codes = refused.refused(422, "request.invalid").codes();
    for code in ["duplicate", "not_allowed", "unknown"] {
        assert!(codes.iter().any(|known| known == code), "{code} in {codes:?}");
    }
}

/// P3-8: the practical share is a part of the whole.
#[test]
fn the_practical_share_is_never_more_than_the_whole() {
    let app = TestApp::start();
    let made = plan(&app, "provider", "provider_x", &seminar(5)).expect(201).json();
    assert_eq!((&made["data"]["hours"], &made["data"]["practical_hours"]), (&json!(6.0), &json!(2.0)));
    let refused = plan(&app, "provider", "provider_x", &with(seminar(5), json!({"practical_hours": 6.5})));
    let refused = refused.refused(422, "hours_exceed").json();
    assert_eq!(refused["errors"][0]["requirement"], "P3-8");
}

/// P3-30: an offering takes place at a school while another organization holds it, and is found where it is.
#[test]
fn the_venue_may_differ_from_the_organiser() {
    let app = TestApp::start();
    let at_school = with(seminar(5), json!({"title": "В школе", "venue_id": app.organization("school_3")}));
    let id = open(&app, &at_school);
    open(&app, &seminar(5));
    let read = app.persona("teacher").get(&format!("{PATH}/{id}")).expect(200).json();
    assert_eq!(read["organization_id"], json!(app.organization("provider_x")));
    assert_eq!(read["municipality_id"], json!(app.organization("biysk")));
    assert_eq!(
        titles(&app, "teacher", &format!("?municipality_id={}", app.organization("biysk"))),
        ["В школе"]
    );
    assert_eq!(titles(&app, "teacher", &format!("?venue_id={}", app.organization("school_3"))), ["В школе"]);
    let foreign = with(seminar(5), json!({"venue_id": app.organization("chel_school")}));
    plan(&app, "provider", "provider_x", &foreign).refused(422, "unknown");
}

#[test]
fn every_wrong_field_is_reported_at_once() {
    let app = TestApp::start();
    let program = program_x(&app);
    let data = json!({"kind": "course", "title": "  \u{a0} .", "program_id": program["id"], "ends_on": "2026-03-01",
        "apply_until": "2026-03-05", "hours": 20, "practical_hours": 30, "venue_id": rost::ids::new_id(),
        "leader_id": app.person("chel_teacher")});
    let stages = json!({"stages": [{"kind": "study", "title": "Лекции", "hours": 30}]});
    let refused = plan_with(&app, "provider", "provider_x", &with(seminar(5), data), stages);
    let refused = refused.refused(422, "request.invalid").json();
    let problems: Vec<(&str, &str)> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    for expected in [
        ("/data/ends_on", "dates_out_of_order"),
        ("/data/apply_until", "dates_out_of_order"),
        ("/data/hours", "hours_differ"),
        ("/data/practical_hours", "hours_exceed"),
        ("/data/venue_id", "unknown"),
        ("/data/leader_id", "unknown"),
        ("/stages", "hours_exceed"),
    ] {
        assert!(problems.contains(&expected), "{expected:?} in {problems:?}");
    }
    plan(&app, "provider", "provider_x", &with(seminar(0), json!({}))).refused(422, "range");
    plan(&app, "provider", "provider_x", &with(seminar(5), json!({"kind": "course"})))
        .refused(422, "required");
}

/// A course follows an accepted program of the organiser.
#[test]
fn a_course_follows_a_program_of_whoever_teaches_it() {
    let app = TestApp::start();
    let program = program_x(&app);
    let body = course(&program, 5);
    plan(&app, "provider_y", "provider_y", &body).refused(422, "not_the_teacher");
    let mut without_hours = body;
    without_hours.as_object_mut().unwrap().remove("hours");
    let made = plan(&app, "provider", "provider_x", &without_hours).expect(201).json();
    assert_eq!(made["data"]["hours"], 36.0);
    let draft = crate::support::build_registry::program(&app, "provider_x", "Черновик");
    let draft = crate::support::build_registry::draft(&app, "provider", &draft);
    plan(&app, "provider", "provider_x", &course(&json!({"id": draft}), 5)).refused(422, "not_accepted");
}

#[test]
fn an_offering_is_planned_by_its_organiser_alone() {
    let app = TestApp::start();
    plan(&app, "teacher", "school_1", &seminar(5)).refused(403, "auth.forbidden");
    plan(&app, "provider", "provider_y", &seminar(5)).refused(403, "auth.forbidden");
    plan(&app, "provider", "chel_provider", &seminar(5)).refused(422, "unknown");
    plan(&app, "ministry", "altai_ministry", &seminar(5)).refused(403, "auth.forbidden");
    plan(&app, "director", "school_1", &seminar(5)).expect(201);
    let id = plan(&app, "provider", "provider_x", &seminar(5)).expect(201).id();
    let path = format!("{PATH}/{id}");
    for stranger in ["teacher", "ministry", "provider_y", "chel_ministry"] {
        app.persona(stranger).get(&path).refused(404, "request.not_found");
    }
    assert_eq!(titles(&app, "provider", "").len(), 1);
    assert_eq!(titles(&app, "provider_y", "").len(), 0);
    move_to(&app, "provider", &id, "open").expect(200);
    app.persona("teacher").get(&path).expect(200);
    app.persona("chel_ministry").get(&path).refused(404, "request.not_found");
    let update = json!({"data": seminar(6)});
    app.persona("teacher").put(&path, "\"2\"", update.clone()).refused(403, "auth.forbidden");
    app.persona("provider").put(&path, "\"1\"", update.clone()).refused(412, "request.precondition_failed");
    let changed = app.persona("provider").put(&path, "\"2\"", update).expect(200).json();
    assert_eq!((&changed["seats_free"], &changed["state"]), (&json!(6), &json!("open")));
}

/// The leader sees what he is to lead before it is announced.
#[test]
fn the_leader_sees_the_planned_offering() {
    let app = TestApp::start();
    let led = with(seminar(5), json!({"leader_id": app.person("teacher_2")}));
    let id = plan(&app, "provider", "provider_x", &led).expect(201).id();
    let leader = offering_leader(&app, "teacher_2", "provider_x");
    leader.get(&format!("{PATH}/{id}")).expect(200);
    assert_eq!(listed(&leader.get(PATH).expect(200), "id"), [json!(id)]);
}
