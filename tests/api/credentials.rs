//! Credentials over HTTP: recorded once, decided by somebody else, in the ledger once.

use std::sync::Barrier;

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_hours::{balance, confirmed, decide, paper, record, with};

#[test]
fn a_provider_issues_and_the_school_confirms() {
    let app = TestApp::start();
    let issued = record(&app, "chel_provider", paper(&app, "chel_teacher", "100", "2025-04-10")).expect(201);
    assert_eq!(issued.json()["state"], "issued");
    assert_eq!(issued.json()["issuer_name"], "chel_provider");
    let id = issued.id();
    assert_eq!(issued.header("location"), Some(format!("/api/v1/credentials/{id}").as_str()));
    let seen = app.persona("chel_director").get(&format!("/api/v1/credentials/{id}")).expect(200).json();
    assert_eq!(seen["allowed_decisions"], json!(["confirm", "dispute", "refuse"]));
    assert_eq!(
        seen["allowed_actions"],
        json!(["decide_credential", "receive_credential", "get_credential_paper"])
    );
    let confirmed = decide(&app, "chel_director", &id, json!({"decision": "confirm"})).expect(200);
    assert_eq!(confirmed.json()["state"], "confirmed");
    assert_eq!(confirmed.etag(), "\"2\"");
    let path = format!("/api/v1/persons/{}/ledger-entries", app.person("chel_teacher"));
    let ledger = app.persona("chel_teacher").get(&path).expect(200).json();
    assert_eq!(ledger["items"].as_array().unwrap().len(), 1);
    assert_eq!(ledger["items"][0]["hours"], json!(36.0));
    assert_eq!(ledger["items"][0]["credential_id"], json!(id));
}

#[test]
fn nobody_confirms_his_own_paper_and_the_person_may_dispute() {
    let app = TestApp::start();
    let body = with(paper(&app, "chel_teacher", "100", "2025-04-10"), json!({"issuer_name": "АИРО"}));
    let reported = record(&app, "chel_teacher", body).expect(201);
    assert_eq!(reported.json()["state"], "reported");
    assert_eq!(reported.json()["allowed_decisions"], json!(["dispute"]));
    let id = reported.id();
    let refused = decide(&app, "chel_teacher", &id, json!({"decision": "confirm"}));
    refused.refused(403, "auth.separation_of_duties");
    decide(&app, "chel_teacher", &id, json!({"decision": "dispute"})).refused(422, "reason_required");
    let doubt = json!({"decision": "dispute", "reason": "Часы указаны неверно"});
    let disputed = decide(&app, "chel_teacher", &id, doubt).expect(200);
    assert_eq!(disputed.json()["state"], "disputed");
    assert_eq!(balance(&app, "chel_teacher", "")["not_counted"][0]["reason"], "disputed");
}

/// P4 2.1.5: the profile lets providers confirm, but not what they recorded themselves.
#[test]
fn an_issuer_does_not_confirm_what_it_recorded_but_may_take_it_back() {
    let app = TestApp::start();
    let id = record(&app, "provider", paper(&app, "teacher", "100", "2025-04-10")).expect(201).id();
    decide(&app, "provider", &id, json!({"decision": "confirm"})).refused(403, "auth.separation_of_duties");
    let back = json!({"decision": "refuse", "reason": "Выдано по ошибке"});
    decide(&app, "provider", &id, back.clone()).expect(200);
    decide(&app, "director", &id, back).refused(409, "already_final");
    let reported = with(
        paper(&app, "teacher", "101", "2025-04-10"),
        json!({"issuer_id": app.organization("provider_x")}),
    );
    confirmed(&app, "teacher", "provider", reported);
}

/// P0 3.2: under the Chelyabinsk regulation directors and deputies confirm, providers do not.
#[test]
fn the_regulation_names_who_confirms() {
    let app = TestApp::start();
    let body = with(
        paper(&app, "chel_teacher", "100", "2025-04-10"),
        json!({"issuer_id": app.organization("chel_provider")}),
    );
    let id = record(&app, "chel_teacher", body).expect(201).id();
    decide(&app, "chel_provider", &id, json!({"decision": "confirm"})).refused(403, "auth.forbidden");
    decide(&app, "chel_ministry", &id, json!({"decision": "confirm"})).refused(403, "auth.forbidden");
    decide(&app, "chel_deputy", &id, json!({"decision": "confirm"})).expect(200);
}

