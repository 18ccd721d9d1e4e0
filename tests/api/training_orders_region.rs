//! Training orders of a region under the regulation of Kostroma (P2): within the state assignment, traceable to persons.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_orders::{
    agreed, assignment, begin_for, known_program, lines, of_program, read, regional, send,
};
use crate::support::build_routes::RouteUnderTest;
use crate::support::build_training::{etag, listed, move_to, plan, seminar, with};
use crate::support::regulated_training::{altai_under_p2, barnaul_under_p3};

/// P2-24: the operator's order is added up from municipalities and state schools; above the state assignment it is
/// refused with the line, the sums and the rest, and nothing is lost.
#[test]
fn the_operators_order_stays_within_the_state_assignment() {
    let app = TestApp::start();
    let program = known_program(&app);
    altai_under_p2(&app);
    let (id, _) = regional(&app, &program);
    let sums = read(&app, "operator", &id).expect(200).json()["sums"].clone();
    assert_eq!(
        (&sums["people"], &sums["person_hours"], &sums["lines"]),
        (&json!(5), &json!(80.0), &json!(1))
    );
    send(&app, "operator", &id, "submission", json!({})).refused(422, "outside_assignment");
    let assigned = assignment(&app, &program, 4);
    let refused =
        send(&app, "operator", &id, "submission", json!({})).refused(422, "above_assignment").json();
    let field = &refused["errors"][0];
    assert_eq!((&field["requirement"], &field["paragraph"]), (&json!("P2-24"), &json!("16")));
    assert_eq!(field["pointer"], json!(format!("/assignments/{assigned}")));
    let words = field["message"].as_str().unwrap();
    assert!(
        words.contains("в заказе 5 чел., 80 ч; в задании 4 чел., 64 ч; остаток -1 чел., -16 ч"),
        "{words}"
    );
    assert_eq!(read(&app, "operator", &id).json()["state"], "draft");
    let more = json!({"plan": {"people": 5, "person_hours": 80}});
    let etag = etag(&app, "state_assignments", &assigned);
    app.persona("ministry").put(&format!("/api/v1/state-assignments/{assigned}"), &etag, more).expect(200);
    let submitted = send(&app, "operator", &id, "submission", json!({})).expect(200).json();
    assert_eq!(submitted["state"], "submitted");
}

/// P2-24, P3-27: a line is followed down to persons and their deficits, and up to the state assignment.
#[test]
fn a_line_is_followed_to_persons_and_deficits_and_to_the_assignment() {
    let app = TestApp::start();
    let (route, deficit) = RouteUnderTest::complete_p4(&app);
    let activity = route.read("teacher").expect(200).json()["activities"][0]["id"].clone();
    route.approve_p4();
    let program = known_program(&app);
    altai_under_p2(&app);
    let school = begin_for(&app, "director", "school_1", "school", 2026).expect(201).id();
    send(&app, "director", &school, "lines", json!({"origin": "route", "activity_id": activity})).expect(201);
    send(&app, "director", &school, "lines", of_program(&program, 3)).expect(201);
    agreed(&app, "director", &school);
    let city = begin_for(&app, "municipal_officer", "barnaul", "municipality", 2026).expect(201).id();
    let above = lines(&app, "municipal_officer", &city);
    let of_route = above.iter().find(|line| line["program_id"] != program["id"]).unwrap();
    let path = format!("/api/v1/training-order-lines/{}/sources", of_route["id"].as_str().unwrap());
    let page = app.persona("municipal_officer").get(&path).expect(200).json();
    let source = &page["items"][0];
    assert_eq!((&source["person_id"], &source["activity_id"]), (&json!(app.person("teacher")), &activity));
    assert_eq!((&source["deficit_ids"], &source["order_id"]), (&json!([deficit]), &json!(school)));
    app.persona("biysk_officer").get(&path).refused(404, "request.not_found");

    let below = lines(&app, "director", &school)[1].clone();
    let line = app
        .persona("director")
        .get(&format!("/api/v1/training-order-lines/{}", below["id"].as_str().unwrap()));
    let line = line.expect(200).json();
    assert_eq!(line["above"][0]["order_id"], json!(city));
    assert_eq!(line["above"][0]["level"], "municipality");
}

