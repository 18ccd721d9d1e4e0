//! Routes under the regulation of the school in Grozny (P1), set up through the API, and how they are followed.

use serde_json::{Value, json};

use super::build_diagnostics::deficit;
use super::build_routes::RouteUnderTest;
use super::regulated_training::school_1_under_p1;
use super::{Answer, TestApp, build_grozny};

/// What a program with two stages and two lines says; nobody pays for it.
pub fn content(deficit: &str) -> Value {
    let mut content = build_grozny::content(deficit);
    let line = |part: &str| {
        json!({"data": {"kind": "self_education", "part": part, "title": "Чтение", "content": "Книги об оценивании",
            "hours": 10, "starts_on": "2026-03-02", "ends_on": "2026-05-31", "reason": "personal_problem",
            "deficit_ids": [deficit]}})
    };
    content["ends_on"] = json!("2027-03-01");
    content["stages"][0]["ends_on"] = json!("2026-05-31");
    content["stages"][0]["report_form"] = json!("Открытый урок");
    content["stages"][1]["starts_on"] = json!("2026-06-01");
    content["stages"][1]["ends_on"] = json!("2027-03-01");
    content["stages"][1]["report_form"] = json!("Портфолио");
    content["activities"] = json!([line("core"), line("elective")]);
    content["study_plan"] =
        json!([{"topic": "Критерии", "hours": 20, "on_date": "2026-04-01", "form": "чтение"}]);
    content["budget"] = json!([]);
    content
}

/// A route of the teacher of school 1 under P1 that can be submitted.
#[track_caller]
pub fn complete_p1(app: &TestApp) -> RouteUnderTest<'_> {
    complete_with(app, content)
}

/// The same with what the closure makes of the deficit.
#[track_caller]
pub fn complete_with(app: &TestApp, content: impl Fn(&str) -> Value) -> RouteUnderTest<'_> {
    school_1_under_p1(app);
    let found = deficit(app, "teacher");
    let route = RouteUnderTest::start(app, "curator", "teacher");
    route.put("curator", "/contents", content(&found)).expect(200);
    route
}

/// From a complete draft under P1 to its approval by the order of the head.
#[track_caller]
pub fn approve_p1(route: &RouteUnderTest<'_>) {
    route.submit("curator").expect(200);
    let act = json!({"act_number": "14-о", "act_date": "2026-03-02"});
    route.decide_with("director", "approve", act).expect(200);
}

/// A route under P1 in force: approved, and its preliminary control carried out.
#[track_caller]
pub fn active_p1(app: &TestApp) -> RouteUnderTest<'_> {
    let route = complete_p1(app);
    approve_p1(&route);
    let control = plan(app, &route, "curator", preliminary("difficulties_analysis")).expect(201).id();
    record(app, &control, "curator", fact()).expect(200);
    route.post("curator", "/activation", json!({})).expect(200);
    route
}

/// The ids of the stages.
pub fn stages(route: &RouteUnderTest<'_>, reader: &str) -> Vec<String> {
    let read = route.read(reader).expect(200).json();
    let id = |stage: &Value| stage["id"].as_str().unwrap().to_owned();
    read["stages"].as_array().unwrap().iter().map(id).collect()
}

/// What is said of how the route is followed.
pub fn following(route: &RouteUnderTest<'_>, reader: &str) -> Value {
    route.read(reader).expect(200).json()["following"].clone()
}

/// A report in that form.
pub fn report(form: &str) -> Value {
    json!({"form": form, "text": "Урок проведён, самоанализ приложен", "results": "Критерии для 5 класса"})
}

/// A decision on the newest version of a report.
pub fn decide_report(app: &TestApp, persona: &str, id: &str, decision: &str, body: Value) -> Answer {
    let version = app.db_text(&format!("select version from stage_reports where id = '{id}'"));
    let path = format!("/api/v1/stage-reports/{id}/{decision}");
    app.persona(persona).post_if(&path, &format!("\"{version}\""), body)
}

/// Reports the stage and accepts it.
#[track_caller]
pub fn reported(app: &TestApp, route: &RouteUnderTest<'_>, stage: &str, form: &str) {
    let path = route.path(&format!("/stages/{stage}/report"));
    let id = app.persona("teacher").post(&path, report(form)).expect(201).id();
    decide_report(app, "curator", &id, "acceptance", json!({})).expect(200);
}

/// Preliminary control of that item.
pub fn preliminary(item: &str) -> Value {
    json!({"kind": "preliminary", "object": "development", "purpose": "assess", "item": item,
        "planned_on": "2026-03-02"})
}

/// Ongoing control of the schedule: five activities in time.
pub fn ongoing() -> Value {
    json!({"kind": "ongoing", "object": "schedule", "purpose": "assess", "planned_on": "2026-04-01",
        "planned_value": 5, "unit": "мероприятий в срок"})
}

/// Final control of the quality.
pub fn last() -> Value {
    json!({"kind": "final", "object": "quality", "purpose": "assess", "planned_on": "2027-02-01"})
}

/// What was found today.
pub fn fact() -> Value {
    json!({"done_on": "2026-03-02", "finding": "Затруднения описаны"})
}

/// Puts control into the plan of the route.
pub fn plan(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str, body: Value) -> Answer {
    app.persona(persona).post(&route.path("/controls"), body)
}

/// Records a fact on the newest version of a control.
pub fn record(app: &TestApp, id: &str, persona: &str, body: Value) -> Answer {
    decide_control(app, id, persona, "record", body)
}

/// A decision on the newest version of a control.
pub fn decide_control(app: &TestApp, id: &str, persona: &str, decision: &str, body: Value) -> Answer {
    let version = app.db_text(&format!("select version from route_controls where id = '{id}'"));
    let path = format!("/api/v1/route-controls/{id}/{decision}");
    app.persona(persona).post_if(&path, &format!("\"{version}\""), body)
}

/// Records that the activities of those places are done.
#[track_caller]
pub fn done(route: &RouteUnderTest<'_>, persona: &str, places: &[usize]) {
    let read = route.read(persona).expect(200).json();
    for place in places {
        let id = read["activities"][*place]["id"].as_str().unwrap();
        let path = format!("/activities/{id}/completion");
        route.post(persona, &path, json!({"completed_on": "2026-03-02"})).expect(200);
    }
}

/// Drafts a revision with that content; its id.
#[track_caller]
pub fn revise(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str, content: Value) -> String {
    let body = json!({"cause": "correction", "reason": "По итогам контроля", "content": content});
    let revision = app.persona(persona).post(&route.path("/revisions"), body).expect(201).json();
    revision["revision"]["id"].as_str().unwrap().to_owned()
}
