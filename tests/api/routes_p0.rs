//! What the regulation of the school (P0) says of routes, over HTTP, at a school that lives under it.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{deficits, framework, instrument, result};
use crate::support::build_directory::hire;
use crate::support::build_routes::{RouteUnderTest, activity, chel_program, route_body};

fn check(app: &TestApp, route: &RouteUnderTest<'_>) -> Value {
    app.persona("chel_teacher").get(&route.path("/submission-check")).expect(200).json()
}

fn codes(findings: &Value) -> Vec<&str> {
    findings.as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

/// A line of one's own choice that says nothing of why it is there but its reason.
fn unfounded(reason: &str) -> Value {
    let mut line = activity(Some("elective"));
    line["reason"] = json!(reason);
    line.as_object_mut().unwrap().remove("justification");
    line
}

/// An open deficit of that person, found by the deputy with the school's own instrument.
fn deficit(app: &TestApp, person: &str) -> String {
    let framework = framework(app, "chel_deputy", "chel_school");
    let own = instrument(app, "chel_deputy", "chel_school", &framework);
    result(app, "chel_deputy", person, &own, "2026-02-01", &[("B.1", 20.0)]);
    deficits(app, "chel_deputy", person)[0]["id"].as_str().unwrap().to_owned()
}

fn need(app: &TestApp, body: Value) -> String {
    let mut whole = json!({"ground": "new_post", "topic": "Оценивание"});
    for (name, value) in body.as_object().unwrap() {
        whole[name] = value.clone();
    }
    app.persona("chel_deputy").post("/api/v1/needs", whole).expect(201).id()
}

/// P0-1: a line says whether an interest or a deficit is its reason, and is read back so; other reasons are refused.
#[test]
fn a_line_is_there_for_an_interest_or_a_deficit() {
    let app = TestApp::start();
    let found = deficit(&app, "chel_teacher");
    let route = RouteUnderTest::complete_p0(&app);
    let mut line = unfounded("deficit");
    line["deficit_ids"] = json!([found]);
    route.add("chel_teacher", line).expect(201);
    let read = route.read("chel_teacher").expect(200).json();
    let lines: Vec<_> = read["activities"].as_array().unwrap().iter().map(|line| &line["data"]).collect();
    assert_eq!((&lines[0]["reason"], &lines[0]["deficit_ids"]), (&json!("interest"), &json!([])));
    assert_eq!((&lines[3]["reason"], &lines[3]["deficit_ids"]), (&json!("deficit"), &json!([found])));
    assert_eq!(check(&app, &route)["errors"], json!([]));

    route.add("chel_teacher", unfounded("fun")).refused(422, "unknown_value");
    let mut other = activity(Some("elective"));
    other["reason"] = json!("outcome_finding");
    route.add("chel_teacher", other).expect(201);
    let errors = check(&app, &route)["errors"].clone();
    assert_eq!(codes(&errors), ["activity_reason_not_allowed"]);
    assert_eq!((&errors[0]["requirement"], &errors[0]["paragraph"]), (&json!("P0-1"), &json!("preamble")));
}

/// P0-5: a single module is in a route without its program.
#[test]
fn a_single_module_is_taken_without_the_whole_program() {
    let app = TestApp::start();
    let program = chel_program(&app);
    let route = RouteUnderTest::complete_p0(&app);
    let module = json!({"kind": "module", "part": "prospective_plan", "title": "Критерии оценивания",
        "module_id": program["modules"][0]["id"], "starts_on": "2026-04-01", "ends_on": "2026-05-31",
        "reason": "interest"});
    let added = route.add("chel_teacher", module.clone()).expect(201).json();
    assert_eq!((&added["data"]["hours"], &added["data"]["program_id"]), (&json!(12.0), &program["id"]));
    route.submit("chel_teacher").expect(200);
    let read = route.read("chel_teacher").expect(200).json();
    let kinds: Vec<_> = read["activities"].as_array().unwrap().iter().map(|it| &it["data"]["kind"]).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "module").count(), 1);
    assert!(!kinds.contains(&&json!("program")), "{kinds:?}");

    let draft = RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
    let mut unknown = module.clone();
    unknown["module_id"] = json!(rost::ids::new_id());
    let refused = draft.add("chel_teacher", unknown).refused(422, "unknown").json();
    assert_eq!(refused["errors"][0]["pointer"], "/module_id");
    let mut whole = module;
    whole["kind"] = json!("program");
    draft.add("chel_teacher", whole).refused(422, "not_allowed");
}

