//! Credit rules over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_guidance::ids;
use crate::support::build_registry::{accepted, entered, program};

const PATH: &str = "/api/v1/credit-rules";

fn body(app: &TestApp, owner: &str, source: Value, target: Value) -> Value {
    json!({"organization_id": app.organization(owner), "source": source, "target": target, "hours": 12,
           "valid_from": "2026-01-01", "valid_until": "2027-12-31"})
}

fn module(app: &TestApp, program: &str, place: usize) -> Value {
    let read = app.persona("teacher").get(&format!("/api/v1/programs/{program}")).expect(200).json();
    json!({"program_id": program, "module_id": read["modules"][place]["id"]})
}

/// A program of that author in the registry.
fn listed(app: &TestApp, persona: &str, provider: &str, title: &str) -> String {
    let id = accepted(app, persona, "ministry", &program(app, provider, title));
    app.persona("ministry").post("/api/v1/registry-entries", json!({"program_id": id})).expect(201);
    id
}

/// P4-31: a provider rules what it credits: source, target, hours and dates; only programs of the registry.
#[test]
fn a_provider_credits_programs_of_the_registry() {
    let app = TestApp::start();
    let (own, _) = entered(&app, &program(&app, "provider_x", "Своя"));
    let foreign = listed(&app, "provider_y", "provider_y", "Чужая");
    let outside = accepted(&app, "provider_y", "ministry", &program(&app, "provider_y", "Вне реестра"));
    let (source, target) = (module(&app, &foreign, 0), module(&app, &own, 1));
    let provider = app.persona("provider");
    let made = provider.post(PATH, body(&app, "provider_x", source.clone(), target.clone())).expect(201);
    assert_eq!((&made.json()["hours"], &made.json()["source"]), (&json!(12.0), &source));
    assert_eq!(made.json()["allowed_actions"], json!(["end_credit_rule"]));
    let refused = provider
        .post(PATH, body(&app, "provider_x", json!({"program_id": outside}), target.clone()))
        .refused(422, "not_in_registry");
    assert_eq!(refused.json()["errors"][0]["pointer"], "/source/program_id");
    assert_eq!(refused.json()["errors"][0]["requirement"], "P4-31");
    provider
        .post(PATH, body(&app, "provider_x", target.clone(), source.clone()))
        .refused(422, "not_own_program");
    let mut too_much = body(&app, "provider_x", source.clone(), target.clone());
    too_much["hours"] = json!(12.5);
    too_much["valid_until"] = json!("2025-12-31");
    let refused = provider.post(PATH, too_much).refused(422, "hours_out_of_range");
    assert_eq!(refused.json()["errors"].as_array().unwrap().len(), 2);
    let strange = json!({"program_id": own, "module_id": source["module_id"]});
    provider.post(PATH, body(&app, "provider_x", source.clone(), strange)).refused(422, "unknown");
    app.persona("provider_y")
        .post(PATH, body(&app, "provider_x", source.clone(), target.clone()))
        .refused(403, "auth.forbidden");
    app.persona("ministry")
        .post(PATH, body(&app, "provider_x", source.clone(), target.clone()))
        .refused(403, "auth.forbidden");
    app.persona("chel_provider").post(PATH, body(&app, "provider_x", source, target)).refused(422, "unknown");
}

/// P4-34: the coordinator rules as the providers do; where the regulation knows no crediting, nobody does.
#[test]
fn the_coordinator_owns_rules_too() {
    let app = TestApp::start();
    let own = listed(&app, "coordinator", "coordinator", "Координатор");
    let (source, _) = entered(&app, &program(&app, "provider_x", "Источник"));
    let rule = body(&app, "coordinator", json!({"program_id": source}), json!({"program_id": own}));
    let made = app.persona("coordinator").post(PATH, rule.clone()).expect(201);
    let path = format!("{PATH}/{}", made.id());
    assert_eq!(
        ids(&app
            .persona("teacher")
            .get(&format!("{PATH}?source_program_id={source}&on=2026-06-01"))
            .expect(200)),
        [made.id()]
    );
    assert_eq!(
        ids(&app.persona("teacher").get(&format!("{PATH}?on=2028-01-01")).expect(200)),
        Vec::<String>::new()
    );
    app.persona("chel_teacher").get(&path).refused(404, "request.not_found");
    let end = json!({"valid_until": "2026-06-30"});
    let end_path = format!("{path}/end");
    app.persona("coordinator").post(&end_path, end.clone()).refused(428, "request.precondition_required");
    app.persona("provider").post_if(&end_path, "\"1\"", end.clone()).refused(403, "auth.forbidden");
    app.persona("coordinator")
        .post_if(&end_path, "\"1\"", json!({"valid_until": "2025-01-01"}))
        .refused(422, "dates_reversed");
    assert_eq!(
        app.persona("coordinator").post_if(&end_path, "\"1\"", end.clone()).expect(200).json()["valid_until"],
        "2026-06-30"
    );
    app.persona("coordinator").post_if(&end_path, "\"1\"", end).refused(412, "request.precondition_failed");
    app.persona("teacher").get(&path).expect(200);
    crate::support::build_guidance::live_under(
        &app,
        "ministry",
        "altai_ministry",
        "p2-kostroma-oblast",
        "2026-03-02",
    );
    app.persona("coordinator").post(PATH, rule).refused(403, "auth.forbidden");
}

/// P4-31: one rule at a time says what a source is credited with in a target; four requests at once make one.
#[test]
fn one_rule_at_a_time_for_a_source_and_target() {
    let app = TestApp::start();
    let (own, _) = entered(&app, &program(&app, "provider_x", "Своя"));
    let (source, target) = (module(&app, &own, 0), module(&app, &own, 1));
    let rule = body(&app, "provider_x", source.clone(), target.clone());
    let send = |_| app.persona("provider").post(PATH, rule.clone());
    let mut answers: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..4).map(|number| scope.spawn(move || send(number))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    answers.sort_by_key(|answer| answer.status);
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [201, 409, 409, 409]);
    let provider = app.persona("provider");
    let mut open_ended = rule.clone();
    open_ended["valid_from"] = json!("2027-12-31");
    open_ended.as_object_mut().unwrap().remove("valid_until");
    provider.post(PATH, open_ended.clone()).refused(409, "conflict.already_exists");
    provider.post(PATH, body(&app, "provider_x", target, source)).expect(201);
    let path = format!("{PATH}/{}/end", answers[0].id());
    provider.post_if(&path, "\"1\"", json!({"valid_until": "2027-12-30"})).expect(200);
    provider.post(PATH, open_ended).expect(201);
    provider.post_if(&path, "\"2\"", json!({"valid_until": "2199-12-31"})).refused(409, "conflict.state");
}
