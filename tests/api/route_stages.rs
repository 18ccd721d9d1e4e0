//! Stages of routes over HTTP: deadlines, reports in the form named for each, closing, completion.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_following::{
    active_p1, complete_p1, decide_report, done, fact, following, last, plan, record, report, reported,
    revise, stages,
};
use crate::support::build_routes::RouteUnderTest;

fn statuses(route: &RouteUnderTest<'_>) -> Vec<Value> {
    let stages = following(route, "teacher")["stages"].as_array().unwrap().clone();
    stages.iter().map(|stage| stage["status"].clone()).collect()
}

/// P1-7: each stage has its dates and a status, and the one whose last day is past is late until it is closed.
#[test]
fn a_stage_past_its_last_day_is_late() {
    let app = TestApp::start();
    let draft = complete_p1(&app);
    let shown = draft.read("teacher").expect(200).json();
    assert_eq!(
        (&shown["stages"][0]["starts_on"], &shown["stages"][0]["ends_on"]),
        (&json!("2026-03-02"), &json!("2026-05-31"))
    );
    assert_eq!(statuses(&draft), ["planned", "planned"]);

    let app = TestApp::start();
    let route = active_p1(&app);
    assert_eq!(statuses(&route), ["running", "planned"]);
    app.days_pass(90);
    assert_eq!(app.today().to_string(), "2026-05-31");
    assert_eq!(statuses(&route), ["running", "planned"]);
    app.days_pass(1);
    assert_eq!(statuses(&route), ["late", "running"]);
    let first = &stages(&route, "teacher")[0];
    reported(&app, &route, first, "Открытый урок");
    route.post("curator", &format!("/stages/{first}/closure"), json!({})).expect(200);
    assert_eq!(statuses(&route), ["closed", "running"]);
    let closed = &following(&route, "teacher")["stages"][0];
    assert_eq!(
        (&closed["closed_on"], &closed["closed_by"]),
        (&json!("2026-06-01"), &json!(app.person("curator")))
    );
}

/// P1-8: the share of what is fulfilled follows from the activities.
#[test]
fn the_share_of_completion_follows_from_the_activities() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let progress = || route.read("teacher").expect(200).json()["progress"].clone();
    assert_eq!((&progress()["planned"], &progress()["share"]), (&json!(2), &json!(0)));
    done(&route, "curator", &[0]);
    assert_eq!((&progress()["completed"], &progress()["share"]), (&json!(1), &json!(50)));
    assert_eq!(progress()["completed_hours"], json!(10.0));
    done(&route, "curator", &[1]);
    assert_eq!(progress()["share"], json!(100));
}

