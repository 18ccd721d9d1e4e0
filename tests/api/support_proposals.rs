//! Proposals of support to methodical services over HTTP, under the regulation of Kostroma.

use serde_json::{Value, json};

use crate::support::build_after_course::{begin_plan, completed};
use crate::support::build_training::{etag, listed, with};
use crate::support::regulated_training::altai_under_p2;
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/support-proposals";

fn body(app: &TestApp, service: &str, offering: &str) -> Value {
    json!({"service_id": app.organization(service), "offering_id": offering, "text": "Посетить уроки слушателей"})
}

fn decide(app: &TestApp, persona: &str, id: &str, decision: Value) -> Answer {
    let path = format!("{PATH}/{id}/decision");
    app.persona(persona).post_if(&path, &etag(app, "support_proposals", id), decision)
}

/// P2-31: the operator proposes support for a group to the service of a municipality, which takes it into a plan of each.
#[test]
fn a_service_takes_a_proposal_for_a_group_into_its_plans() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let (offering, enrollments) = completed(&app, &["teacher", "school_2_teacher", "school_3_teacher"]);
    let group = body(&app, "barnaul_center", &offering);
    for persona in ["ministry", "methodist", "provider"] {
        app.persona(persona).post(PATH, group.clone()).refused(403, "auth.forbidden");
    }
    let made = app.persona("operator").post(PATH, group).expect(201);
    let proposal = made.json();
    assert_eq!(proposal["proposed_by_id"], json!(app.organization("operator")));
    let mut people: Vec<&Value> =
        proposal["people"].as_array().unwrap().iter().map(|person| &person["enrollment_id"]).collect();
    people.sort_by_key(|id| id.to_string());
    let mut of_barnaul = [json!(enrollments[0]), json!(enrollments[1])];
    of_barnaul.sort_by_key(Value::to_string);
    assert_eq!(people, of_barnaul.iter().collect::<Vec<_>>());

    let id = made.id();
    let path = format!("{PATH}/{id}");
    app.persona("biysk_officer").get(&path).refused(404, "request.not_found");
    app.persona("teacher").get(&path).refused(403, "auth.forbidden");
    let shown = app.persona("methodist").get(&path).expect(200).json();
    assert_eq!(shown["allowed_actions"], json!(["decide_support_proposal"]));
    let one = begin_plan(&app, "deputy", &enrollments[0], "barnaul_center").expect(201).id();
    let accept = |plans: &[&String]| json!({"decision": "accept", "plan_ids": plans});
    decide(&app, "methodist", &id, accept(&[&one])).refused(422, "people_without_plan");
    let own = begin_plan(&app, "school_2_director", &enrollments[1], "school_2").expect(201).id();
    decide(&app, "methodist", &id, accept(&[&one, &own])).refused(422, "unknown");
    decide(&app, "municipal_officer", &id, accept(&[&one])).refused(403, "auth.forbidden");

    let narrow =
        with(body(&app, "barnaul_center", &offering), json!({"person_ids": [app.person("teacher")]}));
    let second = app.persona("operator").post(PATH, narrow).expect(201).id();
    let taken = decide(&app, "methodist", &second, accept(&[&one])).expect(200).json();
    assert_eq!((&taken["state"], &taken["decided_on"]), (&json!("accepted"), &json!("2026-03-10")));
    assert_eq!(taken["people"][0]["plan_id"], json!(one));
    assert_eq!(taken["allowed_actions"], json!([]));
    decide(&app, "methodist", &second, accept(&[&one])).refused(409, "conflict.state");
    let of_plan = app.persona("deputy").get(&format!("{PATH}?plan_id={one}")).expect(200);
    assert_eq!(listed(&of_plan, "id"), Vec::<Value>::new());
    let of_plan = app.persona("methodist").get(&format!("{PATH}?plan_id={one}")).expect(200);
    assert_eq!(listed(&of_plan, "id"), [json!(second)]);
}

