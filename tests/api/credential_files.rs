//! Scans and receipts of credentials: who brings them, who sees them, what they may be.

use serde_json::{Value, json};

use crate::support::build_hours::{decide, paper, record, with};
use crate::support::regulated_training::barnaul_under_p3;
use crate::support::{Answer, TestApp, TestFolder};

/// The smallest thing that says it is a PDF.
const PDF: &[u8] = b"%PDF-1.7 scan of a certificate";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n scan";

fn path(id: &str, rest: &str) -> String {
    format!("/api/v1/credentials/{id}{rest}")
}

/// Brings a scan for the version that the persona sees.
fn bring(app: &TestApp, persona: &str, id: &str, media: &str, bytes: &[u8]) -> Answer {
    let etag = app.persona("ministry").get(&path(id, "")).expect(200).etag();
    bring_for(app, persona, id, &etag, media, bytes)
}

fn bring_for(app: &TestApp, persona: &str, id: &str, etag: &str, media: &str, bytes: &[u8]) -> Answer {
    let client = app.persona(persona).header("content-type", media).header("if-match", etag);
    client.send("PUT", &path(id, "/file"), Some(bytes.to_vec()))
}

/// A paper by provider X that the teacher reports.
fn reported(app: &TestApp) -> String {
    let issuer = json!({"issuer_id": app.organization("provider_x")});
    record(app, "teacher", with(paper(app, "teacher", "100", "2025-04-10"), issuer)).expect(201).id()
}

fn receive(app: &TestApp, persona: &str, id: &str, body: Value) -> Answer {
    app.persona(persona).post(&path(id, "/receipt"), body)
}

fn actions(app: &TestApp, persona: &str, id: &str) -> Vec<String> {
    let seen = app.persona(persona).get(&path(id, "")).expect(200).json();
    let names = seen["allowed_actions"].as_array().unwrap().iter();
    names.map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// P3-47: the teacher hands the final document to the head: uploads its scan, the head of the school reads the same bytes
/// and confirms that the school has it, once.
#[test]
fn a_teacher_hands_a_document_to_the_head() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let id = reported(&app);
    assert_eq!(
        actions(&app, "teacher", &id),
        ["decide_credential", "set_credential_file", "get_credential_paper", "create_credential_code"]
    );
    let brought = bring(&app, "teacher", &id, "application/pdf", PDF).expect(200).json();
    assert_eq!(
        (&brought["file"]["media"], &brought["file"]["size"]),
        (&json!("application/pdf"), &json!(PDF.len()))
    );
    let scan = app.persona("director").get(&path(&id, "/file")).expect(200);
    assert_eq!(scan.text.as_bytes(), PDF);
    assert_eq!(scan.header("content-type"), Some("application/pdf"));
    let name = format!("attachment; filename=\"credential-{id}.pdf\"");
    assert_eq!(scan.header("content-disposition"), Some(name.as_str()));
    assert_eq!(scan.header("x-content-type-options"), Some("nosniff"));

    assert!(actions(&app, "director", &id).contains(&"receive_credential".to_owned()));
    let received =
        receive(&app, "director", &id, json!({"note": "Оригинал в личном деле"})).expect(200).json();
    assert_eq!(
        received["receipt"],
        json!({"organization_id": app.organization("school_1"), "received_on": "2026-03-02",
               "note": "Оригинал в личном деле"})
    );
    // To have the paper is not to confirm its hours.
    assert_eq!(received["state"], "reported");
    receive(&app, "director", &id, json!({})).refused(409, "conflict.already_exists");
    assert!(!actions(&app, "director", &id).contains(&"receive_credential".to_owned()));
    let seen = app.persona("teacher").get(&path(&id, "")).expect(200).json();
    assert_eq!(seen["receipt"]["received_on"], "2026-03-02");
    decide(&app, "director", &id, json!({"decision": "confirm"})).expect(200);
}