/// P1-9: a stage is not closed without its accepted report, and the report has the form that the route names for it.
#[test]
fn a_stage_is_closed_only_with_its_report_in_the_named_form() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let first = stages(&route, "teacher")[0].clone();
    let (closure, path) =
        (format!("/stages/{first}/closure"), route.path(&format!("/stages/{first}/report")));
    route.post("curator", &closure, json!({})).refused(409, "conflict.report_missing");
    app.persona("teacher").get(&path).refused(404, "request.not_found");
    let wrong =
        app.persona("teacher").post(&path, report("Реферат")).refused(422, "report_form_mismatch").json();
    assert_eq!(
        (&wrong["errors"][0]["pointer"], &wrong["errors"][0]["requirement"]),
        (&json!("/form"), &json!("P1-9"))
    );
    for other in ["curator", "director"] {
        app.persona(other).post(&path, report("Открытый урок")).refused(403, "auth.forbidden");
    }
    let submitted = app.persona("teacher").post(&path, report("открытый  урок")).expect(201);
    let id = submitted.id();
    assert_eq!(submitted.json()["allowed_actions"], json!(["resubmit_stage_report"]));
    let second =
        app.persona("teacher").post(&path, report("Открытый урок")).refused(409, "conflict.already_exists");
    assert!(second.json()["detail"].as_str().unwrap().contains(&id), "{}", second.text);
    route.post("curator", &closure, json!({})).refused(409, "conflict.report_missing");

    decide_report(&app, "teacher", &id, "acceptance", json!({})).refused(403, "auth.forbidden");
    let note = json!({"note": "Приложите самоанализ", "due_on": "2026-03-20"});
    decide_report(&app, "curator", &id, "return", json!({"note": "Приложите", "due_on": "2026-03-01"}))
        .refused(422, "in_past");
    decide_report(&app, "curator", &id, "return", note).expect(200);
    decide_report(&app, "curator", &id, "acceptance", json!({})).refused(409, "conflict.state");
    route.post("curator", &closure, json!({})).refused(409, "conflict.report_missing");
    app.days_pass(20);
    let returned = app.persona("teacher").get(&path).expect(200);
    assert_eq!((&returned.json()["state"], &returned.json()["overdue"]), (&json!("returned"), &json!(true)));
    app.persona("teacher")
        .put(&path, "\"1\"", report("Открытый урок"))
        .refused(412, "request.precondition_failed");
    let again =
        app.persona("teacher").put(&path, &returned.etag(), report("Открытый урок")).expect(200).json();
    assert_eq!((&again["state"], &again["overdue"]), (&json!("submitted"), &json!(false)));
    decide_report(&app, "association_head", &id, "acceptance", json!({"note": "Принято"})).expect(200);
    let closed = route.post("curator", &closure, json!({})).expect(200).json();
    assert_eq!(closed["following"]["stages"][0]["status"], "closed");
    route.post("curator", &closure, json!({})).refused(409, "conflict.state");
    let accepted = app.persona("teacher").get(&path).expect(200);
    app.persona("teacher")
        .put(&path, &accepted.etag(), report("Открытый урок"))
        .refused(409, "conflict.state");
}

/// Nobody reports what has not begun, closes a stage of another route, or sees reports of another school.
#[test]
fn reports_stay_with_their_route() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let ids = stages(&route, "teacher");
    let later = route.path(&format!("/stages/{}/report", ids[1]));
    app.persona("teacher").post(&later, report("Портфолио")).refused(409, "conflict.state");
    let unknown = format!("/stages/{}/report", app.person("teacher"));
    app.persona("teacher").post(&route.path(&unknown), report("Портфолио")).refused(404, "request.not_found");
    let closure = format!("/stages/{}/closure", ids[0]);
    route.post("teacher", &closure, json!({})).refused(403, "auth.forbidden");
    app.persona("curator")
        .post(&route.path(&closure), json!({}))
        .refused(428, "request.precondition_required");
    app.persona("curator")
        .post_if(&route.path(&closure), "\"1\"", json!({}))
        .refused(412, "request.precondition_failed");
    let path = route.path(&format!("/stages/{}/report", ids[0]));
    let id = app.persona("teacher").post(&path, report("Открытый урок")).expect(201).id();
    app.persona("school_2_teacher").get(&path).refused(404, "request.not_found");
    for stranger in ["school_2_director", "chel_director"] {
        app.persona(stranger).get(&path).refused(404, "request.not_found");
        decide_report(&app, stranger, &id, "acceptance", json!({})).refused(404, "request.not_found");
        route.post(stranger, &closure, json!({})).refused(404, "request.not_found");
    }
    app.persona("municipal_officer").get(&path).expect(200);
    decide_report(&app, "municipal_officer", &id, "acceptance", json!({})).refused(403, "auth.forbidden");
    let wrong =
        app.persona("teacher").post(&path, json!({"form": "", "text": "", "results": ""})).expect(422);
    assert!(wrong.codes().len() > 2, "every problem at once: {}", wrong.text);
}

