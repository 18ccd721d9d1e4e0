//! Plans of a school, over HTTP, at a school that lives under P0: how long they last, how they are composed and decided.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_plans::{
    agreed, approved, both_agreed, compose, lines, methodical, prospective, tell,
};
use crate::support::build_requests::decide;
use crate::support::build_routes::chel_program;
use crate::support::build_training::{listed, with};

fn read(app: &TestApp, persona: &str, id: &str) -> Value {
    app.persona(persona).get(&format!("/api/v1/plans/{id}")).expect(200).json()
}

/// P0-20: the deputy composes the prospective plan out of the agreed routes of the school; it spans three years to the
/// day. Its lines lead to what they come from.
#[test]
fn the_prospective_plan_is_composed_of_agreed_routes_and_spans_three_years() {
    let app = TestApp::start();
    for ends_on in ["2029-03-02", "2029-02-28", "2028-03-01"] {
        let refused = compose(&app, "chel_deputy", json!({"ends_on": ends_on}));
        let refused = refused.refused(422, "plan_period").json();
        let problem = &refused["errors"][0];
        assert_eq!(problem["pointer"], "/ends_on");
        assert_eq!((&problem["requirement"], &problem["paragraph"]), (&json!("P0-20"), &json!("2.6")));
    }
    compose(&app, "chel_deputy", json!({"ends_on": "2026-03-01"})).refused(422, "dates_out_of_order");
    assert_eq!(app.db_text("select count(*) from plans"), "0");
    compose(&app, "chel_teacher", json!({})).refused(403, "auth.forbidden");
    compose(&app, "chel_director", json!({})).refused(403, "auth.forbidden");

    let route = agreed(&app, "chel_teacher", &chel_program(&app));
    let plan = compose(&app, "chel_deputy", json!({})).expect(201).json();
    assert_eq!(
        (&plan["state"], &plan["variative_lines"], &plan["people"]),
        (&json!("draft"), &json!(2), &json!(1))
    );
    let found = lines(&app, plan["id"].as_str().unwrap(), "");
    let titles: Vec<&Value> = found.iter().map(|line| &line["title"]).collect();
    assert_eq!(titles, ["Курс", "Чтение осенью"]);
    for line in &found {
        assert_eq!((&line["route_id"], &line["section"]), (&json!(route.id), &json!("variative")));
        assert!(line["activity_id"].is_string());
    }
}