#[test]
fn others_do_not_see_it() {
    let app = TestApp::start();
    let id = record(&app, "provider", paper(&app, "teacher", "100", "2025-04-10")).expect(201).id();
    let path = format!("/api/v1/credentials/{id}");
    for stranger in ["teacher_2", "school_2_director", "biysk_officer", "provider_y", "chel_director"] {
        app.persona(stranger).get(&path).refused(404, "request.not_found");
    }
    for reader in
        ["teacher", "association_head", "director", "municipal_officer", "coordinator", "provider", "auditor"]
    {
        app.persona(reader).get(&path).expect(200);
    }
    let decision = json!({"decision": "confirm"});
    let etag = "\"1\"";
    let path = format!("{path}/decision");
    app.persona("school_2_director").post_if(&path, etag, decision.clone()).refused(404, "request.not_found");
    app.persona("association_head").post_if(&path, etag, decision.clone()).refused(403, "auth.forbidden");
    app.persona("teacher_2")
        .post("/api/v1/credentials", paper(&app, "teacher", "7", "2025-04-10"))
        .refused(403, "auth.forbidden");
    let foreign =
        with(paper(&app, "teacher", "7", "2025-04-10"), json!({"issuer_id": app.organization("provider_x")}));
    app.persona("provider_y").post("/api/v1/credentials", foreign).refused(403, "auth.forbidden");
    let elsewhere = paper(&app, "chel_teacher", "7", "2025-04-10");
    app.persona("provider").post("/api/v1/credentials", elsewhere).refused(422, "unknown");
}

#[test]
fn a_stale_or_missing_version_is_refused() {
    let app = TestApp::start();
    let id = record(&app, "provider", paper(&app, "teacher", "100", "2025-04-10")).expect(201).id();
    let path = format!("/api/v1/credentials/{id}/decision");
    let decision = json!({"decision": "confirm"});
    app.persona("director").post(&path, decision.clone()).refused(428, "request.precondition_required");
    app.persona("director")
        .post_if(&path, "\"9\"", decision.clone())
        .refused(412, "request.precondition_failed");
    app.persona("director").post_if(&path, "\"1\"", decision.clone()).expect(200);
    app.persona("director")
        .post_if(&path, "\"1\"", decision.clone())
        .refused(412, "request.precondition_failed");
    app.persona("director").post_if(&path, "\"2\"", decision).refused(409, "already_confirmed");
}

/// B1.5, B1.7, P3-13
#[test]
fn everything_wrong_with_a_paper_is_told_at_once() {
    let app = TestApp::start();
    let wrong = json!({
        "person_id": app.person("teacher"), "kind": "retraining_diploma", "program_kind": "retraining",
        "title": "Менеджмент", "hours": 249.5, "started_on": "2025-05-01", "completed_on": "2025-04-01",
        "issued_on": "2026-03-03", "program_id": app.person("teacher"),
    });
    let answer = record(&app, "provider", wrong).expect(422);
    let expected =
        ["hours_below_minimum", "dates_out_of_order", "date_in_future", "number_missing", "unknown"];
    for code in expected {
        assert!(answer.codes().contains(&code.to_owned()), "no {code} in {}", answer.text);
    }
    let long = with(
        paper(&app, "teacher", "1", "2025-04-10"),
        json!({"kind": "retraining_diploma", "program_kind": "retraining", "hours": 250}),
    );
    record(&app, "provider", long).expect(201);
    let short = with(paper(&app, "teacher", "2", "2025-04-10"), json!({"hours": 15.5}));
    record(&app, "provider", short).refused(422, "hours_below_minimum");
    let ministry = with(
        paper(&app, "teacher", "3", "2025-04-10"),
        json!({"issuer_id": app.organization("altai_ministry")}),
    );
    record(&app, "teacher", ministry).refused(422, "wrong_issuer");
}

