//! Personal data: who read it, what is kept, and how it is erased.

use serde_json::{Value, json};

use crate::support::build_account::{new_secret, sign_in};
use crate::support::build_directory::{column, end_employment, only_employment};
use crate::support::build_hours::{confirmed, paper, record};
use crate::support::{Answer, Client, TestApp, TestFolder};

const SNILS: &str = "112-233-445 95";

/// Writes personal data to the card of a persona.
fn known(app: &TestApp, persona: &str, keeper: &str) -> String {
    let path = format!("/api/v1/persons/{}", app.person(persona));
    let keeper = app.persona(keeper);
    let etag = keeper.get(&path).expect(200).etag();
    let data = json!({"last_name": "Соколова", "first_name": "Анна", "middle_name": "Петровна", "snils": SNILS,
                      "birth_date": "1984-05-17", "email": "a@school.example"});
    keeper.put(&path, &etag, json!({"data": data})).expect(200);
    path
}

/// Role, operation and purpose of who read the data of a persona, the newest first.
fn reads(app: &TestApp, persona: &str) -> Vec<[String; 3]> {
    let page = app.persona(persona).get("/api/v1/me/data-reads").expect(200);
    let [roles, operations, purposes] = ["role", "operation", "purpose"].map(|field| column(&page, field));
    let rest = operations.into_iter().zip(purposes);
    roles.into_iter().zip(rest).map(|(role, (operation, purpose))| [role, operation, purpose]).collect()
}

fn read(role: &str, operation: &str, purpose: &str) -> [String; 3] {
    [role, operation, purpose].map(str::to_owned)
}

#[test]
fn whoever_is_shown_the_data_of_somebody_else_is_journaled() {
    let app = TestApp::start();
    let path = known(&app, "chel_teacher", "chel_director");
    let before = reads(&app, "chel_teacher");
    assert_eq!(before, [read("director", "get_person", "personnel")], "the keeper looked at the card first");
    app.persona("chel_teacher").get(&path).expect(200);
    app.persona("chel_teacher").get(&format!("{path}/names")).expect(200);
    app.persona("chel_association_head").get(&path).expect(200);
    assert_eq!(reads(&app, "chel_teacher"), before, "one's own data, and names alone, are no such reading");
    app.persona("chel_ministry").get(&path).expect(200);
    let certifying = app.persona("chel_deputy").header("x-purpose", "certification");
    certifying.get(&format!("{path}/names")).expect(200);
    assert_eq!(
        reads(&app, "chel_teacher")[..2],
        [
            read("deputy_director", "list_person_names", "certification"),
            read("ministry_officer", "get_person", "reporting"),
        ]
    );
    app.persona("chel_deputy").header("x-purpose", "curiosity").get(&path).refused(422, "unknown_value");
    // Whoever is refused has read nothing.
    app.persona("ministry").get(&path).refused(404, "request.not_found");
    assert_eq!(reads(&app, "chel_teacher").len(), 3);
    assert_eq!(reads(&app, "chel_teacher_2"), Vec::<[String; 3]>::new());
    assert_eq!(reads(&app, "integration"), Vec::<[String; 3]>::new());
    app.anonymous().get("/api/v1/me/data-reads").refused(401, "auth.unauthenticated");
}

#[test]
fn the_journal_comes_in_pages() {
    let app = TestApp::start();
    let path = known(&app, "teacher", "director");
    for _ in 0..4 {
        app.persona("deputy").get(&path).expect(200);
    }
    let teacher = app.persona("teacher");
    let first = teacher.get("/api/v1/me/data-reads?limit=3").expect(200);
    let cursor = first.json()["next_cursor"].as_str().unwrap().to_owned();
    let second = teacher.get(&format!("/api/v1/me/data-reads?limit=3&cursor={cursor}")).expect(200);
    let ids = [column(&first, "id"), column(&second, "id")].concat();
    assert_eq!(ids.len(), 5);
    assert_eq!(second.json().get("next_cursor"), None);
    let other = app.persona("teacher_2").get(&format!("/api/v1/me/data-reads?cursor={cursor}"));
    other.refused(422, "invalid_cursor");
}

