//! Support of routes: records, the report, consultations on difficulties, opinions beside the route.

use serde_json::{Value, json};

use crate::support::build_approvals::Subject;
use crate::support::build_diagnostics::{coordinator_instrument, deficits, result};
use crate::support::build_routes::RouteUnderTest;
use crate::support::regulated_training::{live_under_changed, school_1_under_p1};
use crate::support::{Answer, TestApp};

fn record(app: &TestApp, route: &RouteUnderTest<'_>, by: &str, kind: &str, held_on: &str) -> Answer {
    let body = json!({"kind": kind, "held_on": held_on, "topic": "Первый этап", "text": "Обсудили"});
    app.persona(by).post(&route.path("/support-records"), body)
}

fn named(app: &TestApp, person: &str) -> Value {
    json!({"person_id": app.person(person)})
}

fn kinds(app: &TestApp, path: &str, to: &str) -> Vec<Value> {
    let page = app.persona(to).get(path).expect(200).json();
    page["items"].as_array().unwrap().iter().map(|item| item["data"]["kind"].clone()).collect()
}

/// P1-13: the tutor finds achievements and difficulties, helps to design and to describe experience and organizes
/// reflection: each a kind of record, listed on the route.
#[test]
fn the_tutor_records_four_kinds_of_support() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    record(&app, &route, "deputy", "diagnosis", "2026-03-02").refused(403, "auth.forbidden");
    route.put("director", "/tutor", named(&app, "deputy")).expect(200);
    for (kind, day) in [
        ("diagnosis", "2026-02-26"),
        ("design_help", "2026-02-27"),
        ("experience_description", "2026-02-28"),
        ("reflection", "2026-03-01"),
    ] {
        let made = record(&app, &route, "deputy", kind, day).expect(201).json();
        assert_eq!((&made["supporter_role"], &made["data"]["kind"]), (&json!("route_tutor"), &json!(kind)));
    }
    let path = route.path("/support-records");
    let expected = ["reflection", "experience_description", "design_help", "diagnosis"];
    assert_eq!(kinds(&app, &path, "teacher"), expected);
    assert_eq!(kinds(&app, &format!("{path}?kind=diagnosis"), "teacher"), ["diagnosis"]);
    record(&app, &route, "deputy", "sport", "2026-03-01").refused(422, "unknown_value");
    record(&app, &route, "teacher", "reflection", "2026-03-01").refused(403, "auth.forbidden");
    record(&app, &route, "school_2_director", "reflection", "2026-03-01").refused(404, "request.not_found");
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
    assert_eq!(kinds(&app, "/api/v1/support-records", "deputy").len(), 4);
    assert_eq!(kinds(&app, "/api/v1/support-records?kind=reflection", "teacher").len(), 1);
    assert!(kinds(&app, "/api/v1/support-records", "school_2_director").is_empty());
    assert!(app.db_execute("delete from route_support_records").is_err());
}

/// A school may keep fewer kinds.
#[test]
fn the_kinds_of_support_come_from_the_regulation() {
    let app = TestApp::start();
    live_under_changed(&app, "director", "school_1", "p1-grozny-school-91", |profile| {
        profile["support"]["tutoring"]["kinds"] = json!(["diagnosis"]);
    });
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    let refused = record(&app, &route, "curator", "reflection", "2026-03-02");
    assert_eq!(refused.refused(422, "support_kind_not_allowed").json()["errors"][0]["paragraph"], "1.8");
    record(&app, &route, "curator", "diagnosis", "2026-03-02").expect(201);
    record(&app, &route, "curator", "contact", "2026-03-02").expect(201);
}

/// P1-36: the teacher is supported between and after courses: a record may be dated outside any enrollment, before the
/// route and after it; only not in the future.
#[test]
fn support_may_be_dated_outside_any_enrollment() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    assert_eq!(app.db_text("select count(*)::text from enrollments"), "0");
    record(&app, &route, "curator", "consultation", "2025-10-10").expect(201);
    route.post("teacher", "/withdrawal", json!(null)).expect(200);
    record(&app, &route, "curator", "reflection", "2026-03-02").expect(201);
    record(&app, &route, "curator", "reflection", "2026-03-03").refused(422, "date_out_of_range");
    assert_eq!(kinds(&app, &route.path("/support-records"), "teacher").len(), 2);
}

