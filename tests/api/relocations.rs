//! An organization comes under another municipality.

use serde_json::json;

use crate::support::build_approvals::Subject;
use crate::support::build_routes::RouteUnderTest;
use crate::support::build_training::{plan, seminar, with};
use crate::support::held::{SOMEBODY_WAITS, hold, until};
use crate::support::regulated_training::barnaul_under_p3;
use crate::support::{Answer, TestApp};

fn path(app: &TestApp, organization: &str) -> String {
    format!("/api/v1/organizations/{}", app.organization(organization))
}

fn relocate(app: &TestApp, by: &str, organization: &str, parent: &str) -> Answer {
    let etag = app.persona("admin").get(&path(app, organization)).expect(200).etag();
    let body = json!({"parent_id": app.organization(parent)});
    app.persona(by).post_if(&format!("{}/relocation", path(app, organization)), &etag, body)
}

/// Rows of an organization outside that municipality, in every table that says of both; logs aside.
fn left_behind(app: &TestApp, organization: &str, municipality: &str) -> Vec<String> {
    let tables = app.db_text(
        "select string_agg(m.table_name || ' ' || o.column_name, ',')
         from information_schema.columns m
         join information_schema.columns o on o.table_schema = 'public' and o.table_name = m.table_name
                                          and o.column_name in ('organization_id', 'owner_id')
         where m.table_schema = 'public' and m.column_name = 'municipality_id'",
    );
    let (whose, place) = (app.organization(organization), app.organization(municipality));
    tables
        .split(',')
        .filter_map(|table| table.split_once(' '))
        .filter(|(table, owner)| {
            let elsewhere = format!("{owner} = '{whose}' and municipality_id is distinct from '{place}'");
            app.db_text(&format!("select count(*) from {table} where {elsewhere}")) != "0"
        })
        .map(|(table, _)| table.to_owned())
        .collect()
}

/// The school's people and routes are the new municipality's at once and the old one's no longer. A log says where
/// something happened, and stays.
#[test]
fn a_school_comes_under_another_municipality() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.submit("teacher").expect(200);
    route.read("municipal_officer").expect(200);
    route.read("biysk_officer").refused(404, "request.not_found");
    assert_eq!(left_behind(&app, "school_1", "barnaul"), Vec::<String>::new());

    let moved = relocate(&app, "ministry", "school_1", "biysk").expect(200);
    let biysk = json!(app.organization("biysk"));
    assert_eq!((&moved.json()["parent_id"], &moved.json()["municipality_id"]), (&biysk, &biysk));
    assert_eq!(moved.etag(), "\"2\"");
    assert_eq!(app.persona("teacher").get(&path(&app, "school_1")).expect(200).etag(), "\"2\"");
    assert_eq!(left_behind(&app, "school_1", "biysk"), ["diagnostic_results"]);
    route.read("biysk_officer").expect(200);
    route.read("municipal_officer").refused(404, "request.not_found");
    for persona in ["teacher", "director", "coordinator"] {
        route.read(persona).expect(200);
    }
    let list = format!("/api/v1/routes?municipality_id={}", app.organization("biysk"));
    let listed = app.persona("coordinator").get(&list).expect(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

/// A request on its way keeps its deciders; the new municipality reads it.
#[test]
fn a_request_on_its_way_keeps_its_deciders() {
    let app = TestApp::start();
    let officer = json!([{"key": "department", "kind": "approve",
        "actor": {"relation": "own_municipality", "role": "municipal_officer"}}]);
    let request = Subject::with_chain(&app, "teacher", officer).request("teacher");
    request.read("biysk_officer").refused(404, "request.not_found");
    relocate(&app, "ministry", "school_1", "biysk").expect(200);
    let seen = request.read("biysk_officer").expect(200).json();
    assert_eq!(seen["state"], "in_review");
    let decision = json!({"step": 1, "decision": "approve"});
    let refused = request.send("biysk_officer", decision);
    assert_eq!(refused.status, 403, "{}", refused.text);
    assert_eq!(request.decide("municipal_officer", 1, "approve").expect(200).json()["state"], "approved");
}

/// What begins afterwards lives under the regulation of the new place; what was begun goes on under the old one.
#[test]
fn what_begins_afterwards_lives_under_the_regulation_of_the_new_place() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let before = RouteUnderTest::start(&app, "teacher", "teacher");
    let of_barnaul = before.read("teacher").expect(200).json()["regulation_id"].clone();
    relocate(&app, "ministry", "school_1", "altai_ministry").expect(200);
    assert_eq!(before.read("teacher").expect(200).json()["regulation_id"], of_barnaul);
    before.read("municipal_officer").refused(404, "request.not_found");
    let asked = format!("/api/v1/persons/{}/route-proposals", app.person("teacher_2"));
    let body = json!({"starts_on": "2026-03-02", "ends_on": "2027-03-01"});
    let proposed = app.persona("teacher_2").post(&asked, body).expect(200).json();
    assert_ne!(proposed["regulation_id"], of_barnaul);
}