/// Design §6.4: the same paper, whatever path it came by and however it is typed.
#[test]
fn the_same_paper_is_recorded_once() {
    let app = TestApp::start();
    let original =
        record(&app, "provider", paper(&app, "teacher", "220400-12345", "2025-04-10")).expect(201).id();
    for (series, number) in [("пк", "220400 12345"), ("ПK", "22040012345"), ("", "ПК № 220400–12345")]
    {
        let numbers = json!({"series": series, "number": number, "issuer_name": "provider_x"});
        let again = with(paper(&app, "teacher", "", "2025-04-10"), numbers.clone());
        let answer = record(&app, "teacher", again).refused(409, "duplicate_document");
        assert!(answer.text.contains(&original), "the person is told which record it is: {}", answer.text);
        let other = with(paper(&app, "teacher_2", "", "2025-04-10"), numbers);
        let answer = record(&app, "teacher_2", other).refused(409, "duplicate_document");
        assert!(!answer.text.contains(&original), "nothing is told of others: {}", answer.text);
    }
    record(&app, "provider_y", paper(&app, "teacher", "220400-12345", "2025-04-10")).expect(201);
}

#[test]
fn an_annulled_paper_leaves_the_sum_and_may_be_recorded_again() {
    let app = TestApp::start();
    let body = paper(&app, "chel_teacher", "100", "2025-04-10");
    let before = balance(&app, "chel_teacher", "");
    let id = confirmed(&app, "chel_provider", "chel_director", body.clone());
    assert_eq!(balance(&app, "chel_teacher", "")["local_hours"]["counted"], json!(36.0));
    let annul = json!({"decision": "annul", "reason": "Обучение не пройдено"});
    decide(&app, "chel_director", &id, annul).expect(200);
    let after = balance(&app, "chel_teacher", "");
    assert_eq!(after["local_hours"], before["local_hours"]);
    assert_eq!(after["federal_frequency"], before["federal_frequency"]);
    assert_eq!(after["not_counted"][0]["reason"], "reversed");
    let path = format!("/api/v1/persons/{}/ledger-entries?limit=1", app.person("chel_teacher"));
    let first = app.persona("chel_teacher").get(&path).expect(200).json();
    assert_eq!(
        (&first["items"][0]["kind"], &first["items"][0]["hours"]),
        (&json!("reversal"), &json!(-36.0))
    );
    let path = format!("{path}&cursor={}", first["next_cursor"].as_str().unwrap());
    let second = app.persona("chel_teacher").get(&path).expect(200).json();
    assert_eq!(second["items"][0]["kind"], "credit");
    assert_eq!(second["next_cursor"], json!(null));
    confirmed(&app, "chel_provider", "chel_director", body);
    assert_eq!(balance(&app, "chel_teacher", "")["local_hours"]["counted"], json!(36.0));
}