/// P2-15: who plans training in the calendar year, by municipality and school: a person once for each ground.
#[test]
fn the_list_of_those_who_plan_training_names_a_person_once_for_each_ground() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let id = begin_for(&app, "director", "school_1", "school", 2026).expect(201).id();
    for (ground, topic) in [("new_post", "Управление"), ("new_post", "Право"), ("modernization", "ФГОС")]
    {
        let need = json!({"person_id": app.person("teacher"), "ground": ground, "topic": topic});
        let need = app.persona("director").post("/api/v1/needs", need).expect(201).id();
        send(&app, "director", &id, "lines", json!({"origin": "need", "need_id": need})).expect(201);
    }
    let list = |persona: &str, query: &str| {
        app.persona(persona).get(&format!("/api/v1/training-participants?year={query}")).expect(200)
    };
    assert_eq!(listed(&list("operator", "2026"), "ground"), Vec::<Value>::new());
    agreed(&app, "director", &id);
    let barnaul = app.organization("barnaul");
    for persona in ["operator", "municipal_officer", "director"] {
        let found = list(persona, &format!("2026&municipality_id={barnaul}"));
        assert_eq!(listed(&found, "ground"), [json!("modernization"), json!("new_post")], "{persona}");
        assert_eq!(listed(&found, "lines"), [json!(1), json!(2)]);
    }
    assert_eq!(listed(&list("school_2_director", "2026"), "ground"), Vec::<Value>::new());
    assert_eq!(listed(&list("operator", "2027"), "ground"), Vec::<Value>::new());
}

/// P3-28: what the municipal centre and a school have agreed is stored, by either of them; no contract of a provider is
/// an agreement, and no agreement a contract.
#[test]
fn an_agreement_of_the_centre_with_a_school_is_stored() {
    let app = TestApp::start();
    let body = |school: &str, provider: &str, kind: &str| {
        json!({"organization_id": app.organization(school), "provider_id": app.organization(provider), "kind": kind,
               "data": {"number": "С-1", "signed_on": "2026-02-20", "sum_kopecks": 0, "subject": "Семинары года"}})
    };
    let record = |persona: &str, body: Value| app.persona(persona).post("/api/v1/contracts", body);
    let agreement = body("school_1", "barnaul_center", "agreement");
    // The regulation of the territory does not leave it to the methodist yet.
    record("methodist", agreement.clone()).refused(403, "auth.forbidden");
    barnaul_under_p3(&app);
    let made = record("methodist", agreement.clone()).expect(201).json();
    assert_eq!((&made["kind"], &made["state"]), (&json!("agreement"), &json!("active")));
    record("methodist", agreement).refused(409, "conflict.already_exists");
    record("methodist", body("school_1", "barnaul_center", "contract")).refused(403, "auth.forbidden");
    record("methodist", body("school_3", "barnaul_center", "agreement")).refused(403, "auth.forbidden");
    record("school_2_director", body("school_2", "provider_x", "agreement")).refused(422, "not_a_center");
    record("school_2_director", body("school_2", "barnaul_center", "agreement")).expect(201);
    let page = app.persona("methodist").get("/api/v1/contracts?kind=agreement").expect(200);
    assert_eq!(listed(&page, "kind"), [json!("agreement"), json!("agreement")]);
    let page = app.persona("director").get("/api/v1/contracts").expect(200);
    assert_eq!(listed(&page, "organization_id"), [json!(app.organization("school_1"))]);
}

/// P3-10: for a new school year what recurs is planned again, and schools hand in new requests.
#[test]
fn a_new_school_year_copies_what_recurs_and_takes_new_requests() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let data = with(seminar(25), json!({"title": "Объединение учителей начальных классов"}));
    let offering = plan(&app, "methodist", "barnaul_center", &data).expect(201).id();
    move_to(&app, "methodist", &offering, "open").expect(200);
    let old = begin_for(&app, "director", "school_1", "school", 2025).expect(201).id();
    let copy = json!({"starts_on": "2026-10-10"});
    let copied = app.persona("methodist").post(&format!("/api/v1/offerings/{offering}/copies"), copy);
    let copied = copied.expect(201).json();
    assert_eq!((&copied["copied_from_id"], &copied["state"]), (&json!(offering), &json!("planned")));
    let new = begin_for(&app, "director", "school_1", "school", 2026).expect(201).json();
    assert_eq!((&new["starts_on"], &new["ends_on"]), (&json!("2026-09-01"), &json!("2027-08-31")));
    assert_ne!(new["id"], json!(old));
    let request = json!({"origin": "head_request", "topic": "Чтение", "people": 2});
    send(&app, "director", new["id"].as_str().unwrap(), "lines", request).expect(201);
    send(&app, "director", new["id"].as_str().unwrap(), "submission", json!({})).expect(200);
    let year = begin_for(&app, "methodist", "barnaul", "municipality", 2026).expect(201).json();
    assert_eq!(year["sums"]["people"], json!(2));
}
