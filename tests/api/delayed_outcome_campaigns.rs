//! Campaigns that follow delayed outcomes, and outcomes still due, over HTTP, under the regulation of Kostroma.

use serde_json::{Value, json};

use crate::support::build_after_course::completed;
use crate::support::build_training::{etag, listed, with};
use crate::support::regulated_training::{altai_under_p2, live_under_changed};
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/delayed-outcome-campaigns";
const DUE: &str = "/api/v1/due-outcomes";

fn autumn() -> Value {
    json!({"title": "Осень 2026 года", "due_from": "2026-09-01", "due_until": "2026-11-30", "finish_by": "2026-12-20"})
}

fn close(app: &TestApp, persona: &str, id: &str) -> Answer {
    let path = format!("{PATH}/{id}/closing");
    let body = json!({"conclusion": "Результаты подтверждены"});
    app.persona(persona).post_if(&path, &etag(app, "delayed_outcome_campaigns", id), body)
}

fn record(app: &TestApp, persona: &str, enrollment: &str) {
    let data = json!({"method": "lesson_visit", "held_on": "2026-09-10", "conclusion": "Приёмы применяются"});
    let body = json!({"enrollment_id": enrollment, "data": data});
    app.persona(persona).post("/api/v1/delayed-outcomes", body).expect(201);
}

fn due(app: &TestApp, persona: &str, query: &str) -> Vec<Value> {
    listed(&app.persona(persona).get(&format!("{DUE}{query}")).expect(200), "enrollment_id")
}

/// P2-43: a municipality opens a campaign and sees how many outcomes are due, recorded and missing, school by school; a school
/// sees its own.
#[test]
fn a_municipality_follows_delayed_outcomes_with_their_coverage() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let (_, enrollments) = completed(&app, &["teacher", "teacher_2", "school_2_teacher", "school_3_teacher"]);
    let officer = app.persona("municipal_officer");
    for persona in ["director", "ministry", "teacher"] {
        app.persona(persona).post(PATH, autumn()).refused(403, "auth.forbidden");
    }
    let made = officer.post(PATH, autumn()).expect(201);
    let campaign = made.json();
    assert_eq!(
        (&campaign["due"], &campaign["recorded"], &campaign["missing"]),
        (&json!(3), &json!(0), &json!(3))
    );
    assert_eq!(campaign["municipality_id"], json!(app.organization("barnaul")));
    officer.post(PATH, autumn()).refused(409, "conflict.already_exists");
    app.persona("methodist").post(PATH, autumn()).refused(409, "conflict.already_exists");
    let biysk = app.persona("biysk_officer").post(PATH, autumn()).expect(201).json();
    assert_eq!(biysk["due"], 1);

    app.days_pass(190);
    record(&app, "deputy", &enrollments[0]);
    record(&app, "methodist", &enrollments[2]);
    let path = format!("{PATH}/{}", made.id());
    let read = app.persona("municipal_officer").get(&path).expect(200).json();
    assert_eq!((&read["due"], &read["recorded"], &read["missing"]), (&json!(3), &json!(2), &json!(1)));
    let school = |place: &str, due: i32, recorded: i32| json!({"organization_id": app.organization(place), "due": due, "recorded": recorded, "missing": due - recorded});
    assert_eq!(read["schools"], json!([school("school_1", 2, 1), school("school_2", 1, 1)]));
    assert_eq!(read["allowed_actions"], json!(["close_delayed_outcome_campaign"]));
    let own = app.persona("director").get(&path).expect(200).json();
    assert_eq!((&own["due"], &own["schools"]), (&json!(2), &json!([school("school_1", 2, 1)])));
    app.persona("biysk_officer").get(&path).refused(404, "request.not_found");
    app.persona("school_3_director").get(&path).refused(404, "request.not_found");

    close(&app, "director", &made.id()).refused(403, "auth.forbidden");
    let closed = close(&app, "municipal_officer", &made.id()).expect(200).json();
    assert_eq!((&closed["closed_on"], &closed["allowed_actions"]), (&json!("2026-09-16"), &json!([])));
    close(&app, "municipal_officer", &made.id()).refused(409, "conflict.state");
    let ids = |persona: &str, query: &str| {
        listed(&app.persona(persona).get(&format!("{PATH}{query}")).expect(200), "id")
    };
    assert_eq!(ids("school_2_director", ""), [json!(made.id())]);
    assert_eq!(ids("ministry", "?closed=false"), [biysk["id"].clone()]);
    assert_eq!(ids("ministry", "").len(), 2);
}

/// P2-38, P2-43: who is due, by the interval of the regulation of the school, until an outcome is recorded.
#[test]
fn outcomes_are_due_after_the_interval_of_the_regulation() {
    let app = TestApp::start();
    let (_, enrollments) = completed(&app, &["teacher", "school_2_teacher", "school_3_teacher"]);
    assert_eq!(due(&app, "ministry", ""), Vec::<Value>::new());
    altai_under_p2(&app);
    live_under_changed(&app, "school_2_director", "school_2", "p1-grozny-school-91", |profile| {
        let recorded_by = ["deputy_director"];
        profile["support"]["delayed_outcomes"] =
            json!({"due_after_months": 3, "methods": ["lesson_visit"], "recorded_by": recorded_by});
    });
    let lines = app.persona("municipal_officer").get(DUE).expect(200);
    let mut found: Vec<(Value, Value)> =
        listed(&lines, "enrollment_id").into_iter().zip(listed(&lines, "due_on")).collect();
    found.sort_by_key(|(id, _)| *id != enrollments[0]);
    let dates: Vec<&Value> = found.iter().map(|(_, day)| day).collect();
    assert_eq!(dates, ["2026-09-10", "2026-06-10"]);
    assert_eq!(due(&app, "municipal_officer", "?due_until=2026-06-30"), [json!(enrollments[1])]);
    assert_eq!(due(&app, "municipal_officer", "?due_from=2026-07-01"), [json!(enrollments[0])]);
    let backwards = format!("{DUE}?due_from=2026-07-01&due_until=2026-06-30");
    app.persona("director").get(&backwards).refused(422, "dates_out_of_order");
    assert_eq!(due(&app, "biysk_officer", ""), [json!(enrollments[2])]);
    assert_eq!(due(&app, "teacher", ""), [json!(enrollments[0])]);
    app.days_pass(190);
    let line = &app.persona("director").get(DUE).expect(200).json()["items"][0];
    assert_eq!((&line["overdue"], &line["ended_on"]), (&json!(true), &json!("2026-03-10")));
    record(&app, "deputy", &enrollments[0]);
    assert_eq!(due(&app, "director", ""), Vec::<Value>::new());
}

/// Days in their order, and only where the regulation follows delayed outcomes.
#[test]
fn a_campaign_has_its_days_in_order() {
    let app = TestApp::start();
    let officer = app.persona("municipal_officer");
    officer.post(PATH, autumn()).refused(422, "not_used");
    altai_under_p2(&app);
    let wrong = with(autumn(), json!({"due_until": "2026-08-31", "finish_by": "2026-08-30"}));
    let refused = officer.post(PATH, wrong).refused(422, "dates_out_of_order").json();
    assert_eq!(refused["errors"].as_array().unwrap().len(), 2);
    let id = officer.post(PATH, autumn()).expect(201).id();
    let path = format!("{PATH}/{id}/closing");
    officer.post(&path, json!({"conclusion": "Вывод"})).refused(428, "request.precondition_required");
    officer
        .post_if(&path, "\"9\"", json!({"conclusion": "Вывод"}))
        .refused(412, "request.precondition_failed");
}