/// P0-20: what is agreed later is drawn in on demand, once; what stands in the plan stays.
#[test]
fn what_is_agreed_later_is_drawn_in_once() {
    let app = TestApp::start();
    let program = chel_program(&app);
    let id = compose(&app, "chel_deputy", json!({})).expect(201).id();
    agreed(&app, "chel_teacher", &program);
    let stranger = json!({"person_ids": [app.person("teacher")]});
    tell(&app, "chel_deputy", &id, "refresh", stranger).refused(422, "unknown");
    for _ in 0..2 {
        let plan = tell(&app, "chel_deputy", &id, "refresh", json!({})).expect(200).json();
        assert_eq!(plan["variative_lines"], 2);
    }
    let line = lines(&app, &id, "")[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/plans/{id}/lines/{line}");
    let deputy = app.persona("chel_deputy");
    deputy.send("DELETE", &path, None).refused(428, "request.precondition_required");
    let etag = deputy.get(&format!("/api/v1/plans/{id}")).expect(200).etag();
    assert_eq!(deputy.delete(&path, &etag).expect(200).json()["variative_lines"], 1);
    deputy.delete(&path, &etag).refused(412, "request.precondition_failed");
}

/// P0-23: the director approves the prospective plan and the plan of competence; the deputy does not. The plan says who
/// approved it and when.
#[test]
fn the_director_approves_and_the_deputy_does_not() {
    let app = TestApp::start();
    let competence = json!({"kind": "competence_development", "title": "План повышения компетентности"});
    for fields in [json!({}), competence] {
        let id = compose(&app, "chel_deputy", fields).expect(201).id();
        let plan = tell(&app, "chel_deputy", &id, "submission", json!({})).expect(200).json();
        assert_eq!((&plan["state"], &plan["decided_at"]), (&json!("in_review"), &Value::Null));
        decide(&app, "chel_deputy", &id, "approve", json!({})).refused(403, "not_your_step");
        decide(&app, "chel_director", &id, "approve", json!({})).expect(200);
        let plan = read(&app, "chel_teacher", &id);
        assert_eq!(plan["state"], "approved");
        assert_eq!(plan["decided_by_person_id"], json!(app.person("chel_director")));
        assert!(plan["decided_by_name"].is_string() && plan["decided_at"].is_string(), "{plan}");
        assert_eq!(plan["allowed_actions"], json!([]));
        tell(&app, "chel_deputy", &id, "refresh", json!({})).refused(409, "conflict.state");
    }
}

/// A plan comes back with a reason and a date, is mended and handed in again; another is taken back with its lines kept.
#[test]
fn a_plan_is_returned_mended_and_taken_back() {
    let app = TestApp::start();
    let id = compose(&app, "chel_deputy", json!({})).expect(201).id();
    tell(&app, "chel_deputy", &id, "submission", json!({})).expect(200);
    let words = json!({"note": "Где сроки?", "due_on": "2026-03-20"});
    decide(&app, "chel_director", &id, "return", words).expect(200);
    let plan = read(&app, "chel_deputy", &id);
    assert_eq!((&plan["state"], &plan["rework"]["due_on"]), (&json!("rework"), &json!("2026-03-20")));
    let path = format!("/api/v1/plans/{id}");
    let deputy = app.persona("chel_deputy");
    let renamed = json!({"title": "План на три года", "headcount": 4});
    deputy.patch(&path, "\"1\"", renamed.clone()).refused(412, "request.precondition_failed");
    let etag = deputy.get(&path).expect(200).etag();
    let plan = deputy.patch(&path, &etag, renamed).expect(200).json();
    assert_eq!((&plan["title"], &plan["headcount"]), (&json!("План на три года"), &json!(4)));
    tell(&app, "chel_deputy", &id, "submission", json!({})).expect(200);
    tell(&app, "chel_director", &id, "withdrawal", json!({})).refused(403, "auth.forbidden");
    let plan = tell(&app, "chel_deputy", &id, "withdrawal", json!({})).expect(200).json();
    assert_eq!((&plan["state"], &plan["allowed_actions"]), (&json!("withdrawn"), &json!([])));
    tell(&app, "chel_deputy", &id, "submission", json!({})).refused(409, "conflict.state");
}

/// A school has one standing plan of a kind for a period: a second one is not handed in, and stays as it is.
#[test]
fn a_second_plan_of_the_same_kind_and_period_is_refused_and_kept() {
    let app = TestApp::start();
    approved(&app, json!({}));
    let second = compose(&app, "chel_deputy", json!({"title": "Второй"})).expect(201).id();
    tell(&app, "chel_deputy", &second, "submission", json!({})).refused(409, "conflict.already_exists");
    assert_eq!(read(&app, "chel_deputy", &second)["state"], "draft");
    approved(&app, json!({"starts_on": "2026-09-01", "ends_on": "2029-08-31"}));
}

/// P0-38: the prospective plan, the plan of a school year and that of a calendar year; the yearly ones draw the lines of
/// the prospective one by date.
#[test]
fn yearly_plans_draw_lines_of_the_prospective_plan_by_date() {
    let app = TestApp::start();
    agreed(&app, "chel_teacher", &chel_program(&app));
    let calendar_year = json!({"kind": "calendar_year", "title": "2026 год", "starts_on": "2026-01-01",
        "ends_on": "2026-12-31"});
    let school_year = json!({"kind": "school_year", "title": "2027/28", "starts_on": "2027-09-01",
        "ends_on": "2028-08-31"});
    compose(&app, "chel_deputy", calendar_year.clone()).refused(422, "prospective_plan_missing");
    let three_years = approved(&app, json!({"headcount": 1}));
    for (fields, wrong) in [
        (&calendar_year, json!({"starts_on": "2026-03-01", "ends_on": "2027-02-28"})),
        (&school_year, json!({"starts_on": "2027-10-01", "ends_on": "2028-09-30"})),
        (&school_year, json!({"ends_on": "2028-09-01"})),
    ] {
        compose(&app, "chel_deputy", with(fields.clone(), wrong)).refused(422, "plan_period");
    }
    let sources = lines(&app, &three_years, "");
    for (fields, title) in [(calendar_year, "Курс"), (school_year, "Чтение осенью")] {
        let id = compose(&app, "chel_deputy", with(fields, json!({"headcount": 1}))).expect(201).id();
        let drawn = lines(&app, &id, "");
        assert_eq!(drawn.len(), 1);
        let source = sources.iter().find(|line| line["id"] == drawn[0]["source_line_id"]).unwrap();
        assert_eq!((&source["title"], &drawn[0]["title"]), (&json!(title), &json!(title)));
        assert_eq!(source["activity_id"], drawn[0]["activity_id"]);
        // 2.7 does not name it among the plans the director approves: it is in force at once.
        let plan = tell(&app, "chel_deputy", &id, "submission", json!({})).expect(200).json();
        assert_eq!(plan["state"], "approved");
    }
}

/// P0-36: the plan says how many people it sends to courses, and no more are assigned.
#[test]
fn no_more_people_are_sent_to_courses_than_the_headcount() {
    let app = TestApp::start();
    both_agreed(&app);
    let refused = compose(&app, "chel_deputy", json!({"headcount": 1})).refused(422, "quota_exceeded").json();
    let problem = &refused["errors"][0];
    assert_eq!((&problem["requirement"], &problem["paragraph"]), (&json!("P0-36"), &json!("4.2")));
    assert_eq!(app.db_text("select count(*) from plans"), "0");
    let one = json!({"headcount": 1, "person_ids": [app.person("chel_teacher")]});
    let plan = compose(&app, "chel_deputy", one).expect(201);
    assert_eq!((&plan.json()["people_sent"], &plan.json()["headcount"]), (&json!(1), &json!(1)));
    let id = plan.id();
    tell(&app, "chel_deputy", &id, "refresh", json!({})).refused(422, "quota_exceeded");
    let course = app.db_text(&format!(
        "select a.id from route_activities a join routes r on r.id = a.route_id
         where a.kind = 'program' and r.person_id = '{}'",
        app.person("chel_teacher_2")
    ));
    let line = json!({"section": "variative", "activity_id": course});
    tell(&app, "chel_deputy", &id, "lines", line.clone()).refused(422, "quota_exceeded");
    let path = format!("/api/v1/plans/{id}");
    let deputy = app.persona("chel_deputy");
    let etag = deputy.get(&path).expect(200).etag();
    deputy.patch(&path, &etag, json!({"headcount": 0})).refused(422, "quota_exceeded");
    deputy.patch(&path, &etag, json!({"headcount": 2})).expect(200);
    tell(&app, "chel_deputy", &id, "lines", line).expect(201);
    assert_eq!(read(&app, "chel_deputy", &id)["people_sent"], 2);

    let unsaid = json!({"starts_on": "2026-03-03", "ends_on": "2029-03-02"});
    let id = compose(&app, "chel_deputy", unsaid).expect(201).id();
    tell(&app, "chel_deputy", &id, "submission", json!({})).refused(422, "headcount_required");
}

/// Plans are known to everybody at the school and to those above it, their lines to those who work with them.
#[test]
fn plans_are_seen_at_the_school_and_above() {
    let app = TestApp::start();
    let (methodical, _) = methodical(&app);
    let three_years = compose(&app, "chel_deputy", json!({})).expect(201).id();
    let ids = |persona: &str, query: &str| {
        listed(&app.persona(persona).get(&format!("/api/v1/plans{query}")).expect(200), "id")
    };
    for persona in ["chel_teacher", "chel_director", "chel_ministry"] {
        assert_eq!(ids(persona, ""), [json!(three_years), json!(methodical)]);
    }
    assert_eq!(ids("chel_deputy", "?kind=methodical_work&state=approved&on=2026-12-31"), [json!(methodical)]);
    assert_eq!(ids("chel_deputy", "?kind=methodical_work&on=2027-01-01"), Vec::<Value>::new());
    let of_school = format!("?organization_id={}&limit=1", app.organization("chel_school"));
    assert_eq!(ids("chel_ministry", &of_school), [json!(three_years)]);
    assert_eq!(ids("director", ""), Vec::<Value>::new());
    app.persona("director").get(&format!("/api/v1/plans/{three_years}")).refused(404, "request.not_found");
    let lines = format!("/api/v1/plans/{methodical}/lines");
    app.persona("chel_teacher").get(&lines).refused(403, "auth.forbidden");
    for persona in ["chel_director", "chel_ministry"] {
        assert_eq!(listed(&app.persona(persona).get(&lines).expect(200), "title"), ["Семинар"]);
    }
    let table = app.persona("chel_director").header("accept", "text/csv").get("/api/v1/plans").expect(200);
    assert!(table.text.contains("План методической работы"), "{}", table.text);
}

/// Where the regulation knows no such plans none is composed.
#[test]
fn plans_are_not_used_elsewhere() {
    let app = TestApp::start();
    app.persona("deputy").post("/api/v1/plans", prospective()).refused(422, "not_used");
}
