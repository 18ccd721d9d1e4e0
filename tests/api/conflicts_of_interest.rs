//! Nobody decides about himself, about his own organization, or about what others have measured.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_diagnostics::{
    campaign, coordinator_instrument, deficits, framework, instrument, load_results, result, result_body,
    snils,
};
use crate::support::build_registry::{accepted, program, submitted};
use crate::support::build_reviews::under_p2;
use crate::support::build_training::{course, plan, plan_with, with};

const RESULTS: &str = "/api/v1/diagnostic-results";

fn known_by_snils(app: &TestApp, persona: &str, number: u32) -> String {
    let snils = snils(number);
    app.db_execute(&format!("update persons set snils = '{snils}' where id = '{}'", app.person(persona)))
        .unwrap();
    snils
}

/// P4-12, design §2: the head of a school closes no deficit of his own: neither by a result nor by a file.
#[test]
fn nobody_records_his_own_result() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let recorded = result(&app, "coordinator", "director", &instrument, "2026-02-01", &[("B.1", 20.0)]);
    let better = result_body(&app, "director", &instrument, "2026-03-01", &[("B.1", 100.0)]);
    app.persona("director").post(RESULTS, better.clone()).refused(403, "auth.separation_of_duties");
    let snils = known_by_snils(&app, "director", 700);
    let row = format!("{snils};d-coordinator;;2026-03-01;онлайн;B.1:test=100");
    let run = load_results(&app, "director", "", &[row]).expect(200).json();
    assert_eq!((&run["rows_created"], &run["rows_refused"]), (&json!(0), &json!(1)));
    assert_eq!(deficits(&app, "director", "director")[0]["state"], "open");
    let read = app.persona("director").get(&format!("{RESULTS}/{}", recorded.id())).expect(200).json();
    assert_eq!(read["allowed_actions"], json!([]));
    app.persona("deputy").post(RESULTS, better).expect(201);
}

/// P4-10, P4-21, P4-22: a school provides the organization of the coordinator's diagnostics; it neither corrects its
/// results nor records any in its name.
#[test]
fn a_school_does_not_speak_for_the_coordinator() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let recorded = result(&app, "coordinator", "teacher", &instrument, "2026-02-01", &[("B.1", 20.0)]);
    let better = result_body(&app, "teacher", &instrument, "2026-02-01", &[("B.1", 100.0)]);
    let correction = with(better.clone(), json!({"corrects_id": recorded.id()}));
    app.persona("director").post(RESULTS, correction.clone()).refused(422, "conducted_by_another");
    let in_name = json!({"conducted_by": app.organization("coordinator"), "taken_on": "2026-02-02"});
    app.persona("director").post(RESULTS, with(better, in_name)).refused(422, "not_involved");
    let read = |persona: &str| {
        app.persona(persona).get(&format!("{RESULTS}/{}", recorded.id())).expect(200).json()["allowed_actions"].clone()
    };
    assert_eq!((read("director"), read("coordinator")), (json!([]), json!(["record_diagnostic_result"])));
    assert_eq!(deficits(&app, "teacher", "teacher")[0]["state"], "open");
    app.persona("coordinator").post(RESULTS, correction).expect(201);
    let second = result_body(&app, "teacher_2", &instrument, "2026-02-01", &[("B.1", 20.0)]);
    let at_school = json!({"conducted_by": app.organization("school_1")});
    let recorded = app.persona("coordinator").post(RESULTS, with(second.clone(), at_school)).expect(201);
    assert_eq!(
        recorded.json()["conducted_by_kind"],
        "school",
        "the coordinator enters what a school has conducted"
    );
    let mended =
        app.persona("coordinator").post(RESULTS, with(second, json!({"corrects_id": recorded.id()})));
    assert_eq!(mended.expect(201).json()["conducted_by_kind"], "school", "a correction changes no conductor");
}

/// P4-10, P4-22: a file of a school does not overwrite the coordinator's result of a campaign either.
#[test]
fn a_file_of_a_school_does_not_correct_the_coordinator() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let instrument = instrument(&app, "coordinator", "coordinator", &framework);
    campaign(&app, "coordinator", "coordinator", &instrument, "by_rule");
    let snils = known_by_snils(&app, "teacher", 701);
    let row = |score: u32| format!("{snils};d-coordinator;spring;2026-02-10;онлайн;B.1:test={score}");
    load_results(&app, "coordinator", "", &[row(20)]).expect(200);
    let run = load_results(&app, "director", "", &[row(100)]).expect(200);
    assert_eq!((&run.json()["rows_updated"], &run.json()["rows_refused"]), (&json!(0), &json!(1)));
    let rows =
        app.persona("director").get(&format!("/api/v1/import-runs/{}/rows", run.id())).expect(200).json();
    let problem = &rows["items"][0]["problems"][0];
    assert_eq!((&problem["column"], &problem["code"]), (&json!("Баллы"), &json!("conducted_by_another")));
    assert_eq!(load_results(&app, "director", "", &[row(20)]).expect(200).json()["rows_unchanged"], 1);
}

