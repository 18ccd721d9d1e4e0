//! One teacher's route under each of the five regulations: who is asked, in which order, and that it comes into force.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_approvals::Subject;
use crate::support::build_diagnostics::deficit;
use crate::support::build_following::complete_p1;
use crate::support::build_registry::{accepted, module, program};
use crate::support::build_routes::{RouteUnderTest, activity, altai_program, chel_program};
use crate::support::regulated_training::{altai_under_p2, barnaul_under_p3};

/// The approval of a route as that persona reads it.
fn request(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str) -> Value {
    let path = format!("/api/v1/approval-requests?subject_id={}", route.id);
    let id = app.persona(persona).get(&path).expect(200).json()["items"][0]["id"].clone();
    let path = format!("/api/v1/approval-requests/{}", id.as_str().unwrap());
    app.persona(persona).get(&path).expect(200).json()
}

/// What is asked of whom, and where it stands.
fn asked(request: &Value) -> Vec<String> {
    let step = |step: &Value| {
        let role = step["role"].as_str().unwrap_or("learner");
        format!("{} by {role}: {}", step["kind"].as_str().unwrap(), step["state"].as_str().unwrap())
    };
    request["steps"].as_array().unwrap().iter().map(step).collect()
}

fn state(route: &RouteUnderTest<'_>) -> Value {
    route.read("teacher").expect(200).json()["state"].clone()
}

/// A line of a program of that kind in the plan of the teacher.
fn program_line(id: &str) -> Value {
    json!({"kind": "program", "part": "prospective_plan", "title": "Программа", "program_id": id,
        "starts_on": "2026-04-01", "ends_on": "2026-12-31", "reason": "interest"})
}

/// P0-37: a line of a program of retraining has 250 hours at least: one of fewer is not handed in.
#[test]
fn a_line_of_retraining_has_its_hours() {
    let app = TestApp::start();
    let mut long = program(&app, "chel_provider", "Переподготовка");
    long["data"]["kind"] = json!("retraining");
    long["data"]["hours"] = json!(250);
    long["modules"] = json!([module("Модуль", 250, &[])]);
    let long = accepted(&app, "chel_provider", "chel_ministry", &long);
    let route = RouteUnderTest::complete_p0(&app);
    let mut line = program_line(&long);
    line["hours"] = json!(249.5);
    let added = route.add("chel_teacher", line.clone()).expect(201).id();
    let refused = route.submit("chel_teacher").refused(422, "program_hours_too_few").json();
    assert_eq!(
        (&refused["errors"][0]["pointer"], &refused["errors"][0]["requirement"]),
        (&json!("/activities/3/hours"), &json!("P0-37"))
    );
    line["hours"] = json!(250);
    route.put("chel_teacher", &format!("/activities/{added}"), line).expect(200);
    route.submit("chel_teacher").expect(200);
}

/// P0-37: programs of advanced training and of retraining that the teacher chose stand in one route and pass one chain:
/// the head of the association, the deputy, the director.
#[test]
fn both_kinds_of_programs_are_agreed_by_the_school() {
    let app = TestApp::start();
    let training = chel_program(&app);
    let mut long = program(&app, "chel_provider", "Переподготовка");
    long["data"]["kind"] = json!("retraining");
    long["data"]["hours"] = json!(249);
    long["modules"] = json!([module("Модуль", 249, &[])]);
    app.persona("chel_provider").post("/api/v1/programs", long.clone()).expect(422);
    long["data"]["hours"] = json!(250);
    long["modules"] = json!([module("Модуль", 250, &[])]);
    let long = accepted(&app, "chel_provider", "chel_ministry", &long);
    let route = RouteUnderTest::complete_p0(&app);
    for id in [training["id"].as_str().unwrap(), &long] {
        route.add("chel_teacher", program_line(id)).expect(201);
    }
    route.submit("chel_teacher").expect(200);
    let read = request(&app, &route, "chel_deputy");
    assert_eq!(
        asked(&read),
        [
            "consent by learner: decided",
            "endorse by association_head: open",
            "endorse by deputy_director: pending",
            "approve by director: pending"
        ]
    );
    route.decide("chel_association_head", "endorse").expect(200);
    route.decide("chel_deputy", "endorse").expect(200);
    assert_eq!(route.read("chel_teacher").expect(200).json()["state"], "in_review");
    route.decide("chel_director", "approve").expect(200);
    assert_eq!(route.read("chel_teacher").expect(200).json()["state"], "active");
}

/// P1-28, P1-29: three are heard and none of them holds the route up; the head's order brings it into force.
#[test]
fn under_grozny_three_are_heard_and_the_head_decides() {
    let app = TestApp::start();
    let subject = Subject::new(&app, "teacher", "p1-grozny-school-91");
    let request = subject.request("teacher");
    let read = request.read("director").expect(200).json();
    let kinds: Vec<&Value> = read["steps"].as_array().unwrap().iter().map(|step| &step["kind"]).collect();
    assert_eq!(kinds, ["discuss", "discuss", "discuss", "approve"]);
    assert_eq!(read["open_step"], 4);
    let act = json!({"step": 4, "decision": "approve", "act_number": "14-о", "act_date": "2026-03-02"});
    assert_eq!(request.send("director", act).expect(200).json()["state"], "approved");
    assert_eq!(subject.summary().state.as_str(), "approved");
}

