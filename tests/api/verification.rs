//! Verification of credentials by whoever is shown one.

use serde_json::{Value, json};

use crate::support::build_hours::{confirmed, decide, paper, record, with};
use crate::support::{Answer, TestApp};

fn code(app: &TestApp, persona: &str, id: &str) -> String {
    let seen = app.persona(persona).get(&format!("/api/v1/credentials/{id}")).expect(200).json();
    seen["verification_code"].as_str().unwrap_or_else(|| panic!("no code in {seen}")).to_owned()
}

fn verify(app: &TestApp, code: &str) -> Answer {
    app.anonymous().get(&format!("/api/v1/verify/{code}"))
}

#[test]
fn anybody_checks_a_paper_by_its_code() {
    let app = TestApp::start();
    let id = record(&app, "chel_provider", paper(&app, "chel_teacher", "100", "2025-04-10")).expect(201).id();
    let code = code(&app, "chel_teacher", &id);
    assert_eq!(verify(&app, &code).expect(200).json()["standing"], "not_confirmed");
    decide(&app, "chel_director", &id, json!({"decision": "confirm"})).expect(200);
    let found = verify(&app, &code).expect(200);
    assert_eq!(
        found.json(),
        json!({"standing": "valid", "kind": "pd_certificate", "title": "Функциональная грамотность", "hours": 36.0,
               "issuer_name": "chel_provider", "issued_on": "2025-04-10", "holder": "Testova-db A."}),
        "no more than that: neither the full name nor any id"
    );
    assert_eq!(found.header("cache-control"), Some("no-store"));
    let (first, rest) = code.split_at(4);
    let (second, third) = rest.split_at(8);
    let typed = [first, "-", &second.to_lowercase(), "%20", third].concat();
    verify(&app, &typed).expect(200);
    decide(&app, "chel_director", &id, json!({"decision": "annul", "reason": "Ошибка"})).expect(200);
    assert_eq!(verify(&app, &code).expect(200).json()["standing"], "annulled");
}

/// A paper that names somebody else as its issuer vouches for nobody but who issued it.
#[test]
fn a_code_tells_who_really_issued_the_paper() {
    let app = TestApp::start();
    let borrowed =
        with(paper(&app, "chel_teacher", "101", "2025-04-10"), json!({"issuer_name": "Большой университет"}));
    let id = confirmed(&app, "chel_provider", "chel_director", borrowed);
    let found = verify(&app, &code(&app, "chel_teacher", &id)).expect(200).json();
    assert_eq!((&found["standing"], &found["issuer_name"]), (&json!("valid"), &json!("chel_provider")));
}

#[test]
fn what_is_no_code_and_what_does_not_exist_answer_alike() {
    let app = TestApp::start();
    let said = |answer: Answer| {
        let mut body = answer.refused(404, "request.not_found").json();
        for word in ["instance", "trace_id"] {
            body.as_object_mut().unwrap().remove(word);
        }
        body
    };
    let absent = said(verify(&app, "00000000000000000000"));
    for wrong in ["0", "UUUUUUUUUUUUUUUUUUUU", "019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11"] {
        assert_eq!(said(verify(&app, wrong)), absent, "{wrong}");
    }
}

/// A code has 100 bits, and an address tries few of them.
#[test]
fn guessing_is_slow() {
    let app = TestApp::start();
    let statuses: Vec<u16> = (0..30).map(|_| verify(&app, "00000000000000000000").status).collect();
    assert!(statuses[..20].iter().all(|status| *status == 404), "{statuses:?}");
    assert!(statuses.contains(&429), "{statuses:?}");
    let refused = (0..30).map(|_| verify(&app, "00000000000000000000")).find(|answer| answer.status == 429);
    assert!(refused.unwrap().header("retry-after").is_some());
    // Nothing else is slower for it.
    app.persona("teacher").get("/api/v1/credentials").expect(200);
}

/// Who sees the whole of a paper prints it, with the place where anybody checks it.
#[test]
fn a_paper_is_printed_with_its_code() {
    let app = TestApp::with(|name| (name == "ROST_PUBLIC_URL").then(|| "https://rost.example/".to_owned()));
    let id = record(&app, "provider", paper(&app, "teacher", "100", "2025-04-10")).expect(201).id();
    let path = format!("/api/v1/credentials/{id}/paper");
    let shown = app.persona("teacher").get(&path).expect(200).json();
    let place = format!("https://rost.example/api/v1/verify/{}", code(&app, "teacher", &id));
    assert_eq!((&shown["verified_at"], &shown["holder"]), (&json!(place), &json!("Testova-ab Anna")));
    assert_eq!((&shown["standing"], &shown["number"]), (&json!("not_confirmed"), &json!("100")));
    let sheet = app.persona("director").header("accept", "application/pdf").get(&path).expect(200);
    assert_eq!(sheet.header("content-type"), Some("application/pdf"));
    assert!(sheet.text.starts_with("%PDF-"));
    for reader in ["association_head", "auditor"] {
        app.persona(reader).get(&path).refused(403, "auth.forbidden");
    }
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
}

/// A reported paper has its code when it is confirmed, one whose issuer nobody knows has none.
#[test]
fn a_paper_has_one_code_from_whoever_vouches_for_it() {
    let app = TestApp::start();
    let path = |id: &str, rest: &str| format!("/api/v1/credentials/{id}{rest}");
    let known = json!({"issuer_id": app.organization("chel_provider")});
    let id = record(&app, "chel_teacher", with(paper(&app, "chel_teacher", "1", "2025-04-10"), known))
        .expect(201)
        .id();
    let seen = app.persona("chel_teacher").get(&path(&id, "")).expect(200).json();
    assert_eq!(seen.get("verification_code"), None);
    assert!(seen["allowed_actions"].as_array().unwrap().contains(&json!("create_credential_code")));
    app.persona("chel_director")
        .post(&path(&id, "/verification"), Value::Null)
        .refused(403, "auth.forbidden");
    app.persona("director").post(&path(&id, "/verification"), Value::Null).refused(404, "request.not_found");
    let given = app.persona("chel_teacher").post(&path(&id, "/verification"), Value::Null).expect(200).json();
    decide(&app, "chel_director", &id, json!({"decision": "confirm"})).expect(200);
    assert_eq!(json!(code(&app, "chel_director", &id)), given["verification_code"]);
    let again =
        app.persona("chel_provider").post(&path(&id, "/verification"), Value::Null).expect(200).json();
    assert_eq!(again["verification_code"], given["verification_code"]);

    let unknown = with(paper(&app, "chel_teacher", "2", "2025-04-11"), json!({"issuer_name": "АИРО"}));
    let unknown = confirmed(&app, "chel_teacher", "chel_director", unknown);
    let refused = app.persona("chel_teacher").post(&path(&unknown, "/verification"), Value::Null);
    refused.refused(409, "conflict.state");
}