/// P0-28: two modules of one program are taken at two providers of one's own choice.
#[test]
fn modules_of_one_program_are_taken_at_two_providers() {
    let app = TestApp::start();
    let program = chel_program(&app);
    let second = json!({"parent_id": app.organization("chel_ministry"), "kind": "provider",
                        "data": {"name": "Второй институт", "founder_type": "regional"}});
    let second = app.persona("chel_ministry").post("/api/v1/organizations", second).expect(201).id();
    let route = RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
    let first = json!(app.organization("chel_provider"));
    for (place, provider) in [(0, first), (1, json!(second))] {
        let line = json!({"kind": "module", "part": "prospective_plan", "title": "Модуль",
            "module_id": program["modules"][place]["id"], "provider_id": provider,
            "starts_on": "2026-04-01", "ends_on": "2026-05-31", "reason": "interest"});
        route.add("chel_teacher", line).expect(201);
    }
    let read = route.read("chel_teacher").expect(200).json();
    let lines = read["activities"].as_array().unwrap();
    assert_eq!(lines[0]["data"]["program_id"], lines[1]["data"]["program_id"]);
    assert_ne!(lines[0]["data"]["provider_id"], lines[1]["data"]["provider_id"]);
    let school = json!({"kind": "module", "part": "prospective_plan", "title": "Модуль",
        "module_id": program["modules"][0]["id"], "provider_id": app.organization("chel_school_2"),
        "starts_on": "2026-04-01", "ends_on": "2026-05-31", "reason": "interest"});
    let refused = route.add("chel_teacher", school).refused(422, "unknown").json();
    assert_eq!(refused["errors"][0]["pointer"], "/provider_id");
}

/// P0-13: a program that is not accepted yet is not on the list that the teacher chooses from.
#[test]
fn a_draft_of_a_program_is_not_chosen() {
    let app = TestApp::start();
    let body = crate::support::build_registry::program(&app, "chel_provider", "Черновик");
    let draft = crate::support::build_registry::draft(&app, "chel_provider", &body);
    let route = RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
    let line = json!({"kind": "program", "part": "elective", "title": "Черновик", "program_id": draft,
        "starts_on": "2026-04-01", "ends_on": "2026-05-31", "reason": "interest"});
    let refused = route.add("chel_teacher", line).refused(422, "program_not_accepted").json();
    assert_eq!(refused["errors"][0]["pointer"], "/program_id");
}