fn consult(app: &TestApp, person: &str, deficit_ids: &[&str]) -> Answer {
    let body = json!({"person_id": app.person(person), "data": {"kind": "route_drafting",
        "topic": "Разработка программы", "text": "С учётом затруднений", "held_on": "2026-03-01",
        "deficit_ids": deficit_ids}});
    app.persona("curator").post("/api/v1/consultations", body)
}

/// P1-43, P1-52: the report says of each curator how many consultations he gave and how many routes he supported.
#[test]
fn the_report_counts_consultations_and_supported_routes() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let first = RouteUnderTest::start(&app, "teacher", "teacher");
    let second = RouteUnderTest::start(&app, "teacher_2", "teacher_2");
    for (route, kind) in
        [(&first, "diagnosis"), (&first, "diagnosis"), (&first, "reflection"), (&second, "contact")]
    {
        record(&app, route, "curator", kind, "2026-03-01").expect(201);
    }
    first.put("director", "/tutor", named(&app, "director")).expect(200);
    record(&app, &first, "director", "reflection", "2026-02-01").expect(201);
    for person in ["teacher", "teacher_2", "teacher"] {
        consult(&app, person, &[]).expect(201);
    }
    let report = |by: &str, days: &str| {
        let path = format!("/api/v1/organizations/{}/support-report?{days}", app.organization("school_1"));
        app.persona(by).get(&path)
    };
    let march = "from=2026-03-01&until=2026-03-31";
    let rows = report("director", march).expect(200).json()["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!(rows[0]["supporter_id"], json!(app.person("curator")));
    assert_eq!((&rows[0]["consultations"], &rows[0]["supported_routes"]), (&json!(3), &json!(2)));
    let counts = json!([{"kind": "diagnosis", "records": 2}, {"kind": "reflection", "records": 1},
        {"kind": "contact", "records": 1}]);
    assert_eq!(rows[0]["records"], counts);
    let year = report("municipal_officer", "from=2026-01-01&until=2026-12-31").expect(200).json();
    assert_eq!(year["rows"][1]["supporter_id"], json!(app.person("director")));
    report("director", "from=2026-03-02&until=2026-03-01").refused(422, "dates_out_of_order");
    report("school_2_director", march).refused(403, "auth.forbidden");
    report("chel_director", march).refused(404, "request.not_found");
    report("teacher", march).refused(403, "auth.forbidden");
}

/// P1-49: the curator consults on drafting with regard to found difficulties: person, day, topic and the deficits, which
/// are those of the person.
#[test]
fn the_curator_consults_with_regard_to_difficulties() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    for person in ["teacher", "teacher_2"] {
        result(&app, "coordinator", person, &instrument, "2026-02-01", &[("B.1", 20.0)]);
    }
    let deficit = |person: &str| deficits(&app, "coordinator", person)[0]["id"].as_str().unwrap().to_owned();
    let (own, other) = (deficit("teacher"), deficit("teacher_2"));
    school_1_under_p1(&app);
    let held = consult(&app, "teacher", &[&own]).expect(201);
    let read = app.persona("teacher").get(&format!("/api/v1/consultations/{}", held.id())).expect(200).json();
    assert_eq!(
        (&read["person_id"], &read["consultant_id"]),
        (&json!(app.person("teacher")), &json!(app.person("curator")))
    );
    assert_eq!(
        (&read["data"]["held_on"], &read["data"]["topic"]),
        (&json!("2026-03-01"), &json!("Разработка программы"))
    );
    assert_eq!(read["data"]["deficit_ids"], json!([own]));
    let refused = consult(&app, "teacher", &[&other]).refused(422, "unknown").json();
    assert_eq!(refused["errors"][0]["pointer"], "/data/deficit_ids/0");
    let list = app.persona("teacher").get("/api/v1/consultations").expect(200).json();
    assert_eq!(list["items"][0]["data"]["deficit_ids"], json!([own]));
    assert!(app.db_execute("update consultation_deficits set deficit_id = deficit_id").is_err());
}

