//! Deficits over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{
    competency, coordinator_instrument, deficit, deficits, framework, framework_body, instrument, result,
};

/// P4-5: a deficit links a competency and a job function, with its level.
#[test]
fn a_deficit_names_the_competency_the_job_function_and_the_level() {
    let app = TestApp::start();
    let id = deficit(&app, "teacher");
    let read = app.persona("teacher").get(&format!("/api/v1/deficits/{id}")).expect(200).json();
    assert_eq!(read["job_function"], "A/01.6 Обучение");
    assert_eq!(read["level"], "high_deficit");
    assert_eq!(read["severity"], 3);
    assert_eq!(read["weight"], 2.0);
    assert_eq!(read["origin"], "diagnostic");
    assert!(read["competency_id"].is_string());
    assert_eq!(
        (&read["competency_code"], &read["competency_title"]),
        (&json!("B.1"), &json!("Оценивание результатов"))
    );
    let result = read["result_id"].as_str().unwrap();
    let result =
        app.persona("teacher").get(&format!("/api/v1/diagnostic-results/{result}")).expect(200).json();
    for part in ["scores", "levels"] {
        assert_eq!(result[part][0]["competency_code"], "B.1", "{result}");
        assert_eq!(result[part][0]["competency_title"], "Оценивание результатов");
    }
}

/// P4-12: open, then closed by a repeat diagnostic; the share is reported.
#[test]
fn a_repeat_diagnostic_closes_a_deficit_and_the_share_is_reported() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    result(&app, "coordinator", "teacher", &instrument, "2026-01-10", &[("B.1", 20.0), ("B.2", 20.0)]);
    result(&app, "coordinator", "teacher", &instrument, "2026-02-10", &[("B.1", 50.0)]);
    let open = deficits(&app, "teacher", "teacher");
    assert_eq!(open.len(), 2);
    assert!(open.iter().all(|deficit| deficit["state"] == "open"));
    assert!(
        open.iter().any(|deficit| deficit["level"] == "low_deficit"),
        "confirmed at the level now measured"
    );

    let last = result(&app, "coordinator", "teacher", &instrument, "2026-02-20", &[("B.1", 90.0)]).id();
    let closed =
        deficits(&app, "deputy", "teacher").into_iter().find(|deficit| deficit["state"] == "closed").unwrap();
    assert_eq!(closed["closed_on"], "2026-02-20");
    assert_eq!(closed["closed_by_result_id"], json!(last));

    let share = app.persona("director").get("/api/v1/deficit-closure").expect(200).json();
    assert_eq!(
        share,
        json!({"hidden": false, "open": 1, "addressed": 0, "closed": 1, "total": 2, "closed_percent": 50})
    );
    let path = format!("/api/v1/deficit-closure?organization_id={}", app.organization("school_2"));
    let share = app.persona("ministry").get(&path).expect(200).json();
    assert_eq!((&share["total"], &share["closed_percent"]), (&json!(0), &json!(null)));
    app.persona("teacher").get("/api/v1/deficit-closure").refused(403, "auth.forbidden");
}

/// P4-12: history that is loaded late does not undo what a later result has shown.
#[test]
fn results_loaded_out_of_order_end_in_the_same_deficits() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    result(&app, "coordinator", "teacher", &instrument, "2026-02-10", &[("B.1", 20.0), ("B.2", 90.0)]);
    result(&app, "coordinator", "teacher", &instrument, "2026-01-10", &[("B.1", 90.0), ("B.2", 20.0)]);
    let found = deficits(&app, "teacher", "teacher");
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["state"], &found[0]["opened_on"]), (&json!("open"), &json!("2026-02-10")));
}