/// P3-47: the head receives, and nobody else: not the deputy, whom the regulation does not name, not another school.
#[test]
fn the_regulation_names_who_receives() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let id = reported(&app);
    assert!(!actions(&app, "deputy", &id).contains(&"receive_credential".to_owned()));
    receive(&app, "deputy", &id, json!({})).refused(403, "auth.forbidden");
    for role in ["teacher", "association_head", "provider", "ministry"] {
        receive(&app, role, &id, json!({})).refused(403, "auth.forbidden");
    }
    for stranger in ["school_2_director", "biysk_officer", "chel_director"] {
        receive(&app, stranger, &id, json!({})).refused(404, "request.not_found");
    }
    let own = with(paper(&app, "director", "7", "2025-04-10"), json!({"issuer_name": "АИРО"}));
    let own = record(&app, "director", own).expect(201).id();
    receive(&app, "director", &own, json!({})).refused(403, "auth.separation_of_duties");
}

/// P0 3.2 names directors and deputies; a regulation that says nothing has nothing received.
#[test]
fn where_no_regulation_has_papers_received_nobody_receives() {
    let app = TestApp::start();
    let id = reported(&app);
    receive(&app, "director", &id, json!({})).refused(422, "receipts_not_used");
    let other =
        record(&app, "chel_provider", paper(&app, "chel_teacher", "1", "2025-04-10")).expect(201).id();
    receive(&app, "chel_deputy", &other, json!({})).expect(200);
}

#[test]
fn a_receipt_has_a_possible_day_and_a_standing_paper() {
    let app = TestApp::start();
    let id = record(&app, "chel_provider", paper(&app, "chel_teacher", "1", "2025-04-10")).expect(201).id();
    receive(&app, "chel_director", &id, json!({"received_on": "2026-03-03"})).refused(422, "date_in_future");
    receive(&app, "chel_director", &id, json!({"received_on": "2025-04-09"}))
        .refused(422, "dates_out_of_order");
    receive(&app, "chel_director", &id, json!({"day": "2025-04-10"})).refused(422, "unknown_field");
    decide(&app, "chel_director", &id, json!({"decision": "refuse", "reason": "Чужой документ"})).expect(200);
    receive(&app, "chel_director", &id, json!({})).refused(409, "conflict.state");
}

/// The head of the association sees that there is a paper, and not the paper itself.
#[test]
fn fewer_see_the_scan_than_the_paper() {
    let app = TestApp::start();
    let id = reported(&app);
    app.persona("director").get(&path(&id, "/file")).refused(404, "request.not_found");
    bring(&app, "teacher", &id, "application/pdf", PDF).expect(200);
    for reader in ["teacher", "director", "deputy", "municipal_officer", "coordinator", "provider"] {
        app.persona(reader).get(&path(&id, "/file")).expect(200);
    }
    for reader in ["association_head", "auditor", "integration"] {
        app.persona(reader).get(&path(&id, "")).expect(200);
        app.persona(reader).get(&path(&id, "/file")).refused(403, "auth.forbidden");
    }
    for stranger in ["teacher_2", "school_2_director", "provider_y", "chel_director"] {
        app.persona(stranger).get(&path(&id, "/file")).refused(404, "request.not_found");
    }
    let etag = app.persona("teacher").get(&path(&id, "/file")).expect(200).etag();
    app.persona("teacher").header("if-none-match", &etag).get(&path(&id, "/file")).expect(304);
}

#[test]
fn a_scan_is_a_small_pdf_or_picture() {
    let app = TestApp::with(|name| (name == "ROST_FILE_BYTES").then(|| "2048".to_owned()));
    let id = reported(&app);
    for (media, bytes) in [
        ("image/png", PDF),
        ("application/pdf", PNG),
        ("image/jpeg", b"<html>".as_slice()),
        ("image/png", b"".as_slice()),
    ] {
        bring(&app, "teacher", &id, media, bytes).refused(422, "file_type");
    }
    for media in ["text/html", "image/svg+xml", "application/json"] {
        bring(&app, "teacher", &id, media, PDF).refused(415, "request.unsupported_media_type");
    }
    let large = [PDF, &[b' '; 2048]].concat();
    bring(&app, "teacher", &id, "application/pdf", &large).refused(413, "request.too_large");
    bring(&app, "teacher", &id, "image/png", PNG).expect(200);
    let name = format!("attachment; filename=\"credential-{id}.png\"");
    let scan = app.persona("teacher").get(&path(&id, "/file")).expect(200);
    assert_eq!(scan.header("content-disposition"), Some(name.as_str()));
}