#[test]
fn another_system_says_what_it_reads_personal_data_for() {
    let app = TestApp::start();
    let path = known(&app, "teacher", "director");
    let silent = app.persona("integration");
    let card = silent.get(&path).expect(200).json();
    assert_eq!(card["data"]["last_name"], json!("Соколова"));
    assert_eq!(card["data"].get("snils"), None, "without a purpose no personal data");
    silent.get(&format!("{path}/names")).refused(422, "required");
    let before = reads(&app, "teacher").len();
    let speaking = silent.header("x-purpose", "federal_register");
    assert_eq!(speaking.get(&path).expect(200).json()["data"]["snils"], json!(SNILS));
    speaking.get(&format!("{path}/names")).expect(200);
    let now = reads(&app, "teacher");
    assert_eq!(now.len(), before + 2);
    assert_eq!(now[1], read("integration", "get_person", "federal_register"));
}

#[test]
fn the_scan_of_somebody_else_is_personal_data() {
    let app = TestApp::start();
    let id = scanned(&app, "chel_teacher", "1");
    let path = format!("/api/v1/credentials/{id}/file");
    app.persona("chel_teacher").get(&path).expect(200);
    assert!(reads(&app, "chel_teacher").is_empty());
    app.persona("chel_director").get(&path).expect(200);
    assert_eq!(reads(&app, "chel_teacher"), [read("director", "get_credential_file", "personnel")]);
}

/// A paper that the person reports, with its scan.
fn scanned(app: &TestApp, persona: &str, number: &str) -> String {
    let mut body = paper(app, persona, number, "2025-04-10");
    body["issuer_id"] = json!(app.organization("chel_provider"));
    let id = record(app, persona, body).expect(201).id();
    let path = format!("/api/v1/credentials/{id}");
    let etag = app.persona(persona).get(&path).expect(200).etag();
    let client = app.persona(persona).header("content-type", "application/pdf").header("if-match", &etag);
    client.send("PUT", &format!("{path}/file"), Some(b"%PDF-1.7 scan".to_vec())).expect(200);
    id
}

fn section<'a>(data: &'a Value, kind: &str) -> Vec<&'a Value> {
    let sections = data["sections"].as_array().unwrap();
    let found = sections.iter().find(|section| section["kind"] == kind);
    found.map(|section| section["records"].as_array().unwrap().iter().collect()).unwrap_or_default()
}

fn field(record: &Value, name: &str) -> Option<String> {
    let fields = record["fields"].as_array().unwrap();
    let found = fields.iter().find(|field| field["name"] == name);
    found.map(|field| field["value"].as_str().unwrap().to_owned())
}

#[test]
fn what_the_federal_register_asks_is_personal_data() {
    let app = TestApp::start();
    let id = record(&app, "provider", paper(&app, "teacher", "1", "2025-04-10")).expect(201).id();
    let details = format!("/api/v1/persons/{}/federal-details", app.person("teacher"));
    app.persona("teacher").get(&details).expect(200);
    assert!(reads(&app, "teacher").is_empty());
    app.persona("integration").get(&details).refused(422, "required");
    app.persona("director").get(&details).expect(200);
    let preview = format!("/api/v1/frdo-preview?issuer_id={}&layout=v40", app.organization("provider_x"));
    assert!(app.persona("provider").get(&preview).expect(200).text.contains(&id));
    assert_eq!(
        reads(&app, "teacher"),
        [
            read("provider_officer", "preview_frdo_export", "federal_register"),
            read("director", "get_person_federal_details", "personnel"),
        ]
    );
}