#[test]
fn lists_of_deficits_are_confined_to_the_scope() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    for person in ["teacher", "school_2_teacher", "school_3_teacher"] {
        result(&app, "coordinator", person, &instrument, "2026-02-10", &[("B.1", 20.0)]);
    }
    let count = |persona: &str, query: &str| {
        let list = app.persona(persona).get(&format!("/api/v1/deficits{query}")).expect(200).json();
        list["items"].as_array().unwrap().len()
    };
    assert_eq!(count("teacher", ""), 1);
    assert_eq!(count("teacher_2", ""), 0);
    assert_eq!(count("association_head", ""), 1);
    assert_eq!(count("director", ""), 1);
    assert_eq!(count("municipal_officer", ""), 2);
    assert_eq!(count("coordinator", ""), 3);
    assert_eq!(count("coordinator", "?state=closed"), 0);
    assert_eq!(count("coordinator", &format!("?organization_id={}", app.organization("school_3"))), 1);
    assert_eq!(count("chel_director", ""), 0);
    app.persona("provider").get("/api/v1/deficits").refused(403, "auth.forbidden");
    let path = format!("/api/v1/persons/{}/deficits", app.person("teacher"));
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
    app.persona("teacher_2").get(&path).refused(404, "request.not_found");
}

/// P4-5: a difficulty is a deficit that nobody has measured.
#[test]
fn a_difficulty_is_reported_without_a_test() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let competency = competency(&app, "teacher", &framework, "B.1");
    let body = json!({"person_id": app.person("teacher"), "competency_id": competency, "severity": 2,
        "note": "Трудно оценивать функциональную грамотность"});
    let path = "/api/v1/deficits";
    app.persona("teacher_2").post(path, body.clone()).refused(422, "unknown");
    app.persona("school_2_director").post(path, body.clone()).refused(422, "unknown");
    app.persona("coordinator").post(path, body.clone()).refused(403, "auth.forbidden");
    let reported = app.persona("association_head").post(path, body.clone()).expect(201);
    let read = app.persona("teacher").get(reported.header("location").unwrap()).expect(200).json();
    assert_eq!((&read["origin"], &read["state"]), (&json!("difficulty"), &json!("open")));
    assert_eq!(read["job_function"], "A/01.6 Обучение");
    app.persona("teacher").post(path, body.clone()).refused(409, "conflict.already_exists");
    let mut wrong = body;
    wrong["severity"] = json!(4);
    wrong["note"] = json!("");
    let refusal = app.persona("teacher").post(path, wrong).refused(422, "range").json();
    assert_eq!(refusal["errors"].as_array().unwrap().len(), 2);
}

/// P4-12: a test that confirms a difficulty makes it a deficit found by diagnostics; the next one may close it.
#[test]
fn a_test_confirms_a_difficulty_and_a_repeat_closes_it() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let framework =
        app.persona("teacher").get("/api/v1/frameworks").expect(200).json()["items"][0]["id"].clone();
    let competency = competency(&app, "teacher", framework.as_str().unwrap(), "B.1");
    let body = json!({"person_id": app.person("teacher"), "competency_id": competency, "severity": 1,
        "note": "Трудно оценивать"});
    app.persona("teacher").post("/api/v1/deficits", body).expect(201);
    app.days_pass(1);
    result(&app, "coordinator", "teacher", &instrument, "2026-03-03", &[("B.1", 10.0)]);
    let found = deficits(&app, "teacher", "teacher");
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["origin"], &found[0]["severity"]), (&json!("diagnostic"), &json!(3)));
}