/// P0-7: only the school and its teacher form the route: above it one reads, elsewhere one does not know of it, and the
/// school of a route never changes.
#[test]
fn nobody_outside_the_school_forms_its_routes() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    let line = route.read("chel_teacher").expect(200).json()["activities"][0]["id"].clone();
    let line = format!("/activities/{}", line.as_str().unwrap());
    let mut body = route_body(&app, "chel_teacher");
    body.as_object_mut().unwrap().remove("person_id");
    let attempts = |who: &str| {
        [
            route.add(who, activity(Some("elective"))),
            route.put(who, "", body.clone()),
            route.put(who, "/stages", json!({"stages": []})),
            route.put(who, &line, activity(Some("elective"))),
            app.persona(who).delete(&route.path(&line), &route.etag()),
            route.submit(who),
            route.post(who, "/withdrawal", json!({})),
        ]
    };
    route.read("chel_ministry").expect(200);
    for refused in attempts("chel_ministry") {
        refused.refused(403, "auth.forbidden");
    }
    // A provider knows of a route only when its chain asks him, and never forms one.
    route.read("chel_provider").refused(404, "request.not_found");
    for refused in attempts("chel_provider") {
        refused.refused(403, "auth.forbidden");
    }
    for stranger in ["chel_teacher_2", "director", "coordinator"] {
        route.read(stranger).refused(404, "request.not_found");
        for refused in attempts(stranger) {
            refused.refused(404, "request.not_found");
        }
    }
    assert_eq!(route.read("chel_teacher").expect(200).json()["activities"].as_array().unwrap().len(), 3);
    app.persona("chel_ministry")
        .post("/api/v1/routes", route_body(&app, "chel_teacher"))
        .refused(403, "auth.forbidden");
    for stranger in ["director", "coordinator"] {
        app.persona(stranger)
            .post("/api/v1/routes", route_body(&app, "chel_teacher"))
            .refused(422, "unknown");
    }
    body["organization_id"] = json!(app.organization("chel_school_2"));
    route.put("chel_teacher", "", body).refused(422, "unknown_field");
    let other = hire(&app, "chel_ministry", "Соседова", "chel_school_2");
    let mut elsewhere = route_body(&app, "chel_teacher");
    elsewhere["person_id"] = json!(other);
    app.persona("chel_deputy").post("/api/v1/routes", elsewhere).refused(422, "unknown");
}

/// P0-11: a line of the variative part names a deficit or a need, or carries a justification in words; else the route is
/// not handed in.
#[test]
fn an_elective_line_names_a_deficit_a_need_or_a_justification() {
    let app = TestApp::start();
    let found = deficit(&app, "chel_teacher");
    let personal = need(&app, json!({"person_id": app.person("chel_teacher")}));
    let of_school = need(&app, json!({"organization_id": app.organization("chel_school"), "people": 3}));
    let foreign = need(&app, json!({"person_id": app.person("chel_teacher_2")}));
    let route = RouteUnderTest::complete_p0(&app);
    for link in [json!({"deficit_ids": [found]}), json!({"need_ids": [personal, of_school]})] {
        let mut line = unfounded("need");
        for (name, value) in link.as_object().unwrap() {
            line[name] = value.clone();
        }
        route.add("chel_teacher", line).expect(201);
        assert_eq!(check(&app, &route)["errors"], json!([]), "{link}");
    }
    let read = route.read("chel_teacher").expect(200).json();
    let named = read["activities"][4]["data"]["need_ids"].as_array().unwrap().len();
    assert_eq!(named, 2);

    let mut strange = unfounded("need");
    strange["need_ids"] = json!([foreign]);
    strange["deficit_ids"] = json!([rost::ids::new_id()]);
    let refused = route.add("chel_teacher", strange).refused(422, "unknown").json();
    let pointers: Vec<_> =
        refused["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/deficit_ids/0", "/need_ids/0"]);

    let mut blank = unfounded("interest");
    blank["justification"] = json!("  ");
    for empty in [unfounded("interest"), unfounded("need"), blank] {
        let added = route.add("chel_teacher", empty);
        if added.status != 201 {
            // Blanks alone are refused where they are written already.
            added.expect(422);
            continue;
        }
        let refused = route.submit("chel_teacher").refused(422, "deficit_link_required").json();
        assert_eq!(codes(&refused["errors"]), ["deficit_link_required"]);
        assert_eq!(
            (&refused["errors"][0]["requirement"], &refused["errors"][0]["paragraph"]),
            (&json!("P0-11"), &json!("2.3"))
        );
        assert_eq!(route.read("chel_teacher").expect(200).json()["state"], "draft");
        let line = added.json()["id"].as_str().unwrap().to_owned();
        let path = route.path(&format!("/activities/{line}"));
        app.persona("chel_teacher").delete(&path, &route.etag()).expect(200);
    }
    route.submit("chel_teacher").expect(200);
}