#[test]
fn everybody_is_told_everything_that_is_kept_about_him() {
    let app = TestApp::start();
    known(&app, "chel_teacher", "chel_director");
    let scanned = scanned(&app, "chel_teacher", "1");
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "2", "2025-06-10"));
    let answer = app.persona("chel_teacher").get("/api/v1/me/data").expect(200);
    let data = answer.json();
    let card = section(&data, "persons")[0];
    assert_eq!(field(card, "snils").as_deref(), Some("11223344595"));
    assert_eq!(field(card, "birth_date").as_deref(), Some("1984-05-17"));
    for (kind, count) in [
        ("persons", 1),
        ("person_names", 1),
        ("employments", 1),
        ("association_members", 1),
        ("role_assignments", 1),
        ("accounts", 1),
        ("credentials", 2),
        ("credential_files", 1),
        ("ledger_entries", 1),
    ] {
        assert_eq!(section(&data, kind).len(), count, "{kind}");
    }
    assert_eq!(field(section(&data, "credential_files")[0], "credential_id"), Some(scanned));
    for secret in ["secret_hash", "\"content\"", "\"digest\""] {
        assert!(!answer.text.contains(secret), "{secret}");
    }
    assert!(!answer.text.contains(&app.person("chel_teacher_2").to_string()), "nobody else's records");
    let service = app.persona("integration").get("/api/v1/me/data").expect(200).json();
    assert_eq!((service.get("person_id"), &service["sections"]), (None, &json!([])));
    app.anonymous().get("/api/v1/me/data").refused(401, "auth.unauthenticated");
}

fn act(day: &str) -> Value {
    json!({"act_number": "7-ПД", "act_date": day, "ground": "Отзыв согласия"})
}

fn erase(app: &TestApp, by: &str, path: &str, body: Value) -> Answer {
    let etag = app.persona("chel_ministry").get(path).expect(200).etag();
    app.persona(by).post_if(&format!("{path}/erasure"), &etag, body)
}

/// Nobody works any more who is to be erased.
fn dismissed(app: &TestApp, persona: &str) {
    let ministry: Client = app.persona("chel_ministry");
    let work = only_employment(&ministry, &app.person(persona).to_string());
    end_employment(&ministry, &work, "2026-02-27").expect(200);
}

/// How many files lie in the folder.
fn files(folder: &std::path::Path) -> usize {
    let mut count = 0;
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            count += 1;
        }
    }
    count
}

#[test]
fn an_erasure_leaves_the_hours_and_takes_the_name() {
    let folder = TestFolder::new("erased");
    let place = folder.path().join("files").display().to_string();
    let app = TestApp::with(|name| (name == "ROST_FILES").then(|| place.clone()));
    let path = known(&app, "chel_teacher", "chel_director");
    scanned(&app, "chel_teacher", "1");
    let id =
        confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "2", "2025-06-10"));
    let code = app.persona("chel_teacher").get(&format!("/api/v1/credentials/{id}")).expect(200).json();
    let code = format!("/api/v1/verify/{}", code["verification_code"].as_str().unwrap());
    assert_eq!(app.anonymous().get(&code).expect(200).json()["holder"], json!("Соколова А. П."));
    let secret = new_secret(&app, "chel_teacher");
    let place = folder.path().join("files");
    assert_eq!(files(&place), 1);

    erase(&app, "chel_ministry", &path, act("2026-03-02")).refused(409, "conflict.state");
    let may = || app.persona("chel_ministry").get(&path).expect(200).json()["allowed_actions"].to_string();
    assert!(!may().contains("erase_person"));
    dismissed(&app, "chel_teacher");
    assert!(may().contains("erase_person"));
    let done = erase(&app, "chel_ministry", &path, act("2026-03-02")).expect(200).json();
    assert_eq!((&done["erased_on"], &done["files_removed"]), (&json!("2026-03-02"), &json!(1)));
    assert_eq!(files(&place), 0, "the scan is gone");
    let left = app.db_text(
        "select concat_ws(' ', last_name, first_name, middle_name, snils, birth_date, email) from persons
         where erased_on is not null",
    );
    assert_eq!(left, "Обезличено Обезличено");
    for (what, count) in [
        ("person_names", "0"),
        ("credential_files", "0"),
        ("credentials", "2"),
        ("ledger_entries", "1"),
        ("person_erasures where act_number = '7-ПД'", "1"),
    ] {
        assert_eq!(app.db_text(&format!("select count(*) from {what}")), count, "{what}");
    }
    for table in ["audit_events", "person_erasures", "accounts", "persons", "credentials"] {
        let rows = app.db_text(&format!("select coalesce(string_agg(t::text, ' '), '') from {table} t"));
        for value in ["Соколова", "11223344595", "1984-05-17", "a@school.example"] {
            assert!(!rows.contains(value), "{value} in {table}");
        }
    }
    let checked = app.anonymous().get(&code).expect(200).json();
    assert_eq!((checked.get("holder"), &checked["standing"]), (None, &json!("valid")));
    app.days_pass(1);
    sign_in(&app, "chel_teacher", &secret).refused(401, "auth.credentials_invalid");
    app.persona("chel_teacher").get("/api/v1/me").refused(401, "auth.token_invalid");
    let card = app.persona("chel_ministry").get(&path).expect(200);
    assert_eq!(card.json()["erased_on"], json!("2026-03-02"));
    erase(&app, "chel_ministry", &path, act("2026-03-02")).refused(409, "conflict.state");
    let data = json!({"data": {"last_name": "Соколова", "first_name": "Анна"}});
    app.persona("chel_ministry").put(&path, &card.etag(), data).refused(409, "conflict.state");
    // The number is free, and nobody is taken for a nameless one.
    let body = json!({"last_name": "Соколова", "first_name": "Анна", "middle_name": "Петровна", "snils": SNILS,
                      "birth_date": "1984-05-17"});
    let found = app.persona("chel_ministry").post("/api/v1/person-matches", body).expect(200).json();
    assert_eq!(found["items"], json!([]));
    app.db_execute("delete from person_erasures").unwrap_err();
}