/// P2-14, P1-28, design §2: deficits and results are for those who work with the person. The quality centre gets
/// numbers, a secretary the route alone; a tutor is not one of everybody's.
#[test]
fn deficits_and_results_are_hidden_from_whoever_does_not_work_with_the_person() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let recorded = result(&app, "coordinator", "teacher", &instrument, "2026-02-10", &[("B.1", 20.0)]);
    let deficit = deficits(&app, "teacher", "teacher")[0]["id"].as_str().unwrap().to_owned();
    let person = app.person("teacher");
    let paths = [
        format!("/api/v1/deficits/{deficit}"),
        format!("/api/v1/persons/{person}/deficits"),
        format!("/api/v1/persons/{person}/diagnostic-results"),
        format!("/api/v1/diagnostic-results/{}", recorded.id()),
    ];
    // A secretary knows the person, but nothing of the deficits; a tutor of others knows neither.
    for (path, of_a_known_person) in paths.iter().zip([false, true, true, false]) {
        let code = if of_a_known_person { (403, "auth.forbidden") } else { (404, "request.not_found") };
        app.persona("secretary").get(path).refused(code.0, code.1);
        app.persona("tutor").get(path).refused(404, "request.not_found");
        // Roles that have nothing to do with deficits of people hear so without a look at the thing.
        for stranger in ["quality_officer", "reviewer", "provider"] {
            app.persona(stranger).get(path).refused(403, "auth.forbidden");
        }
        for reader in ["association_head", "curator", "methodist", "ministry", "auditor"] {
            app.persona(reader).get(path).expect(200);
        }
    }
    // Secretary and tutor are teachers as well, so that they have a list: their own.
    for stranger in ["secretary", "tutor"] {
        let list = app.persona(stranger).get("/api/v1/deficits").expect(200).json();
        assert_eq!(list["items"], json!([]), "{stranger}");
    }
    app.persona("quality_officer").get("/api/v1/deficits").refused(403, "auth.forbidden");
    let share = app.persona("quality_officer").get("/api/v1/deficit-closure").expect(200).json();
    assert_eq!(share, json!({"hidden": true}), "one person would be told");
    let body = json!({"person_id": person, "instrument_id": instrument, "taken_on": "2026-02-11", "mode": "online",
        "scores": [{"competency_code": "B.1", "procedure": "test", "score": 90}]});
    app.persona("quality_officer").post("/api/v1/diagnostic-results", body).refused(403, "auth.forbidden");
}

/// P4-5: a deficit names the job functions of a standard that its competency is associated with, and is found by them.
#[test]
fn deficits_carry_job_functions() {
    let app = TestApp::start();
    let coordinator = app.persona("coordinator");
    let owner = app.organization("coordinator");
    let standard = json!({"owner_id": owner, "code": "ps", "title": "Профстандарт", "edition": 1,
        "kind": "occupational_standard", "competencies": [
            {"code": "A", "kind": "job_function", "title": "Педагогическая деятельность"},
            {"code": "A/01.6", "parent_code": "A", "kind": "job_function", "title": "Обучение"}]});
    let published = |body: Value| {
        let draft = coordinator.post("/api/v1/frameworks", body).expect(201);
        let path = format!("/api/v1/frameworks/{}", draft.id());
        coordinator.post_if(&format!("{path}/publication"), &draft.etag(), json!(null)).expect(200);
        draft.id()
    };
    let standard = published(standard);
    let function = competency(&app, "coordinator", &standard, "A/01.6");
    let mut model = framework_body(owner, "m");
    model["associations"] =
        json!([{"origin_code": "B.1", "kind": "is_related_to", "destination_id": function}]);
    let model = published(model);
    let instrument = instrument(&app, "coordinator", "coordinator", &model);
    result(&app, "coordinator", "teacher", &instrument, "2026-02-10", &[("B.1", 20.0), ("B.2", 20.0)]);
    let found = deficits(&app, "teacher", "teacher");
    let of = |code: &str| {
        found.iter().find(|one| one["competency_code"] == code).unwrap()["job_functions"].clone()
    };
    let expected = json!([{"id": function, "framework_id": standard, "code": "A/01.6", "title": "Обучение"}]);
    assert_eq!((of("B.1"), of("B.2")), (expected.clone(), json!([])));
    let codes = |persona: &str, query: &str| -> Vec<Value> {
        let page = app.persona(persona).get(&format!("/api/v1/deficits{query}")).expect(200).json();
        page["items"].as_array().unwrap().iter().map(|one| one["competency_code"].clone()).collect()
    };
    assert_eq!(codes("deputy", &format!("?job_function_id={function}")), ["B.1"]);
    let other = competency(&app, "coordinator", &standard, "A");
    assert_eq!(codes("deputy", &format!("?job_function_id={other}")), Vec::<Value>::new());
    let own = format!("/api/v1/persons/{}/deficits?job_function_id={function}", app.person("teacher"));
    assert_eq!(app.persona("teacher").get(&own).expect(200).json()["items"].as_array().unwrap().len(), 1);
    let one = found.iter().find(|one| one["competency_code"] == "B.1").unwrap()["id"].as_str().unwrap();
    let one = app.persona("teacher").get(&format!("/api/v1/deficits/{one}")).expect(200).json();
    assert_eq!(one["job_functions"], expected);
}