/// P0-11: the part that only holds others takes no lines of its own, so no line escapes the rule of the variative part.
#[test]
fn no_line_hides_from_the_rule_in_the_outer_part() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    let mut line = unfounded("interest");
    line["part"] = json!("competence_plan");
    let refused = route.add("chel_teacher", line).refused(422, "part_not_allowed").json();
    assert_eq!(refused["errors"][0]["pointer"], "/part");
    let first = route.read("chel_teacher").expect(200).json()["activities"][0]["id"].clone();
    let moved = activity(Some("competence_plan"));
    let path = format!("/activities/{}", first.as_str().unwrap());
    route.put("chel_teacher", &path, moved).refused(422, "part_not_allowed");
}

/// P0-24: a route of 11 months or of 3 years and a day more is not handed in; one of 1 year or of 3 years is.
#[test]
fn routes_shorter_than_a_year_or_longer_than_three_are_not_handed_in() {
    let app = TestApp::start();
    let until = |route: &RouteUnderTest<'_>, ends_on: &str| {
        let mut body = route_body(&app, "chel_teacher");
        body.as_object_mut().unwrap().remove("person_id");
        body["ends_on"] = json!(ends_on);
        route.put("chel_teacher", "", body).expect(200);
    };
    for ends_on in ["2027-03-01", "2029-03-02"] {
        let route = RouteUnderTest::complete_p0(&app);
        for wrong in ["2027-02-01", "2029-03-03"] {
            until(&route, wrong);
            let refused = route.submit("chel_teacher").refused(422, "route_term_out_of_range").json();
            let errors = refused["errors"].as_array().unwrap().clone();
            let term = errors.iter().find(|error| error["code"] == "route_term_out_of_range").unwrap();
            assert_eq!((&term["pointer"], &term["requirement"]), (&json!("/ends_on"), &json!("P0-24")));
            assert_eq!(route.read("chel_teacher").expect(200).json()["state"], "draft");
        }
        until(&route, ends_on);
        route.submit("chel_teacher").expect(200);
        assert_eq!(route.read("chel_teacher").expect(200).json()["state"], "in_review", "{ends_on}");
    }
}

/// P0-30: goal, expected result, form, start, end and a stage are required, each of them and by name.
#[test]
fn a_route_without_goal_result_form_dates_or_stages_is_not_handed_in() {
    let app = TestApp::start();
    let mut undated = route_body(&app, "chel_teacher");
    undated.as_object_mut().unwrap().remove("starts_on");
    undated.as_object_mut().unwrap().remove("ends_on");
    app.persona("chel_teacher").post("/api/v1/routes", undated).expect(422);
    let mut reversed = route_body(&app, "chel_teacher");
    reversed["ends_on"] = json!("2026-03-01");
    app.persona("chel_teacher").post("/api/v1/routes", reversed).refused(422, "ends_before_start");

    let route = RouteUnderTest::complete_p0(&app);
    let with_note = |change: &dyn Fn(&mut Value)| {
        let mut body = route_body(&app, "chel_teacher");
        body.as_object_mut().unwrap().remove("person_id");
        change(&mut body["note"]);
        route.put("chel_teacher", "", body)
    };
    for field in ["goal", "expected_result", "study_form"] {
        with_note(&|note| {
            note.as_object_mut().unwrap().remove(field);
        })
        .expect(200);
        let refused = route.submit("chel_teacher").refused(422, "required").json();
        let errors = refused["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0]["pointer"], json!(format!("/note/{field}")));
        assert_eq!((&errors[0]["requirement"], &errors[0]["paragraph"]), (&json!("P0-30"), &json!("3.1")));
    }
    with_note(&|_| {}).expect(200);
    route.put("chel_teacher", "/stages", json!({"stages": []})).expect(200);
    let refused = route.submit("chel_teacher").refused(422, "stages_missing").json();
    assert_eq!(refused["errors"][0]["pointer"], "/stages");
    let stage = json!({"title": "Этап 1", "starts_on": "2026-03-02", "ends_on": "2027-03-01"});
    route.put("chel_teacher", "/stages", json!({"stages": [stage]})).expect(200);
    route.submit("chel_teacher").expect(200);
}

/// P0-6: a route that the school's only deputy hands in waits for the teacher, the head and the director, in this order,
/// and comes into force: the deputy's own step is the submission.
#[test]
fn a_route_of_the_only_deputy_is_not_stuck_and_not_one_sided() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.submit("chel_deputy").expect(200);
    assert!(route.may_decide("chel_teacher"));
    for other in ["chel_association_head", "chel_deputy", "chel_director"] {
        assert!(!route.may_decide(other), "{other}");
    }
    route.post("chel_deputy", "/activation", json!({})).refused(409, "conflict.state");
    assert_eq!(route.read("chel_teacher").expect(200).json()["state"], "in_review");
    route.decide("chel_teacher", "consent").expect(200);
    assert!(!route.may_decide("chel_director"));
    route.decide("chel_association_head", "endorse").expect(200);
    assert_eq!(route.read("chel_teacher").expect(200).json()["state"], "in_review");
    assert!(!route.may_decide("chel_deputy"));
    route.decide("chel_director", "approve").expect(200);
    assert_eq!(route.read("chel_teacher").expect(200).json()["state"], "active");
}

