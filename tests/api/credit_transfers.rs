//! Credit transfers over HTTP: what was learnt at one provider is credited by another, and summed once.

use rost::standing::until_all_hold;
use serde_json::{Value, json};

use crate::support::app::on_runtime;
use crate::support::build_hours::{balance, confirmed, decide, paper, reasons, with};
use crate::support::build_registry::{accepted, entered, program};
use crate::support::build_training::{etag, listed};
use crate::support::regulated_training::live_under_changed;
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/credit-transfers";

/// A module of provider X that the teacher has learnt, and a program of provider Y in which it is credited.
struct Learnt {
    /// The rule of provider Y.
    rule: String,
    /// The document about the module.
    source: String,
    /// The program of provider Y.
    target: String,
}

#[track_caller]
fn learnt(app: &TestApp) -> Learnt {
    let (own, _) = entered(app, &program(app, "provider_x", "Источник"));
    let target = accepted(app, "provider_y", "ministry", &program(app, "provider_y", "Цель"));
    app.persona("ministry").post("/api/v1/registry-entries", json!({"program_id": target})).expect(201);
    let read = app.persona("teacher").get(&format!("/api/v1/programs/{own}")).expect(200).json();
    let module = json!({"program_id": own, "module_id": read["modules"][0]["id"]});
    let rule = json!({"organization_id": app.organization("provider_y"), "source": module,
                      "target": {"program_id": target}, "hours": 24, "valid_from": "2026-01-01"});
    let rule = app.persona("provider_y").post("/api/v1/credit-rules", rule).expect(201).id();
    let about = with(module, json!({"hours": 24, "title": "Первый модуль"}));
    let source =
        confirmed(app, "provider", "director", with(paper(app, "teacher", "1", "2026-01-20"), about));
    Learnt { rule, source, target }
}

/// The document of provider Y about the whole program, confirmed.
#[track_caller]
fn certified(app: &TestApp, learnt: &Learnt) -> String {
    let about = json!({"program_id": learnt.target, "hours": 36, "title": "Цель"});
    confirmed(app, "provider_y", "director", with(paper(app, "teacher", "2", "2026-02-20"), about))
}

fn request(app: &TestApp, persona: &str, learnt: &Learnt) -> Answer {
    let body = json!({"person_id": app.person("teacher"), "credit_rule_id": learnt.rule,
                      "credential_id": learnt.source});
    app.persona(persona).post(PATH, body)
}

fn decided(app: &TestApp, persona: &str, id: &str, body: Value) -> Answer {
    let etag = etag(app, "credit_transfers", id);
    app.persona(persona).post_if(&format!("{PATH}/{id}/decision"), &etag, body)
}

fn counted(app: &TestApp) -> Value {
    balance(app, "teacher", "")["local_hours"]["counted"].clone()
}

/// What the table of the school says of the teacher.
fn in_school(app: &TestApp) -> Value {
    let path = format!("/api/v1/organizations/{}/hours-compliance", app.organization("school_1"));
    let found = app.persona("director").get(&path).expect(200).json();
    let people = found["persons"].as_array().unwrap();
    let teacher = people.iter().find(|person| person["person_id"] == json!(app.person("teacher")));
    teacher.unwrap()["counted"].clone()
}

/// P4-8: a module learnt at one provider is credited in a program of another by its rule, and its hours are not counted twice.
#[test]
fn what_is_credited_is_not_counted_twice() {
    let app = TestApp::start();
    let learnt = learnt(&app);
    certified(&app, &learnt);
    assert_eq!((counted(&app), in_school(&app)), (json!(60.0), json!(60.0)));

    let asked = request(&app, "teacher", &learnt).expect(201);
    assert_eq!((&asked.json()["state"], &asked.json()["hours"]), (&json!("requested"), &json!(24.0)));
    request(&app, "teacher", &learnt).refused(409, "conflict.already_exists");
    assert_eq!((counted(&app), in_school(&app)), (json!(60.0), json!(60.0)));
    let id = asked.id();
    app.days_pass(1);
    let granted = decided(&app, "provider_y", &id, json!({"decision": "grant"})).expect(200).json();
    assert_eq!(
        (&granted["state"], &granted["allowed_actions"]),
        (&json!("granted"), &json!(["decide_credit_transfer"]))
    );

    let found = balance(&app, "teacher", "");
    assert_eq!((&found["local_hours"]["counted"], in_school(&app)), (&json!(36.0), json!(36.0)));
    assert_eq!(reasons(&found), ["credited_not_summed"]);
    assert_eq!(found["not_counted"][0]["hours"], 24.0);
    // What was known before the grant stays as it was.
    let before = balance(&app, "teacher", "?known_at=2026-03-02T12:00:00Z");
    assert_eq!(before["local_hours"]["counted"], 60.0);

    decide(&app, "director", &learnt.source, json!({"decision": "annul", "reason": "Ошибка"})).expect(200);
    assert_eq!((counted(&app), in_school(&app)), (json!(36.0), json!(36.0)));
    assert_eq!(reasons(&balance(&app, "teacher", "")), ["reversed"]);
}

