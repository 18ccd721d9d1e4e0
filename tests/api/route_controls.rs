//! Control of routes over HTTP: the plan, the facts, what they open, and what follows for the next route.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_following::{
    active_p1, approve_p1, complete_p1, complete_with, content, decide_control, done, fact, following, last,
    ongoing, plan, preliminary, record, reported, revise, stages,
};
use crate::support::build_routes::{RouteUnderTest, activity};
use crate::support::build_training::with;

/// The route in force: approved, its preliminary control carried out.
#[track_caller]
fn active_p1_of<'a>(app: &'a TestApp, route: RouteUnderTest<'a>) -> RouteUnderTest<'a> {
    approve_p1(&route);
    let control = plan(app, &route, "curator", preliminary("difficulties_analysis")).expect(201).id();
    record(app, &control, "curator", fact()).expect(200);
    route.post("curator", "/activation", json!({})).expect(200);
    route
}

fn measured(value: i64) -> Value {
    with(fact(), json!({"measured_value": value}))
}

/// P1-53: control assesses the result or corrects deviations and the plan; control that corrects says what is done.
#[test]
fn control_that_corrects_names_what_is_done() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let assess = plan(&app, &route, "curator", ongoing()).expect(201).id();
    let assessed = record(&app, &assess, "curator", measured(5)).expect(200).json();
    assert_eq!((&assessed["purpose"], &assessed["state"]), (&json!("assess"), &json!("done")));
    let correct =
        plan(&app, &route, "curator", with(ongoing(), json!({"purpose": "correct"}))).expect(201).id();
    let refused =
        record(&app, &correct, "curator", measured(3)).refused(422, "revision_or_action_required").json();
    assert_eq!(
        (&refused["errors"][0]["pointer"], &refused["errors"][0]["paragraph"]),
        (&json!("/action"), &json!("5"))
    );
    let action = json!({"action": "Сроки второго этапа сдвинуты на месяц"});
    let corrected = record(&app, &correct, "curator", with(measured(3), action.clone())).expect(200).json();
    assert_eq!((&corrected["purpose"], &corrected["action"]), (&json!("correct"), &action["action"]));
    let by_revision =
        plan(&app, &route, "curator", with(ongoing(), json!({"purpose": "correct"}))).expect(201).id();
    let elsewhere = with(measured(3), json!({"revision_id": app.person("teacher")}));
    record(&app, &by_revision, "curator", elsewhere).refused(422, "unknown");
    let retitled = with(route.written("curator"), json!({"title": "Программа после контроля"}));
    let revision = revise(&app, &route, "curator", retitled);
    let linked = record(&app, &by_revision, "curator", with(measured(3), json!({"revision_id": revision})));
    assert_eq!(linked.expect(200).json()["revision_id"], json!(revision));
    plan(&app, &route, "curator", with(ongoing(), json!({"purpose": "praise"}))).expect(422);
}

/// P1-54: teacher and curator both record facts; a teacher only on his or her own route, and never the final one.
#[test]
fn teachers_control_themselves_and_curators_everybody() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let own = plan(&app, &route, "teacher", ongoing()).expect(201).id();
    let done = record(&app, &own, "teacher", measured(4)).expect(200).json();
    assert_eq!(
        (&done["recorded_by"], &done["recorded_role"]),
        (&json!(app.person("teacher")), &json!("teacher"))
    );
    let by_curator = plan(&app, &route, "curator", ongoing()).expect(201).id();
    let shown =
        app.persona("teacher").get(&format!("/api/v1/route-controls/{by_curator}")).expect(200).json();
    assert_eq!(shown["allowed_actions"], json!(["record_route_control"]));
    decide_control(&app, &by_curator, "teacher", "cancellation", json!({"reason": "Не нравится"}))
        .refused(403, "auth.separation_of_duties");
    let done = record(&app, &by_curator, "curator", measured(4)).expect(200).json();
    assert_eq!(done["recorded_role"], "program_curator");

    plan(&app, &route, "teacher_2", ongoing()).refused(404, "request.not_found");
    plan(&app, &route, "school_2_director", ongoing()).refused(404, "request.not_found");
    for other in ["association_head", "director", "deputy", "municipal_officer"] {
        plan(&app, &route, other, ongoing()).refused(403, "auth.forbidden");
    }
    plan(&app, &route, "teacher", last()).refused(403, "auth.separation_of_duties");
    let end = plan(&app, &route, "curator", last()).expect(201).id();
    record(&app, &end, "teacher", fact()).refused(403, "auth.separation_of_duties");
    let shown = app.persona("teacher").get(&format!("/api/v1/route-controls/{end}")).expect(200).json();
    assert_eq!(shown["allowed_actions"], json!([]));
    app.persona("school_2_teacher")
        .get(&format!("/api/v1/route-controls/{end}"))
        .refused(404, "request.not_found");
    app.persona("school_2_teacher").get(&route.path("/controls")).refused(404, "request.not_found");
}