/// P0-43: what the teacher changed after a return passes head and deputy again before the director; the first round stays
/// readable.
#[test]
fn a_reworked_route_passes_the_deputy_again() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.submit("chel_teacher").expect(200);
    route.decide("chel_association_head", "endorse").expect(200);
    route.decide("chel_deputy", "endorse").expect(200);
    let resolution = json!({"note": "Добавить стажировку", "due_on": "2026-03-20"});
    route.decide_with("chel_director", "return", resolution).expect(200);
    let mut line = activity(Some("elective"));
    line["title"] = json!("Стажировка");
    route.add("chel_teacher", line).expect(201);
    route.submit("chel_teacher").expect(200);
    assert_eq!((route.may_decide("chel_director"), route.may_decide("chel_deputy")), (false, false));
    route.decide("chel_association_head", "endorse").expect(200);
    assert_eq!((route.may_decide("chel_director"), route.may_decide("chel_deputy")), (false, true));
    let seen = route.read("chel_deputy").expect(200).json();
    assert_eq!(seen["activities"][3]["data"]["title"], "Стажировка");
    route.decide("chel_deputy", "endorse").expect(200);
    route.decide("chel_director", "approve").expect(200);
    assert_eq!(route.read("chel_teacher").expect(200).json()["state"], "active");
    let path = format!("/api/v1/approval-requests?subject_id={}", route.id);
    let request = app.persona("chel_deputy").get(&path).expect(200).json()["items"][0]["id"].clone();
    let path = format!("/api/v1/approval-requests/{}", request.as_str().unwrap());
    let request = app.persona("chel_deputy").get(&path).expect(200).json();
    assert_eq!(request["round"], 2);
    let deputy = json!(app.person("chel_deputy"));
    let rounds: Vec<_> = request["decisions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["person_id"] == deputy && line["decision"] == "endorse")
        .map(|line| line["round"].clone())
        .collect();
    assert_eq!(rounds, [json!(1), json!(2)]);
}

/// P0-42: the director's resolution names the reason and the date of the rework; each missing one is refused by name.
#[test]
fn the_resolution_of_the_director_names_reason_and_date() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.submit("chel_teacher").expect(200);
    route.decide("chel_association_head", "endorse").expect(200);
    route.decide("chel_deputy", "endorse").expect(200);
    let returned = |body: Value| route.decide_with("chel_director", "return", body);
    for (body, missing) in [
        (json!({}), vec!["reason_required", "due_on_required"]),
        (json!({"note": "Доработать"}), vec!["due_on_required"]),
        (json!({"due_on": "2026-03-20"}), vec!["reason_required"]),
    ] {
        assert_eq!(codes(&returned(body).expect(422).json()["errors"]), missing);
        assert_eq!(route.read("chel_teacher").expect(200).json()["state"], "in_review");
    }
    returned(json!({"note": "Доработать", "due_on": "2026-03-20"})).expect(200);
    let read = route.read("chel_teacher").expect(200).json();
    assert_eq!((&read["state"], &read["rework"]["due_on"]), (&json!("rework"), &json!("2026-03-20")));
}
