//! Duplicates of papers: another form of one learning.

use serde_json::{Value, json};

use crate::support::build_hours::{balance, confirmed, decide, paper, record, with};
use crate::support::{Answer, TestApp};

fn path(id: &str, rest: &str) -> String {
    format!("/api/v1/credentials/{id}{rest}")
}

fn lost(number: &str) -> Value {
    json!({"ground": "loss", "series": "ПК", "number": number, "issued_on": "2026-03-01"})
}

fn issue(app: &TestApp, persona: &str, id: &str, body: Value) -> Answer {
    app.persona(persona).post(&path(id, "/duplicates"), body)
}

/// A confirmed paper of the teacher by provider X.
fn original(app: &TestApp) -> String {
    confirmed(app, "provider", "director", paper(app, "teacher", "100", "2025-04-10"))
}

fn ledger(app: &TestApp) -> Value {
    let path = format!("/api/v1/persons/{}/ledger-entries", app.person("teacher"));
    app.persona("teacher").get(&path).expect(200).json()["items"].clone()
}

fn code(app: &TestApp, id: &str) -> String {
    let seen = app.persona("teacher").get(&path(id, "")).expect(200).json();
    seen["verification_code"].as_str().unwrap().to_owned()
}

fn verified(app: &TestApp, code: &str) -> Value {
    app.anonymous().get(&format!("/api/v1/verify/{code}")).expect(200).json()
}

/// B1.10, B5: the hours of a learning are counted once, whatever form of its paper is reported and by whom.
#[test]
fn hours_count_once_whatever_form_is_shown() {
    let app = TestApp::start();
    let id = original(&app);
    let (lines, hours) = (ledger(&app), balance(&app, "teacher", ""));
    assert_eq!(lines.as_array().map(Vec::len), Some(1));
    let issued = issue(&app, "provider", &id, lost("777")).expect(200).json();
    assert_eq!((&issued["credential_id"], &issued["number"]), (&json!(id), &json!("777")));
    assert_eq!((ledger(&app), balance(&app, "teacher", "")), (lines.clone(), hours));

    let by_x = json!({"issuer_id": app.organization("provider_x")});
    for (number, issued_on) in [("пк 777", "2026-03-01"), ("100", "2025-04-10")] {
        let reported = with(paper(&app, "teacher", number, "2025-04-10"), by_x.clone());
        let reported = with(reported, json!({"issued_on": issued_on, "series": null}));
        let reported = if number == "100" { with(reported, json!({"series": "ПК"})) } else { reported };
        let refused = record(&app, "teacher", reported).refused(409, "duplicate_document");
        assert!(refused.text.contains(&id), "{}", refused.text);
    }
    // Nobody else has a paper of that number either, and nobody learns whose it is.
    let other = record(&app, "provider", paper(&app, "deputy", "777", "2025-04-10"));
    assert!(!other.refused(409, "duplicate_document").text.contains(&id));
    assert_eq!(ledger(&app), lines);
}

/// Whoever checks the old form learns that it was replaced; the new one is valid, and is what is printed.
#[test]
fn the_last_form_is_the_valid_one() {
    let app = TestApp::start();
    let id = original(&app);
    let first = code(&app, &id);
    assert_eq!(verified(&app, &first)["standing"], "valid");
    let issued = issue(&app, "provider", &id, lost("777")).expect(200).json();
    let second = issued["verification_code"].as_str().unwrap().to_owned();
    assert_eq!(code(&app, &id), second);
    let seen = app.persona("director").get(&path(&id, "")).expect(200).json();
    assert_eq!((&seen["number"], &seen["duplicate"]["number"]), (&json!("100"), &json!("777")));
    assert!(seen["allowed_actions"].as_array().unwrap().contains(&json!("list_duplicates")));
    assert_eq!(verified(&app, &first)["standing"], "replaced");
    let shown = verified(&app, &second);
    assert_eq!((&shown["standing"], &shown["issued_on"]), (&json!("valid"), &json!("2026-03-01")));
    let printed = app.persona("teacher").get(&path(&id, "/paper")).expect(200).json();
    assert_eq!(
        (&printed["duplicate"], &printed["number"], &printed["issued_on"], &printed["verified_at"]),
        (&json!(true), &json!("777"), &json!("2026-03-01"), &json!(second))
    );
    let pdf = app.persona("teacher").header("accept", "application/pdf").get(&path(&id, "/paper"));
    assert!(pdf.expect(200).text.starts_with("%PDF-"));

    let torn = with(lost("778"), json!({"ground": "exchange", "issued_on": "2026-03-02"}));
    issue(&app, "provider", &id, torn).expect(200);
    assert_eq!(verified(&app, &second)["standing"], "replaced");
    let list = app.persona("director").get(&path(&id, "/duplicates")).expect(200).json();
    let forms: Vec<(&Value, &Value)> =
        list["items"].as_array().unwrap().iter().map(|form| (&form["number"], &form["ground"])).collect();
    assert_eq!(forms, [(&json!("777"), &json!("loss")), (&json!("778"), &json!("exchange"))]);
    let third = code(&app, &id);
    decide(&app, "director", &id, json!({"decision": "annul", "reason": "Ошибка"})).expect(200);
    for form in [&first, &second, &third] {
        assert_eq!(verified(&app, form)["standing"], "annulled");
    }
    issue(&app, "provider", &id, lost("779")).refused(409, "conflict.state");
}