/// P1-28, P1-29: a program may be discussed with the teacher and the councils, and nobody has to wait for them: their
/// opinions are read beside it. It is approved by an order of the head with number and date, and not without.
#[test]
fn a_program_under_grozny_is_discussed_and_approved_by_order() {
    let app = TestApp::start();
    let route = complete_p1(&app);
    route.submit("curator").expect(200);
    route.decide_with("teacher", "opinion", json!({"note": "Мне подходит"})).expect(200);
    let heard = json!({"note": "Программа своевременна", "meeting": {"held_on": "2026-03-02"}});
    route.decide_with("secretary", "opinion", heard).expect(200);
    assert_eq!(state(&route), "in_review");
    let refused = route.decide("director", "approve").refused(422, "act_required");
    assert_eq!(refused.codes()[1..], ["act_required", "act_required"]);
    assert_eq!(state(&route), "in_review");
    let act = json!({"act_number": "14-о", "act_date": "2026-03-02"});
    route.decide_with("director", "approve", act).expect(200);
    assert_eq!(state(&route), "approved", "the association has said nothing");
    let read = request(&app, &route, "teacher");
    let said =
        |words: &str| read["decisions"].as_array().unwrap().iter().any(|decision| decision["note"] == words);
    assert!(said("Мне подходит") && said("Программа своевременна"), "{read}");
    let order = read["decisions"].as_array().unwrap().last().unwrap();
    assert_eq!((&order["act_number"], &order["act_date"]), (&json!("14-о"), &json!("2026-03-02")));
}

/// P2-5: the teacher makes the route of several modules by what diagnostics found, chooses dates and form, and the school
/// agrees it with its own needs: one step, which may send it back.
#[test]
fn under_kostroma_the_school_agrees_what_the_teacher_made() {
    let app = TestApp::start();
    let found = deficit(&app, "teacher");
    let program = altai_program(&app);
    altai_under_p2(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    for (module, starts_on) in [(0, "2026-04-01"), (1, "2026-09-01")] {
        let line = json!({"kind": "module", "title": "Модуль", "module_id": program["modules"][module]["id"],
            "starts_on": starts_on, "ends_on": "2026-12-31", "reason": "deficit", "deficit_ids": [found]});
        let added = route.add("teacher", line).expect(201).json();
        assert_eq!(added["data"]["starts_on"], starts_on);
    }
    let note = route.read("teacher").expect(200).json()["note"].clone();
    assert_eq!(note["study_form"], "очно-заочная");
    route.post("operator", "/participation", json!({"note": "Подобрали модули"})).expect(200);
    route.submit("teacher").expect(200);
    assert_eq!(asked(&request(&app, &route, "director")), ["endorse by director: open"]);
    assert!(!route.may_decide("municipal_officer") && !route.may_decide("teacher"));
    let rework = json!({"note": "Школе нужнее математика", "due_on": "2026-03-20"});
    route.decide_with("director", "return", rework).expect(200);
    assert_eq!(state(&route), "rework");
    route.submit("teacher").expect(200);
    route.decide("director", "endorse").expect(200);
    assert_eq!(state(&route), "active");
}

/// P3-18, P3-39, P3-45: the teacher determines the route and agrees it with the head of the school, who agrees it: one
/// step; the deputy and the municipality are not asked.
#[test]
fn under_georgievsk_the_head_agrees_the_route_of_the_teacher() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    route.add("teacher", with_reason("need")).expect(201);
    for other in ["director", "deputy"] {
        route.add(other, with_reason("need")).refused(403, "auth.forbidden");
    }
    let authors = route.read("director").expect(200).json()["people"]["author_ids"].clone();
    assert_eq!(authors, json!([app.person("teacher")]));
    route.submit("teacher").expect(200);
    assert_eq!(asked(&request(&app, &route, "director")), ["endorse by director: open"]);
    assert!(!route.may_decide("municipal_officer") && !route.may_decide("deputy"));
    route.decide("director", "endorse").expect(200);
    assert_eq!(state(&route), "active");
}

/// P4-11: teacher, school and coordinator all agree, in this order; the teacher who is asked may send it back too.
#[test]
fn under_altai_teacher_school_and_coordinator_agree() {
    let app = TestApp::start();
    deficit(&app, "teacher");
    let route = RouteUnderTest::start(&app, "coordinator", "teacher");
    route.add("coordinator", activity(None)).expect(201);
    route.submit("coordinator").expect(200);
    let rework = json!({"note": "Мне не подходит срок", "due_on": "2026-03-20"});
    route.decide_with("teacher", "return", rework).expect(200);
    assert_eq!(state(&route), "rework");
    route.submit("coordinator").expect(200);
    assert_eq!(
        asked(&request(&app, &route, "coordinator")),
        [
            "consent by learner: open",
            "endorse by director: pending",
            "endorse by regional_coordinator: decided"
        ]
    );
    route.decide("teacher", "consent").expect(200);
    assert_eq!(state(&route), "in_review");
    route.decide("director", "endorse").expect(200);
    assert_eq!(state(&route), "active");
}

fn with_reason(reason: &str) -> Value {
    let mut line = activity(None);
    line["reason"] = json!(reason);
    line
}