/// Whoever brought the paper brings its scan; a settled paper keeps the scan it was settled by.
#[test]
fn whoever_brought_the_paper_changes_its_scan_until_it_is_settled() {
    let app = TestApp::start();
    let id = reported(&app);
    for other in ["director", "provider", "association_head", "ministry"] {
        let refused = bring(&app, other, &id, "application/pdf", PDF);
        assert!([403, 409].contains(&refused.status), "{other}: {}", refused.text);
    }
    for stranger in ["teacher_2", "school_2_director", "chel_director"] {
        bring(&app, stranger, &id, "application/pdf", PDF).refused(404, "request.not_found");
    }
    let first = bring(&app, "teacher", &id, "application/pdf", PDF).expect(200);
    let second = bring(&app, "teacher", &id, "image/png", PNG).expect(200);
    assert_eq!(second.json()["file"]["media"], "image/png");
    bring_for(&app, "teacher", &id, &first.etag(), "application/pdf", PDF)
        .refused(412, "request.precondition_failed");
    let without = app.persona("teacher").header("content-type", "application/pdf");
    without
        .send("PUT", &path(&id, "/file"), Some(PDF.to_vec()))
        .refused(428, "request.precondition_required");
    // Nobody confirms what he has not seen.
    let stale =
        app.persona("director").post_if(&path(&id, "/decision"), "\"1\"", json!({"decision": "confirm"}));
    stale.refused(412, "request.precondition_failed");

    let removed = app.persona("teacher").delete(&path(&id, "/file"), &second.etag()).expect(200);
    assert_eq!(removed.json().get("file"), None);
    app.persona("teacher").delete(&path(&id, "/file"), &removed.etag()).refused(404, "request.not_found");
    bring(&app, "teacher", &id, "application/pdf", PDF).expect(200);
    decide(&app, "director", &id, json!({"decision": "confirm"})).expect(200);
    bring(&app, "teacher", &id, "application/pdf", PDF).refused(409, "conflict.state");
    let issued = record(&app, "provider", paper(&app, "teacher", "200", "2025-04-11")).expect(201).id();
    bring(&app, "teacher", &issued, "application/pdf", PDF).refused(409, "conflict.state");
    bring(&app, "provider", &issued, "application/pdf", PDF).expect(200);
    bring(&app, "provider_y", &issued, "application/pdf", PDF).refused(404, "request.not_found");
}

/// The configuration says where scans are kept; callers see no difference, and what no paper names any more is gone.
#[test]
fn scans_are_kept_in_a_folder_where_the_configuration_names_one() {
    let folder = TestFolder::new("scans");
    let place = folder.path().display().to_string();
    let app = TestApp::with(|name| (name == "ROST_FILES").then(|| place.clone()));
    let id = reported(&app);
    bring(&app, "teacher", &id, "application/pdf", PDF).expect(200);
    assert_eq!(app.persona("director").get(&path(&id, "/file")).expect(200).text.as_bytes(), PDF);
    assert_eq!(app.db_text("select content is null from credential_files"), "true");
    assert_eq!(files(folder.path()), [PDF]);
    let second = bring(&app, "teacher", &id, "image/png", PNG).expect(200);
    assert_eq!(files(folder.path()), [PNG]);
    bring_for(&app, "teacher", &id, "\"1\"", "application/pdf", PDF)
        .refused(412, "request.precondition_failed");
    assert_eq!(files(folder.path()), [PNG]);
    app.persona("teacher").delete(&path(&id, "/file"), &second.etag()).expect(200);
    assert!(files(folder.path()).is_empty());
}

/// What lies in the folder.
fn files(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            found.push(std::fs::read(&path).unwrap());
        }
    }
    found
}