/// P1-49: a consultation on drafting names the route it was about: one of the person who was consulted, which the one who
/// consults may read.
#[test]
fn a_consultation_names_the_route_it_was_about() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let own = RouteUnderTest::start(&app, "teacher", "teacher");
    let other = RouteUnderTest::start(&app, "teacher_2", "teacher_2");
    let consult = |person: Option<&str>, route_id: &str| {
        let mut body = json!({"data": {"kind": "route_drafting", "topic": "Разработка программы",
            "text": "Разобрали части программы", "held_on": "2026-03-01", "route_id": route_id}});
        match person {
            Some(person) => body["person_id"] = json!(app.person(person)),
            None => body["organization_id"] = json!(app.organization("school_1")),
        }
        app.persona("curator").post("/api/v1/consultations", body)
    };
    let held = consult(Some("teacher"), &own.id).expect(201);
    assert_eq!(held.json()["data"]["route_id"], json!(own.id));
    let read = app.persona("teacher").get(&format!("/api/v1/consultations/{}", held.id())).expect(200).json();
    assert_eq!(read["data"]["route_id"], json!(own.id));
    let nothing = rost::ids::new_id().to_string();
    for (person, route_id) in
        [(Some("teacher"), &other.id), (Some("teacher"), &nothing), (None, &own.id), (None, &nothing)]
    {
        let refused = consult(person, route_id).refused(422, "unknown").json();
        assert_eq!(refused["errors"][0]["pointer"], "/data/route_id");
    }
    consult(Some("teacher_2"), &other.id).expect(201);
    let about = |route: &RouteUnderTest<'_>, reader: &str| {
        let path = format!("/api/v1/consultations?route_id={}", route.id);
        let page = app.persona(reader).get(&path).expect(200).json();
        page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(about(&own, "curator"), [json!(held.id())]);
    assert_eq!((about(&other, "curator").len(), about(&other, "teacher").len()), (1, 0));
}

/// P4-38: a methodist of the coordinator is the tutor of the route and logs contacts with the teacher.
#[test]
fn the_coordinator_accompanies_the_route() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.approve_p4();
    let read = route.put("coordinator", "/tutor", named(&app, "coordinator")).expect(200).json();
    assert_eq!(read["people"]["tutor_id"], json!(app.person("coordinator")));
    let made = record(&app, &route, "coordinator", "contact", "2026-03-02").expect(201).json();
    assert_eq!(made["supporter_id"], json!(app.person("coordinator")));
    assert_eq!(kinds(&app, &route.path("/support-records"), "teacher"), ["contact"]);
    let actions = route.read("coordinator").expect(200).json()["allowed_actions"].clone();
    assert!(actions.as_array().unwrap().contains(&json!("record_route_support")));
    record(&app, &route, "director", "contact", "2026-03-02").refused(403, "auth.forbidden");
    record(&app, &route, "chel_deputy", "contact", "2026-03-02").refused(404, "request.not_found");
}

/// P1-28: what the association, the council and the teachers said before the approval stands beside the route, and nobody
/// had to say anything.
#[test]
fn opinions_are_read_beside_the_route() {
    let app = TestApp::start();
    let subject = Subject::new(&app, "teacher", "p1-grozny-school-91");
    let request = subject.request("teacher");
    let opinion = json!({"step": 3, "decision": "opinion", "note": "Программа своевременна",
        "meeting": {"held_on": "2026-03-02"}});
    request.send("secretary", opinion).expect(200);
    let path = format!("/api/v1/approval-requests?subject_id={}", subject.id);
    let id = app.persona("teacher").get(&path).expect(200).json()["items"][0]["id"].clone();
    let path = format!("/api/v1/approval-requests/{}", id.as_str().unwrap());
    let read = app.persona("teacher").get(&path).expect(200);
    assert!(read.text.contains("Программа своевременна"), "{}", read.text);
    assert_eq!(read.json()["open_step"], 4);
    let act = json!({"step": 4, "decision": "approve", "act_number": "14-о", "act_date": "2026-03-02"});
    assert_eq!(request.send("director", act).expect(200).json()["state"], "approved");
}