/// P1-55: five things are controlled, and nothing else.
#[test]
fn five_objects_are_controlled() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let objects = ["development", "quality", "schedule", "money_use", "system_quality"];
    for object in objects {
        let planned =
            plan(&app, &route, "curator", with(last(), json!({"object": object}))).expect(201).json();
        assert_eq!(planned["object"], object);
    }
    plan(&app, &route, "curator", with(last(), json!({"object": "mood"}))).expect(422);
    let listed = app.persona("director").get(&route.path("/controls?limit=2")).expect(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    let path = route.path(&format!("/controls?limit=2&cursor={}", listed["next_cursor"].as_str().unwrap()));
    let rest = app.persona("director").get(&path).expect(200).json();
    assert_ne!(rest["items"][0]["id"], listed["items"][0]["id"]);
}

/// P1-56: a program does not start before its preliminary control, not even by its approval: the analysis of
/// difficulties, and the budget where there is money.
#[test]
fn a_route_starts_only_after_preliminary_control() {
    let app = TestApp::start();
    let route = complete_p1(&app);
    approve_p1(&route);
    assert_eq!(route.state(), "approved", "its term has begun, but it waits for control");
    let gate = |kind: &str| json!({"kind": kind, "severity": "error", "paragraph": "5.3"});
    assert_eq!(following(&route, "curator")["next_gates"], json!([gate("difficulties_analysis")]));
    let refused = route.post("curator", "/activation", json!({})).refused(409, "conflict.control_missing");
    assert_eq!(refused.codes(), ["conflict.control_missing", "preliminary_control_missing"]);
    let actions = route.read("curator").expect(200).json()["allowed_actions"].clone();
    assert!(!actions.as_array().unwrap().contains(&json!("activate_route")), "{actions}");

    // Where there is money, its budget is controlled as well.
    let app = TestApp::start();
    let route = complete_with(&app, |deficit| {
        with(
            content(deficit),
            json!({"budget": [{"source": "municipal", "amount_kopecks": 1_000_000,
            "stage_id": content(deficit)["stages"][0]["id"]}]}),
        )
    });
    approve_p1(&route);
    let analysis = plan(&app, &route, "curator", preliminary("difficulties_analysis")).expect(201).id();
    route.post("curator", "/activation", json!({})).refused(409, "preliminary_control_missing");
    record(&app, &analysis, "curator", fact()).expect(200);
    assert_eq!(following(&route, "curator")["next_gates"], json!([gate("budget")]));
    route.post("curator", "/activation", json!({})).refused(409, "budget_control_missing");
    let budget = plan(&app, &route, "curator", preliminary("budget")).expect(201).id();
    record(&app, &budget, "curator", fact()).expect(200);
    route.post("curator", "/activation", json!({})).expect(200);
    assert_eq!(route.state(), "active");
    plan(&app, &route, "curator", preliminary("budget")).refused(409, "control_out_of_time");

    // Control that is over before the approval holds nothing up.
    let app = TestApp::start();
    let route = complete_p1(&app);
    let early = plan(&app, &route, "teacher", preliminary("difficulties_analysis")).expect(201).id();
    let late = plan(&app, &route, "curator", ongoing()).expect(201).id();
    record(&app, &late, "curator", measured(1)).refused(409, "control_out_of_time");
    record(&app, &early, "curator", fact()).expect(200);
    approve_p1(&route);
    assert_eq!(route.state(), "active");
}