/// A revision neither takes out nor moves a stage that was reported, nor changes one that is closed; a document that would
/// change the stages of a route in force is refused altogether.
#[test]
fn a_revision_keeps_reported_and_closed_stages() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let first = stages(&route, "teacher")[0].clone();
    let mut without = route.written("curator");
    without["stages"].as_array_mut().unwrap().remove(0);
    without["title"] = json!("Без первого этапа");
    let revision = revise(&app, &route, "curator", without);
    let check = || {
        let path = format!("/api/v1/route-revisions/{revision}/submission-check");
        let found = app.persona("curator").get(&path).expect(200).json()["errors"].clone();
        found.as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(check(), Vec::<String>::new());
    reported(&app, &route, &first, "Открытый урок");
    assert_eq!(check(), ["reported_stage_removed"]);
    let rewrite = |content: Value| {
        let version = app.db_text(&format!("select version from route_revisions where id = '{revision}'"));
        let body = json!({"reason": "По итогам контроля", "content": content});
        let path = format!("/api/v1/route-revisions/{revision}");
        app.persona("curator").put(&path, &format!("\"{version}\""), body).expect(200);
    };
    let mut moved = route.written("curator");
    moved["stages"][0]["ends_on"] = json!("2026-06-30");
    moved["stages"][1]["ends_on"] = json!("2027-02-28");
    rewrite(moved.clone());
    assert_eq!(check(), ["reported_stage_moved"], "the other stage may be moved");
    route.put("curator", "/contents", moved.clone()).refused(409, "conflict.state");
    let kept = json!({"stages": moved["stages"]});
    route.put("curator", "/stages", kept).refused(409, "conflict.state");
    route.post("curator", &format!("/stages/{first}/closure"), json!({})).expect(200);
    let mut changed = route.written("curator");
    changed["stages"][0]["title"] = json!("Другой этап");
    rewrite(changed);
    assert_eq!(check(), ["closed_stage_changed"]);
}

/// P1-30: a program is obligatory in full: it is not completed with an open activity, nor ended without a reason.
#[test]
fn a_route_is_completed_only_in_full() {
    let app = TestApp::start();
    let route = active_p1(&app);
    done(&route, "curator", &[0]);
    let open =
        route.post("curator", "/completion", json!({})).refused(409, "conflict.not_fully_completed").json();
    let left = &open["errors"][0];
    assert_eq!((&left["code"], &left["pointer"]), (&json!("activity_open"), &json!("/activities/1")));
    assert_eq!((&left["requirement"], &left["paragraph"]), (&json!("P1-30"), &json!("2.11")));
    assert!(left["message"].as_str().unwrap().contains("Чтение"), "{open}");
    assert_eq!(route.state(), "active");
    route.post("curator", "/closure", json!({})).expect(422);
    route.post("curator", "/closure", json!({"reason": ""})).expect(422);
    let closed =
        route.post("curator", "/closure", json!({"reason": "Перевод в другую школу"})).expect(200).json();
    assert_eq!(
        (&closed["state"], &closed["close_reason"]),
        (&json!("closed_incomplete"), &json!("Перевод в другую школу"))
    );

    let app = TestApp::start();
    let route = active_p1(&app);
    done(&route, "curator", &[0, 1]);
    let missing = route.post("curator", "/completion", json!({})).refused(409, "conflict.report_missing");
    assert_eq!(
        missing.codes()[1..],
        ["stage_report_missing", "stage_report_missing", "final_control_missing"]
    );
    let ids = stages(&route, "teacher");
    reported(&app, &route, &ids[0], "Открытый урок");
    app.days_pass(91);
    reported(&app, &route, &ids[1], "Портфолио");
    route.post("curator", "/completion", json!({})).refused(409, "conflict.control_missing");
    let actions = route.read("curator").expect(200).json()["allowed_actions"].clone();
    assert!(!actions.as_array().unwrap().contains(&json!("complete_route")), "{actions}");
    let control = plan(&app, &route, "curator", last()).expect(201).id();
    record(&app, &control, "curator", fact()).expect(200);
    let actions = route.read("curator").expect(200).json()["allowed_actions"].clone();
    assert!(actions.as_array().unwrap().contains(&json!("complete_route")), "{actions}");
    route.post("teacher", "/completion", json!({})).refused(403, "auth.forbidden");
    route.post("curator", "/completion", json!({})).expect(200);
    assert_eq!(route.state(), "completed");
}