/// P2-31: a service refuses with a reason; that of a school is asked about its own people.
#[test]
fn a_service_refuses_with_a_reason() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let (offering, _) = completed(&app, &["teacher", "school_2_teacher"]);
    let id = app.persona("operator").post(PATH, body(&app, "school_1", &offering)).expect(201);
    assert_eq!(id.json()["people"].as_array().unwrap().len(), 1);
    let id = id.id();
    decide(&app, "director", &id, json!({"decision": "refuse"})).refused(422, "required");
    let reason = json!({"decision": "refuse", "reason": "Поддержка уже идёт"});
    let both = with(reason.clone(), json!({"plan_ids": [id]}));
    decide(&app, "director", &id, both).refused(422, "not_allowed");
    decide(&app, "school_2_director", &id, reason.clone()).refused(404, "request.not_found");
    decide(&app, "methodist", &id, reason.clone()).refused(403, "auth.forbidden");
    let path = format!("{PATH}/{id}/decision");
    app.persona("deputy").post(&path, reason.clone()).refused(428, "request.precondition_required");
    app.persona("deputy").post_if(&path, "\"7\"", reason.clone()).refused(412, "request.precondition_failed");
    let refused = decide(&app, "deputy", &id, reason.clone()).expect(200).json();
    assert_eq!((&refused["state"], &refused["reason"]), (&json!("refused"), &reason["reason"]));
    decide(&app, "deputy", &id, reason).refused(409, "conflict.state");
    let found = app.persona("municipal_officer").get(&format!("{PATH}?state=refused")).expect(200);
    assert_eq!(listed(&found, "id"), [json!(id)]);
}

/// Only people who completed the training and whom the service supports are proposed for; where the regulation names nobody
/// who proposes, nobody does.
#[test]
fn a_proposal_is_about_people_of_the_service() {
    let app = TestApp::start();
    let (offering, _) = completed(&app, &["teacher"]);
    let operator = app.persona("operator");
    operator.post(PATH, body(&app, "barnaul_center", &offering)).refused(422, "not_used");
    altai_under_p2(&app);
    operator.post(PATH, body(&app, "school_2", &offering)).refused(422, "nobody_completed");
    operator.post(PATH, body(&app, "provider_x", &offering)).refused(422, "wrong_service");
    let strangers = json!({"person_ids": [app.person("teacher"), app.person("school_3_teacher")]});
    let refused = operator.post(PATH, with(body(&app, "barnaul_center", &offering), strangers));
    assert_eq!(refused.refused(422, "unknown").json()["errors"][0]["pointer"], "/person_ids/1");
}

/// The same people are not proposed to a service again while it has not decided, not even at the same moment; afterwards they
/// are.
#[test]
fn the_same_proposal_is_made_once_until_it_is_decided() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let (offering, _) = completed(&app, &["teacher", "school_2_teacher"]);
    let group = body(&app, "barnaul_center", &offering);
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let propose = || app.persona("operator").post(PATH, group.clone());
        let asked: Vec<_> = (0..4).map(|_| scope.spawn(propose)).collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let (made, refused): (Vec<&Answer>, Vec<&Answer>) =
        answers.iter().partition(|answer| answer.status == 201);
    assert_eq!((made.len(), refused.len()), (1, 3));
    for answer in refused {
        assert_eq!((answer.status, &answer.json()["code"]), (409, &json!("conflict.already_exists")));
    }
    let all = json!({"person_ids": [app.person("school_2_teacher"), app.person("teacher")]});
    app.persona("operator").post(PATH, with(group.clone(), all)).refused(409, "conflict.already_exists");
    let narrow = with(group.clone(), json!({"person_ids": [app.person("teacher")]}));
    app.persona("operator").post(PATH, narrow).expect(201);
    let reason = json!({"decision": "refuse", "reason": "Поддержка уже идёт"});
    decide(&app, "methodist", &made[0].id(), reason).expect(200);
    app.persona("operator").post(PATH, group).expect(201);
}