/// P1-57: ongoing control rests on what is measured: the plan, the fact and how far they differ.
#[test]
fn ongoing_control_measures_the_deviation() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let empty =
        json!({"kind": "ongoing", "object": "schedule", "purpose": "assess", "planned_on": "2026-04-01"});
    let refused = plan(&app, &route, "curator", empty).expect(422);
    assert_eq!(refused.codes()[1..], ["required", "required"]);
    let id = plan(&app, &route, "curator", ongoing()).expect(201).id();
    record(&app, &id, "curator", fact()).refused(422, "required");
    record(&app, &id, "curator", with(measured(3), json!({"done_on": "2026-03-03"})))
        .refused(422, "in_future");
    let done = record(&app, &id, "curator", measured(3)).expect(200).json();
    assert_eq!(
        (&done["planned_value"], &done["measured_value"], &done["deviation"]),
        (&json!(5), &json!(3), &json!(-2))
    );
    assert_eq!(done["unit"], "мероприятий в срок");
    record(&app, &id, "curator", measured(4)).refused(409, "conflict.state");
    let nothing = plan(&app, &route, "curator", last()).expect(201).id();
    record(&app, &nothing, "curator", measured(1)).refused(422, "nothing_to_measure");
}

/// P1-58: final control is needed to complete, and what it found becomes needs that the next program answers.
#[test]
fn final_control_closes_one_route_and_feeds_the_next() {
    let app = TestApp::start();
    let route = active_p1(&app);
    done(&route, "curator", &[0, 1]);
    let ids = stages(&route, "teacher");
    reported(&app, &route, &ids[0], "Открытый урок");
    app.days_pass(91);
    reported(&app, &route, &ids[1], "Портфолио");
    let refused = route.post("curator", "/completion", json!({})).refused(409, "conflict.control_missing");
    assert_eq!(refused.codes()[1..], ["final_control_missing"]);
    let control = plan(&app, &route, "curator", last()).expect(201).id();
    let needs = |topics: &[&str], ground: &str| {
        let needs: Vec<Value> = topics.iter().map(|topic| json!({"topic": topic})).collect();
        json!({"ground": ground, "needs": needs})
    };
    decide_control(&app, &control, "curator", "needs", needs(&["Проектная работа"], "deficit"))
        .refused(409, "conflict.state");
    record(&app, &control, "curator", fact()).expect(200);
    route.post("curator", "/completion", json!({})).expect(200);

    decide_control(&app, &control, "curator", "needs", needs(&["Проектная работа"], "whim"))
        .refused(422, "unknown_ground");
    decide_control(&app, &control, "curator", "needs", needs(&[], "deficit")).expect(422);
    let copied = needs(&["Проектная работа", "Оценивание проектов"], "deficit");
    let with_needs = decide_control(&app, &control, "curator", "needs", copied).expect(200).json();
    let found = with_needs["need_ids"].as_array().unwrap().clone();
    assert_eq!(found.len(), 2);
    let need =
        app.persona("teacher").get(&format!("/api/v1/needs/{}", found[0].as_str().unwrap())).expect(200);
    assert_eq!(
        (&need.json()["person_id"], &need.json()["state"]),
        (&json!(app.person("teacher")), &json!("open"))
    );
    assert_eq!(need.json()["recorded_role"], "program_curator");

    let next = RouteUnderTest::start(&app, "curator", "teacher");
    let mut line = activity(Some("core"));
    line["need_ids"] = json!(found);
    let added = next.add("curator", line).expect(201).json();
    assert_eq!(added["data"]["need_ids"].as_array().unwrap().len(), 2);
}