#[test]
fn a_duplicate_is_issued_by_the_issuer_of_a_confirmed_paper() {
    let app = TestApp::start();
    let id = original(&app);
    let actions = |persona: &str| {
        let seen = app.persona(persona).get(&path(&id, "")).expect(200).json();
        seen["allowed_actions"].as_array().unwrap().contains(&json!("issue_duplicate"))
    };
    assert!(actions("provider") && !actions("director") && !actions("teacher"));
    for reader in ["teacher", "director", "ministry"] {
        issue(&app, reader, &id, lost("777")).refused(403, "auth.forbidden");
    }
    for stranger in ["provider_y", "school_2_director", "chel_director"] {
        issue(&app, stranger, &id, lost("777")).refused(404, "request.not_found");
        app.persona(stranger).get(&path(&id, "/duplicates")).refused(404, "request.not_found");
    }
    for reader in ["association_head", "auditor"] {
        app.persona(reader).get(&path(&id, "/duplicates")).refused(403, "auth.forbidden");
    }
    let fresh = record(&app, "provider", paper(&app, "teacher", "200", "2025-04-11")).expect(201).id();
    issue(&app, "provider", &fresh, lost("777")).refused(409, "conflict.state");
    assert_eq!(
        app.persona("teacher").get(&path(&fresh, "/duplicates")).expect(200).json()["items"],
        json!([])
    );
}

#[test]
fn everything_wrong_with_a_duplicate_is_told_at_once() {
    let app = TestApp::start();
    let id = original(&app);
    let told = |body: Value| {
        let answer = issue(&app, "provider", &id, body).expect(422).json();
        let mut codes: Vec<String> = answer["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["code"].as_str().unwrap().to_owned())
            .collect();
        codes.sort_unstable();
        codes
    };
    let nothing = json!({"ground": "loss", "issued_on": "2026-03-03"});
    assert_eq!(told(nothing), ["date_in_future", "number_missing"]);
    let early = with(lost("№ -"), json!({"series": null, "issued_on": "2025-04-09"}));
    assert_eq!(told(early), ["dates_out_of_order", "number_unreadable"]);
    // The form that is replaced, or another paper of the issuer, is no duplicate.
    issue(&app, "provider", &id, lost("100")).refused(409, "duplicate_document");
    record(&app, "provider", paper(&app, "teacher_2", "300", "2025-04-10")).expect(201);
    issue(&app, "provider", &id, lost("300")).refused(409, "duplicate_document");
}

/// A duplicate takes its number from a range as any paper does.
#[test]
fn duplicates_take_numbers_from_ranges() {
    let app = TestApp::start();
    let id = original(&app);
    let range =
        json!({"kind": "pd_certificate", "part": "form", "series": "Д", "first_number": 1, "last_number": 1});
    let range = app.persona("provider").post("/api/v1/number-ranges", range).expect(201).id();
    let body = json!({"ground": "destruction", "issued_on": "2026-03-01", "number_range_id": range});
    issue(&app, "provider", &id, with(body.clone(), json!({"number": "5"}))).refused(422, "number_and_range");
    let issued = issue(&app, "provider", &id, body.clone()).expect(200).json();
    assert_eq!((&issued["series"], &issued["number"]), (&json!("Д"), &json!("1")));
    issue(&app, "provider", &id, body).refused(422, "range_exhausted");
}