#[test]
fn of_two_confirmations_at_once_one_posts() {
    let app = TestApp::start();
    let id = record(&app, "chel_provider", paper(&app, "chel_teacher", "100", "2025-04-10")).expect(201).id();
    let path = format!("/api/v1/credentials/{id}/decision");
    let start = Barrier::new(2);
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = ["chel_director", "chel_deputy"]
            .into_iter()
            .map(|who| {
                let (client, path, start) = (app.persona(who), &path, &start);
                scope.spawn(move || {
                    start.wait();
                    client.post_if(path, "\"1\"", json!({"decision": "confirm"})).status
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    assert_eq!(app.db_text("select count(*) from ledger_entries"), "1");
}

#[test]
fn of_the_same_paper_recorded_twice_at_once_one_stands() {
    let app = TestApp::start();
    let start = Barrier::new(2);
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = ["teacher", "teacher_2"]
            .into_iter()
            .map(|who| {
                let body = with(
                    paper(&app, who, "100", "2025-04-10"),
                    json!({"issuer_id": app.organization("provider_x")}),
                );
                let (client, start) = (app.persona(who), &start);
                scope.spawn(move || {
                    start.wait();
                    client.post("/api/v1/credentials", body).status
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

#[test]
fn lists_hold_what_the_caller_may_see() {
    let app = TestApp::start();
    record(&app, "provider", paper(&app, "teacher", "1", "2025-04-10")).expect(201);
    record(&app, "provider", paper(&app, "school_2_teacher", "2", "2025-04-11")).expect(201);
    record(&app, "provider_y", paper(&app, "school_3_teacher", "3", "2025-04-12")).expect(201);
    record(&app, "chel_provider", paper(&app, "chel_teacher", "4", "2025-04-13")).expect(201);
    for (who, count) in [
        ("teacher", 1),
        ("teacher_2", 0),
        ("association_head", 1),
        ("director", 1),
        ("school_2_director", 1),
        ("municipal_officer", 2),
        ("biysk_officer", 1),
        ("provider", 2),
        ("provider_y", 1),
        ("coordinator", 3),
        ("auditor", 3),
        ("chel_director", 1),
    ] {
        let page = app.persona(who).get("/api/v1/credentials").expect(200).json();
        assert_eq!(page["items"].as_array().unwrap().len(), count, "{who}");
    }
    let first = app.persona("coordinator").get("/api/v1/credentials?limit=2&state=issued").expect(200).json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let path = format!("/api/v1/credentials?limit=2&state=issued&cursor={cursor}");
    let second = app.persona("coordinator").get(&path).expect(200).json();
    assert_eq!(second["items"][0]["issued_on"], "2025-04-10");
    let path = format!("/api/v1/persons/{}/credentials", app.person("teacher"));
    assert_eq!(app.persona("director").get(&path).expect(200).json()["items"].as_array().unwrap().len(), 1);
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
    app.persona("ministry")
        .get(&format!("/api/v1/persons/{}/credentials", app.person("chel_teacher")))
        .refused(404, "request.not_found");
}

/// Design §6.4: one number under two kinds is two papers; whoever confirms is told to look.
#[test]
fn one_number_under_two_kinds_warns_the_confirmer() {
    let app = TestApp::start();
    let first = record(&app, "provider", paper(&app, "teacher", "700100", "2026-02-01")).expect(201).id();
    let other = json!({"kind": "participation_certificate", "program_kind": null});
    let other = with(paper(&app, "teacher", "№ 700 100", "2026-02-01"), other);
    let second = record(&app, "provider", other).expect(201).id();
    let path = format!("/api/v1/credentials/{second}");
    let view = app.persona("director").get(&path).expect(200).json();
    let warning = &view["warnings"][0];
    assert_eq!((&warning["code"], &warning["credential_id"]), (&json!("same_number"), &json!(first)));
    assert_eq!(warning["kind"], "pd_certificate");
    let english = app.persona("director").header("accept-language", "en").get(&path).expect(200).json();
    assert!(english["warnings"][0]["message"].as_str().unwrap().contains("another kind"), "{english}");
    for list in
        ["/api/v1/credentials".to_owned(), format!("/api/v1/persons/{}/credentials", app.person("teacher"))]
    {
        let page = app.persona("director").get(&list).expect(200).json();
        let items = page["items"].as_array().unwrap();
        assert!(items.iter().all(|item| item["warnings"].as_array().unwrap().len() == 1), "{page}");
    }
    decide(&app, "director", &first, json!({"decision": "refuse", "reason": "Дважды"})).expect(200);
    assert_eq!(app.persona("director").get(&path).expect(200).json()["warnings"], json!([]));
}

/// Whoever sees only one of the two papers is told nothing of the other.
#[test]
fn a_warning_names_only_what_the_caller_sees() {
    let app = TestApp::start();
    let name = |kind: &str, program: Value| {
        let issuer = json!({"kind": kind, "program_kind": program, "issuer_id": null, "registration_number": "77",
            "issuer_name": "provider_x"});
        with(paper(&app, "teacher", "1", "2026-02-01"), issuer)
    };
    let mut own = name("participation_certificate", Value::Null);
    own["number"] = json!("другой");
    record(&app, "teacher", own).expect(201);
    let mut issued = name("pd_certificate", json!("advanced_training"));
    issued["number"] = json!("2");
    issued.as_object_mut().unwrap().remove("issuer_id");
    let id = record(&app, "provider", issued).expect(201).id();
    let path = format!("/api/v1/credentials/{id}");
    let seen = app.persona("director").get(&path).expect(200).json();
    assert_eq!(seen["warnings"][0]["code"], "same_registration_number", "{seen}");
}