/// P1-56, P1-57, P1-58: control has its days. What is planned outside the term of the route is refused, and what was
/// looked at before it was in force says nothing of how it is fulfilled: it neither stands nor opens the way to completion.
#[test]
fn control_outside_the_term_of_the_route_is_refused() {
    let app = TestApp::start();
    let route = complete_p1(&app);
    let on = |body: Value, day: &str| with(body, json!({"planned_on": day}));
    let late = plan(&app, &route, "curator", on(preliminary("difficulties_analysis"), "2026-03-03"));
    late.refused(422, "control_out_of_term");
    plan(&app, &route, "curator", on(preliminary("difficulties_analysis"), "2026-02-20")).expect(201);

    let route = active_p1_of(&app, route);
    for (body, day) in
        [(ongoing(), "2026-03-01"), (ongoing(), "2027-03-02"), (last(), "2026-03-01"), (last(), "2099-01-01")]
    {
        let refused = plan(&app, &route, "curator", on(body, day)).refused(422, "control_out_of_term").json();
        let problem = &refused["errors"][0];
        assert_eq!(
            (&problem["pointer"], &problem["paragraph"]),
            (&json!("/planned_on"), &json!("5")),
            "{day}"
        );
        assert!(problem["message"].as_str().unwrap().contains("с 02.03.2026 по 01.03.2027"), "{problem}");
    }
    let english = app.persona("curator").header("accept-language", "en");
    let english = english.post(&route.path("/controls"), on(last(), "2099-01-01"));
    let words = english.refused(422, "control_out_of_term").json()["errors"][0]["message"].clone();
    assert_eq!(words, "Control is planned within the term of the route: from 2026-03-02 to 2027-03-01");
    let control = plan(&app, &route, "curator", on(last(), "2027-03-01")).expect(201).id();
    let path = format!("/api/v1/route-controls/{control}");
    app.persona("curator").put(&path, "\"1\"", on(last(), "2027-03-02")).refused(422, "control_out_of_term");

    done(&route, "curator", &[0, 1]);
    let ids = stages(&route, "teacher");
    reported(&app, &route, &ids[0], "Открытый урок");
    app.days_pass(91);
    reported(&app, &route, &ids[1], "Портфолио");
    for before in ["2016-05-31", "2026-03-01"] {
        let old = with(fact(), json!({"done_on": before}));
        let refused = record(&app, &control, "curator", old).refused(422, "control_out_of_term").json();
        let problem = &refused["errors"][0];
        assert_eq!((&problem["pointer"], &problem["requirement"]), (&json!("/done_on"), &json!("P1-58")));
    }
    route.post("curator", "/completion", json!({})).refused(409, "conflict.control_missing");
    record(&app, &control, "curator", with(fact(), json!({"done_on": "2026-06-01"}))).expect(200);
    route.post("curator", "/completion", json!({})).expect(200);
}

/// The plan changes and is cancelled while it is not carried out; the regulation must know control.
#[test]
fn a_control_plan_changes_until_it_is_carried_out() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let planned = plan(&app, &route, "curator", ongoing()).expect(201);
    let path = format!("/api/v1/route-controls/{}", planned.id());
    let moved = with(ongoing(), json!({"planned_on": "2026-05-01"}));
    app.persona("curator").put(&path, "\"7\"", moved.clone()).refused(412, "request.precondition_failed");
    let moved = app.persona("curator").put(&path, "\"1\"", moved).expect(200).json();
    assert_eq!(moved["planned_on"], "2026-05-01");
    app.persona("teacher").put(&path, "\"2\"", last()).refused(403, "auth.separation_of_duties");
    assert_eq!(app.persona("teacher").get(&path).expect(200).json()["overdue"], false);
    app.days_pass(61);
    assert_eq!(app.persona("teacher").get(&path).expect(200).json()["overdue"], true);
    let id = planned.id();
    decide_control(&app, &id, "curator", "cancellation", json!({})).expect(422);
    let cancelled =
        decide_control(&app, &id, "curator", "cancellation", json!({"reason": "Заменён"})).expect(200).json();
    assert_eq!((&cancelled["state"], &cancelled["cancel_reason"]), (&json!("cancelled"), &json!("Заменён")));
    assert_eq!((&cancelled["overdue"], &cancelled["allowed_actions"]), (&json!(false), &json!([])));
    decide_control(&app, &id, "curator", "record", measured(5)).refused(409, "conflict.state");

    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    plan(&app, &route, "curator", ongoing()).refused(422, "control_not_used");
    route.approve_p4();
    assert_eq!(route.state(), "active", "where no control is demanded, nothing waits for it");
}