/// P2-23, design §2: whoever wrote a program, or mended the draft of a colleague, does not accept it, whoever has pressed
/// the button in between.
#[test]
fn the_author_of_a_program_does_not_accept_it() {
    let app = TestApp::start();
    under_p2(&app);
    let operator = app.persona("operator");
    let colleague = rost::ids::new_id();
    let accept = json!({"decision": "accept"});
    let id = submitted(&app, "operator", &program(&app, "operator", "Программа оператора"));
    let path = format!("/api/v1/programs/{id}");
    let by_colleague = |what: &str| {
        app.db_execute(&format!("update programs set {what} where id = '{id}'")).unwrap();
    };
    by_colleague(&format!("submitted_by = '{colleague}'"));
    operator
        .post_if(&format!("{path}/decision"), "\"2\"", accept.clone())
        .refused(403, "auth.separation_of_duties");
    let read = || operator.get(&path).expect(200).json()["allowed_actions"].clone();
    assert_eq!(read(), json!([]));

    // The colleague writes it, the operator mends what was returned.
    by_colleague(&format!(
        "writers = array['{colleague}'::uuid], state = 'returned', decision_reason = '-', decision_due_on = '2026-04-01'"
    ));
    let mut mended = program(&app, "operator", "Программа коллеги");
    mended.as_object_mut().unwrap().remove("provider_id");
    operator.put(&path, "\"2\"", mended).expect(200);
    operator.post_if(&format!("{path}/submission"), "\"3\"", json!({})).expect(200);
    by_colleague(&format!("submitted_by = '{colleague}'"));
    operator
        .post_if(&format!("{path}/decision"), "\"4\"", accept.clone())
        .refused(403, "auth.separation_of_duties");

    // A program in which the operator has no share.
    by_colleague(&format!("writers = array['{colleague}'::uuid]"));
    assert_eq!(read(), json!(["decide_program"]));
    operator.post_if(&format!("{path}/decision"), "\"4\"", accept).expect(200);
}

/// B1.9: what decides whether its hours count is recorded of an organization by somebody else.
#[test]
fn an_organization_keeps_neither_its_licence_nor_its_founder() {
    let app = TestApp::start();
    let licence = |owner: &str| {
        json!({"organization_id": app.organization(owner), "data": {"number": "L-7",
        "issued_on": "2020-01-10", "issued_by": "Министерство", "valid_from": "2020-01-10"}})
    };
    let founder = |owner: &str| {
        json!({"organization_id": app.organization(owner),
        "data": {"founder_type": "state", "valid_from": "2020-01-10"}})
    };
    let operator = app.persona("operator");
    operator.post("/api/v1/provider-licences", licence("operator")).refused(403, "auth.separation_of_duties");
    operator.post("/api/v1/provider-founders", founder("operator")).refused(403, "auth.separation_of_duties");
    let made = app.persona("ministry").post("/api/v1/provider-licences", licence("operator")).expect(201);
    let path = format!("/api/v1/provider-licences/{}", made.id());
    let suspension = json!({"suspended_from": "2026-01-01", "reason": "Решение суда"});
    app.persona("ministry").post_if(&format!("{path}/suspension"), "\"1\"", suspension).expect(200);
    let resumption = json!({"suspended_until": "2026-01-01"});
    operator
        .post_if(&format!("{path}/resumption"), "\"2\"", resumption)
        .refused(403, "auth.separation_of_duties");
    operator
        .post_if(&format!("{path}/end"), "\"2\"", json!({"valid_until": "2026-01-01"}))
        .refused(403, "auth.separation_of_duties");
    assert_eq!(operator.get(&path).expect(200).json()["allowed_actions"], json!([]));
    operator.post("/api/v1/provider-licences", licence("provider_x")).expect(201);
}

/// P1-10: a program is taught, and its documents are issued, by who teaches it: its provider, that of a module, a partner
/// whom the provider has named; an organization that names the provider its own partner has asked nobody.
#[test]
fn nobody_teaches_a_program_by_naming_its_provider() {
    let app = TestApp::start();
    let id = accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Оценивание"));
    let body = course(&json!({"id": id}), 5);
    let together = json!({"partner_ids": [app.organization("provider_x")]});
    plan_with(&app, "provider_y", "provider_y", &body, together.clone()).refused(422, "not_the_teacher");
    plan_with(&app, "director", "school_1", &body, together).refused(422, "not_the_teacher");
    let paper = |persona: &str, number: u32| {
        let paper = json!({"person_id": app.person("teacher"), "kind": "pd_certificate", "number": number.to_string(),
            "title": "Оценивание", "hours": 36, "program_id": id, "issued_on": "2026-02-27",
            "started_on": "2026-02-02", "completed_on": "2026-02-27"});
        app.persona(persona).post("/api/v1/credentials", paper)
    };
    paper("provider_y", 1).refused(422, "not_the_teacher");
    paper("provider", 2).expect(201);

    let mut shared = program(&app, "provider_x", "Сетевая программа");
    shared["data"]["network_form"] = json!(true);
    shared["data"]["partner_ids"] = json!([app.organization("provider_y")]);
    let id = accepted(&app, "provider", "ministry", &shared);
    plan(&app, "provider_y", "provider_y", &course(&json!({"id": id}), 5)).expect(201);
}