/// P0-29: the work that keeps standings may have begun before a transfer was revoked; what it knew then is not kept for now.
#[test]
fn what_is_revoked_while_standings_are_kept_counts_at_once() {
    let app = TestApp::start();
    let learnt = learnt(&app);
    certified(&app, &learnt);
    let id = request(&app, "teacher", &learnt).expect(201).id();
    app.seconds_pass(60);
    decided(&app, "provider_y", &id, json!({"decision": "grant"})).expect(200);
    assert_eq!((counted(&app), in_school(&app)), (json!(36.0), json!(36.0)));
    app.seconds_pass(60);
    let begun = app.now();
    app.seconds_pass(60);
    decided(&app, "provider_y", &id, json!({"decision": "revoke", "reason": "Ошибка"})).expect(200);
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        until_all_hold(&db, begun).await.unwrap();
    });
    assert_eq!((counted(&app), in_school(&app)), (json!(60.0), json!(60.0)));
}

/// P4-8: a regulation may let credited hours be summed; what is revoked is credited no more.
#[test]
fn the_regulation_says_whether_credited_hours_are_summed() {
    let app = TestApp::start();
    let learnt = learnt(&app);
    certified(&app, &learnt);
    let id = request(&app, "teacher", &learnt).expect(201).id();
    decided(&app, "provider_y", &id, json!({"decision": "grant"})).expect(200);
    assert_eq!(counted(&app), 36.0);
    decided(&app, "provider_y", &id, json!({"decision": "grant"})).refused(409, "already_decided");
    decided(&app, "provider_y", &id, json!({"decision": "revoke"})).refused(422, "reason_required");
    let revoke = json!({"decision": "revoke", "reason": "Зачтено по ошибке"});
    decided(&app, "provider_y", &id, revoke).expect(200);
    assert_eq!((counted(&app), in_school(&app)), (json!(60.0), json!(60.0)));
    let id = request(&app, "teacher", &learnt).expect(201).id();
    decided(&app, "provider_y", &id, json!({"decision": "grant"})).expect(200);
    assert_eq!(counted(&app), 36.0);
    live_under_changed(&app, "ministry", "altai_ministry", "p4-altai-krai", |profile| {
        profile["hours"]["credited_modules"]["policy"] = json!("summed");
    });
    assert_eq!((counted(&app), in_school(&app)), (json!(60.0), json!(60.0)));
}

/// P4-8: only a confirmed document about the source, by a rule that is valid, for the person himself; the owner of the rule
/// decides.
#[test]
fn a_transfer_rests_on_a_rule_and_a_confirmed_document() {
    let app = TestApp::start();
    let learnt = learnt(&app);
    let teacher = app.persona("teacher");
    let other = confirmed(&app, "provider", "director", paper(&app, "teacher", "8", "2026-01-25"));
    let foreign = confirmed(&app, "provider", "director", paper(&app, "teacher_2", "9", "2026-01-25"));
    for (credential, code) in [(&other, "not_the_source"), (&foreign, "unknown")] {
        let body = json!({"person_id": app.person("teacher"), "credit_rule_id": learnt.rule,
                          "credential_id": credential});
        let refused = teacher.post(PATH, body).refused(422, code).json();
        assert_eq!(refused["errors"][0]["pointer"], "/credential_id");
    }
    request(&app, "teacher_2", &learnt).refused(403, "auth.forbidden");
    request(&app, "provider", &learnt).refused(403, "auth.forbidden");
    // Whoever credits asks for those who are enrolled there.
    request(&app, "provider_y", &learnt).refused(422, "required");
    request(&app, "chel_teacher", &learnt).refused(422, "unknown");

    let id = request(&app, "teacher", &learnt).expect(201).id();
    let path = format!("{PATH}/{id}");
    for reader in ["teacher", "director", "methodist", "ministry", "auditor", "provider_y"] {
        app.persona(reader).get(&path).expect(200);
        assert_eq!(listed(&app.persona(reader).get(PATH).expect(200), "id"), [json!(id)], "{reader}");
    }
    for stranger in ["teacher_2", "provider", "school_2_director", "chel_director"] {
        app.persona(stranger).get(&path).refused(404, "request.not_found");
        assert_eq!(
            listed(&app.persona(stranger).get(PATH).expect(200), "id"),
            Vec::<Value>::new(),
            "{stranger}"
        );
    }
    let grant = json!({"decision": "grant"});
    decided(&app, "coordinator", &id, grant.clone()).refused(403, "auth.forbidden");
    decided(&app, "provider", &id, grant.clone()).refused(404, "request.not_found");
    let to = format!("{path}/decision");
    let owner = app.persona("provider_y");
    owner.post(&to, grant.clone()).refused(428, "request.precondition_required");
    owner.post_if(&to, "\"9\"", grant.clone()).refused(412, "request.precondition_failed");
    decided(&app, "provider_y", &id, json!({"decision": "refuse"})).refused(422, "reason_required");
    let refuse = json!({"decision": "refuse", "reason": "Содержание модуля устарело"});
    decided(&app, "provider_y", &id, refuse).expect(200);
    let read = teacher.get(&path).expect(200).json();
    assert_eq!((&read["state"], &read["reason"]), (&json!("refused"), &json!("Содержание модуля устарело")));
    decided(&app, "provider_y", &id, grant).refused(409, "already_final");

    let again = request(&app, "teacher", &learnt).expect(201).id();
    let back = format!("{PATH}/{again}/withdrawal");
    let seen = etag(&app, "credit_transfers", &again);
    app.persona("director").post_if(&back, &seen, json!({})).refused(403, "auth.forbidden");
    assert_eq!(teacher.post_if(&back, &seen, json!({})).expect(200).json()["state"], "withdrawn");
    owner
        .post_if(
            &format!("/api/v1/credit-rules/{}/end", learnt.rule),
            "\"1\"",
            json!({"valid_until": "2026-02-01"}),
        )
        .expect(200);
    request(&app, "teacher", &learnt).refused(422, "not_valid");
}