#[test]
fn all_cards_of_a_person_are_erased_together() {
    let app = TestApp::start();
    let path = known(&app, "chel_teacher", "chel_director");
    let merged = app.person("chel_teacher_2");
    let body = json!({"kept_id": app.person("chel_teacher"), "merged_id": merged, "reason": "Одна"});
    let done = app.persona("chel_ministry").post("/api/v1/person-merges", body).expect(201).id();
    let work = app.persona("chel_ministry").get(&format!("{path}/employments")).expect(200).json();
    for work in work["items"].as_array().unwrap() {
        end_employment(&app.persona("chel_ministry"), work, "2026-02-27").expect(200);
    }
    erase(&app, "chel_ministry", &format!("/api/v1/persons/{merged}"), act("2026-03-01"))
        .refused(409, "conflict.state");
    erase(&app, "chel_ministry", &path, act("2026-03-01")).expect(200);
    assert_eq!(app.db_text("select count(*) from persons where erased_on is not null"), "2");
    assert_eq!(app.db_text("select count(*) from accounts where login like 'erased-%'"), "2");
    let merge = format!("/api/v1/person-merges/{done}");
    let etag = app.persona("chel_ministry").get(&merge).expect(200).etag();
    let undo =
        app.persona("chel_ministry").post_if(&format!("{merge}/undo"), &etag, json!({"reason": "Нет"}));
    undo.refused(409, "conflict.state");
}

#[test]
fn a_person_is_erased_by_the_ministry_with_an_act() {
    let app = TestApp::start();
    let path = known(&app, "chel_teacher", "chel_director");
    dismissed(&app, "chel_teacher");
    for persona in ["chel_teacher", "chel_director", "chel_deputy", "integration", "operator"] {
        let client = app.persona(persona);
        client.post_if(&format!("{path}/erasure"), "\"1\"", act("2026-03-01")).refused(403, "auth.forbidden");
    }
    let foreign = app.persona("ministry").post_if(&format!("{path}/erasure"), "\"1\"", act("2026-03-01"));
    foreign.refused(404, "request.not_found");
    let ministry = app.persona("chel_ministry");
    ministry
        .post(&format!("{path}/erasure"), act("2026-03-01"))
        .refused(428, "request.precondition_required");
    let stale = ministry.post_if(&format!("{path}/erasure"), "\"1\"", act("2026-03-01"));
    stale.refused(412, "request.precondition_failed");
    let wrong = erase(
        &app,
        "chel_ministry",
        &path,
        json!({"act_number": " ", "act_date": "2026-03-03", "ground": "\u{a0}"}),
    );
    assert_eq!(wrong.refused(422, "blank").json()["errors"].as_array().unwrap().len(), 2);
    erase(&app, "chel_ministry", &path, act("2026-03-03")).refused(422, "date_out_of_range");
    erase(&app, "chel_ministry", &path, json!({"ground": "x"})).refused(422, "required");
    assert_eq!(app.db_text("select count(*) from persons where erased_on is not null"), "0");
}