/// Training is where it takes place: what the school hosts moves with it, what it holds elsewhere does not.
#[test]
fn training_moves_with_the_place_where_it_is_held() {
    let app = TestApp::start();
    let planned = |persona: &str, organiser: &str, venue: &str| {
        let data = with(seminar(5), json!({"venue_id": app.organization(venue)}));
        plan(&app, persona, organiser, &data).expect(201).id()
    };
    let hosted = planned("provider", "provider_x", "school_1");
    let elsewhere = planned("director", "school_1", "school_2");
    relocate(&app, "ministry", "school_1", "biysk").expect(200);
    let place = |id: &str| app.db_text(&format!("select municipality_id from offerings where id = '{id}'"));
    assert_eq!(place(&hosted), app.organization("biysk").to_string());
    assert_eq!(place(&elsewhere), app.organization("barnaul").to_string());
}

/// Whoever reads where the school stands and writes after it has moved does not write the old place.
#[test]
fn what_is_written_while_the_school_moves_lies_where_it_stands_then() {
    let app = TestApp::start();
    let (school, biysk) = (app.organization("school_1"), app.organization("biysk"));
    let body = json!({"organization_id": school, "data": {"name": "МО историков"}});
    let moving = hold(
        &app,
        &format!(
            "select from organizations where id = '{school}' for update;
             update organizations set parent_id = '{biysk}', municipality_id = '{biysk}' where id = '{school}'"
        ),
    );
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| app.persona("director").post("/api/v1/associations", body));
        until(&app, SOMEBODY_WAITS);
        drop(moving);
        writing.join().unwrap().expect(201);
    });
    assert_eq!(left_behind(&app, "school_1", "biysk"), [""; 0]);
}

/// A move waits for what is being written at the school, and takes it along.
#[test]
fn what_is_being_written_moves_with_the_school() {
    let app = TestApp::start();
    let (school, barnaul) = (app.organization("school_1"), app.organization("barnaul"));
    let writing = hold(
        &app,
        &format!(
            "insert into associations (id, region_id, municipality_id, organization_id, name, created_at, updated_at)
             select gen_random_uuid(), region_id, '{barnaul}', id, 'МО историков', now(), now()
             from organizations where id = '{school}'"
        ),
    );
    std::thread::scope(|scope| {
        let moving = scope.spawn(|| relocate(&app, "ministry", "school_1", "biysk"));
        until(&app, SOMEBODY_WAITS);
        drop(writing);
        moving.join().unwrap().expect(200);
    });
    assert_eq!(left_behind(&app, "school_1", "biysk"), [""; 0]);
}

/// Only whoever leads both moves an organization, and only to where it may stand.
#[test]
fn what_cannot_move_is_refused() {
    let app = TestApp::start();
    for other in ["director", "municipal_officer", "biysk_officer", "coordinator", "teacher"] {
        relocate(&app, other, "school_1", "biysk").refused(403, "auth.forbidden");
    }
    relocate(&app, "chel_ministry", "school_1", "biysk").refused(404, "request.not_found");
    let refused = |organization: &str, parent: &str| {
        relocate(&app, "ministry", organization, parent).expect(422).codes()[1].clone()
    };
    assert_eq!(refused("school_1", "barnaul"), "unchanged");
    assert_eq!(refused("school_1", "school_2"), "wrong_parent");
    assert_eq!(refused("school_1", "chel_city"), "unknown");
    assert_eq!(refused("coordinator", "barnaul"), "wrong_kind");
    assert_eq!(refused("barnaul", "altai_ministry"), "wrong_kind");
    assert_eq!(refused("barnaul_center", "altai_ministry"), "wrong_parent");
    relocate(&app, "admin", "school_1", "chel_city").refused(422, "other_region");
    let target = format!("{}/relocation", path(&app, "school_1"));
    let body = json!({"parent_id": app.organization("biysk")});
    app.persona("ministry").post(&target, body.clone()).refused(428, "request.precondition_required");
    app.persona("ministry").post_if(&target, "\"7\"", body).refused(412, "request.precondition_failed");
    let actions = |by: &str, organization: &str| {
        app.persona(by).get(&path(&app, organization)).expect(200).json()["allowed_actions"].clone()
    };
    assert_eq!(actions("ministry", "school_1"), json!(["update_organization", "relocate_organization"]));
    assert_eq!(actions("ministry", "barnaul"), json!(["update_organization"]));
    assert_eq!(actions("municipal_officer", "school_1"), json!(["update_organization"]));
}
