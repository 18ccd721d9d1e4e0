//! The federal register of education documents: what it would take, packages, corrections and annulments.

use calamine::Data;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_directory::{end_employment, only_employment};
use crate::support::build_frdo::{
    PACKAGES, answer, body, cell, details_of, fields, issued, known_teacher, package, pairs, preview,
    preview_path, set, workbook,
};
use crate::support::build_hours::{decide, paper, record, with};

/// B5: the preview says everything that is missing or wrong at once, and what it wrote anew from what.
#[test]
fn the_preview_names_every_cell() {
    let app = TestApp::start();
    let id = record(&app, "provider", paper(&app, "teacher", "77-001", "2026-02-10")).expect(201).id();
    let rows = preview(&app);
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["credential_id"], &rows[0]["outcome"]), (&json!(id), &json!("rejected")));
    assert_eq!((&rows[0]["action"], &rows[0]["due_on"]), (&json!("original"), &json!("2026-04-11")));
    let missing = ["study_start_year", "birth_date", "sex", "snils"].map(|field| (field, "required"));
    assert_eq!(fields(&rows[0], "problems", "code"), pairs(&missing));

    known_teacher(&app);
    let about = json!({
        "study_start_year": 2026, "professional_area": "образование и\u{a0}наука", "study_form": "Вечерняя",
    });
    set(&app, "provider", &format!("/api/v1/credentials/{id}/federal-details"), about);
    let row = preview(&app).remove(0);
    assert_eq!(fields(&row, "problems", "code"), pairs(&[("study_form", "not_in_classifier")]));
    assert_eq!(row["problems"][0]["value"], "Вечерняя");
    let normalised = [("professional_area", "Образование и наука"), ("sex", "Жен"), ("citizenship", "643")];
    assert_eq!(fields(&row, "normalised", "to"), pairs(&normalised));
    assert_eq!(row["normalised"][1]["from"], "ж");
    app.persona("provider").post(PACKAGES, body(&app)).refused(422, "nothing_to_send");
}

/// B1.10, B1.11, B5: certificates have no place in the register; what a person reports is no document of the issuer yet.
#[test]
fn only_documents_of_the_issuer_go_and_no_certificates() {
    let app = TestApp::start();
    let mut certificate = paper(&app, "teacher", "1", "2026-02-10");
    certificate["kind"] = json!("participation_certificate");
    certificate.as_object_mut().unwrap().remove("program_kind");
    record(&app, "provider", certificate).expect(201);
    let reported = json!({"issuer_id": app.organization("provider_x"), "title": "Другая тема"});
    record(&app, "teacher_2", with(paper(&app, "teacher_2", "2", "2026-02-10"), reported)).expect(201);
    let rows = preview(&app);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["problems"][0]["code"], "not_in_register");
    assert!(rows[0]["problems"][0].get("field").is_none());
}

/// B4.6: a country is text of three digits: leading zeros stay, a name becomes its code, and Russia is meant when nothing is
/// said.
#[test]
fn the_code_of_a_country_keeps_its_zeros() {
    let app = TestApp::start();
    known_teacher(&app);
    issued(&app, "77-001");
    let say = |citizenship: Value| {
        let said = json!({"sex": "ж", "citizenship": citizenship});
        set(&app, "teacher", &details_of(&app, "teacher"), said);
    };
    for (said, code) in [
        (json!("Армения"), "051"),
        (json!("051"), "051"),
        (json!("51"), "051"),
        (json!("643"), "643"),
        (json!("Россия"), "643"),
        (Value::Null, "643"),
    ] {
        say(said.clone());
        let id = package(&app);
        assert_eq!(cell(&app, &id, "citizenship"), code, "{said}");
        assert_eq!(workbook(&app, &id)[1][30], Data::String(code.to_owned()), "{said}");
        answer(&app, &id, json!({"outcome": "rejected", "note": "Проба"}));
    }
    say(json!("Нарния"));
    assert_eq!(fields(&preview(&app)[0], "problems", "code"), pairs(&[("citizenship", "unknown_country")]));
}

/// B5: a package holds the clean rows as they were sent, as JSON and as a workbook of text alone, in either layout.
#[test]
fn a_package_is_the_table_that_the_register_takes() {
    let app = TestApp::start();
    known_teacher(&app);
    issued(&app, "77-001");
    // Of this one nobody knows anything.
    let other = with(paper(&app, "teacher_2", "77-002", "2026-02-10"), json!({"title": "Другая тема"}));
    record(&app, "provider", other).expect(201);
    let formed = app.persona("provider").post(PACKAGES, body(&app)).expect(201);
    let shown = formed.json();
    assert_eq!(
        (&shown["number"], &shown["row_count"], &shown["rejected"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!((&shown["state"], &shown["due_on"]), (&json!("formed"), &json!("2026-04-11")));
    let actions =
        ["list_frdo_package_rows", "get_frdo_package_file", "answer_frdo_package", "withdraw_frdo_package"];
    assert_eq!(shown["allowed_actions"], json!(actions));
    let id = formed.id();
    assert_eq!(cell(&app, &id, "number"), "77-001");
    assert_eq!(cell(&app, &id, "sex"), "Жен");

    let file = app.persona("provider").get(&format!("{PACKAGES}/{id}/file")).expect(200);
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"frdo-v40-1.xlsx\""));
    let table = workbook(&app, &id);
    assert_eq!((table.len(), table[0].len()), (2, 40));
    let is_text = |cell: &Data| matches!(cell, Data::String(_) | Data::Empty);
    assert!(table.iter().flatten().all(is_text), "every cell is text: {table:?}");
    for (place, expected) in [(5, "ПК"), (6, "77-001"), (7, "10.02.2026"), (20, "36"), (26, "112-233-445 95")]
    {
        assert_eq!(table[1][place], Data::String(expected.to_owned()));
    }

    answer(&app, &id, json!({"outcome": "rejected", "note": "Другой шаблон"}));
    let narrow = json!({"issuer_id": app.organization("provider_x"), "layout": "v38"});
    let id = app.persona("provider").post(PACKAGES, narrow).expect(201).id();
    let table = workbook(&app, &id);
    assert_eq!((table.len(), table[0].len()), (2, 38));
    assert_eq!(table[0][2], Data::String("Подтверждение утраты / обмена / уничтожения".to_owned()));
}

/// B5: a document goes once; what changed goes again as a change, what is annulled as an annulment, each with the number that
/// the register has.
#[test]
fn corrections_and_annulments_name_what_the_register_has() {
    let app = TestApp::start();
    known_teacher(&app);
    let paper = issued(&app, "77-001");
    let first = package(&app);
    assert_eq!(preview(&app)[0]["outcome"], "waiting");
    app.persona("provider").post(PACKAGES, body(&app)).refused(422, "nothing_to_send");
    answer(&app, &first, json!({"outcome": "accepted", "answered_on": "2026-03-02"}));
    assert_eq!(preview(&app)[0]["outcome"], "nothing_to_send");

    let about = json!({"qualification_title": "Учитель"});
    set(&app, "provider", &format!("/api/v1/credentials/{paper}/federal-details"), about);
    let row = preview(&app).remove(0);
    assert_eq!((&row["action"], &row["outcome"]), (&json!("change"), &json!("clean")));
    let second = package(&app);
    assert_eq!(cell(&app, &second, "replaces_number"), "77-001");
    assert_eq!(cell(&app, &second, "qualification_title"), "Учитель");
    assert_eq!(cell(&app, &second, "destruction_confirmed"), "Нет");
    answer(&app, &second, json!({"outcome": "accepted"}));

    decide(&app, "director", &paper, json!({"decision": "confirm"})).expect(200);
    assert_eq!(preview(&app)[0]["outcome"], "nothing_to_send");
    decide(&app, "director", &paper, json!({"decision": "annul", "reason": "Выдан по ошибке"})).expect(200);
    let third = package(&app);
    assert_eq!(cell(&app, &third, "replaces_number"), "77-001");
    assert_eq!(cell(&app, &third, "destruction_confirmed"), "Да");
    answer(&app, &third, json!({"outcome": "accepted"}));
    assert_eq!(preview(&app)[0]["outcome"], "nothing_to_send");
    let list = app.persona("provider").get(&format!("{PACKAGES}?state=accepted&limit=2")).expect(200).json();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    assert!(list["next_cursor"].is_string());
}

/// B5: a duplicate goes once the register has the original, which stands beside it.
#[test]
fn a_duplicate_follows_its_original() {
    let app = TestApp::start();
    known_teacher(&app);
    let paper = issued(&app, "77-001");
    decide(&app, "director", &paper, json!({"decision": "confirm"})).expect(200);
    let lost = json!({"ground": "loss", "series": "ПК", "number": "77-009", "issued_on": "2026-03-02"});
    app.persona("provider").post(&format!("/api/v1/credentials/{paper}/duplicates"), lost).expect(200);
    let first = package(&app);
    assert_eq!(
        (cell(&app, &first, "number"), cell(&app, &first, "document_status")),
        ("77-001".into(), "Оригинал".into())
    );
    assert_eq!(preview(&app)[0]["outcome"], "waiting");
    answer(&app, &first, json!({"outcome": "accepted"}));
    let row = preview(&app).remove(0);
    assert_eq!((&row["action"], &row["outcome"]), (&json!("duplicate"), &json!("clean")));
    assert_eq!((&row["issued_on"], row["duplicate_id"].is_string()), (&json!("2026-03-02"), true));
    let second = package(&app);
    for (field, expected) in [
        ("document_status", "Дубликат"),
        ("loss_confirmed", "Да"),
        ("number", "77-009"),
        ("original_series", "ПК"),
        ("original_number", "77-001"),
        ("original_issued_on", "10.02.2026"),
    ] {
        assert_eq!(cell(&app, &second, field), expected, "{field}");
    }
    answer(&app, &second, json!({"outcome": "accepted"}));
    assert_eq!(preview(&app)[0]["outcome"], "nothing_to_send");
}

/// B5, B1.16: what was sent stays with its issuer as it was sent when the person is erased by an act; nobody nameless is sent.
#[test]
fn a_package_stays_as_it_was_sent() {
    let app = TestApp::start();
    known_teacher(&app);
    issued(&app, "77-001");
    let sent = package(&app);
    let before = cell(&app, &sent, "last_name");
    answer(&app, &sent, json!({"outcome": "accepted"}));

    let person = app.person("teacher").to_string();
    let ministry = app.persona("ministry");
    end_employment(&ministry, &only_employment(&ministry, &person), "2026-02-27").expect(200);
    let path = format!("/api/v1/persons/{person}");
    let etag = ministry.get(&path).expect(200).etag();
    let act = json!({"act_number": "7-ПД", "act_date": "2026-03-02", "ground": "Отзыв согласия"});
    ministry.post_if(&format!("{path}/erasure"), &etag, act).expect(200);

    assert_eq!(cell(&app, &sent, "last_name"), before);
    assert_eq!(cell(&app, &sent, "snils"), "112-233-445 95");
    assert_eq!(preview(&app)[0]["outcome"], "rejected");
    app.persona("provider").post(PACKAGES, body(&app)).refused(422, "nothing_to_send");
}

/// B5: what the register has not taken goes again.
#[test]
fn a_rejected_package_frees_its_documents() {
    let app = TestApp::start();
    known_teacher(&app);
    issued(&app, "77-001");
    let first = package(&app);
    answer(&app, &first, json!({"outcome": "rejected", "note": "Не найден СНИЛС"}));
    let row = preview(&app).remove(0);
    assert_eq!((&row["action"], &row["outcome"]), (&json!("original"), &json!("clean")));
    let second = app.persona("provider").get(&format!("{PACKAGES}/{}", package(&app))).expect(200).json();
    assert_eq!(second["number"], 2);
}

/// B5: a package that is never answered does not hold its documents for ever: its issuer withdraws it.
#[test]
fn a_withdrawn_package_frees_its_documents() {
    let app = TestApp::start();
    known_teacher(&app);
    issued(&app, "77-001");
    let (provider, ministry) = (app.persona("provider"), app.persona("ministry"));
    let first = package(&app);
    let path = format!("{PACKAGES}/{first}");
    let to = format!("{path}/withdrawal");
    let why = json!({"reason": "Пакет не был загружен"});
    let etag = provider.get(&path).expect(200).etag();
    provider.post(&to, why.clone()).refused(428, "request.precondition_required");
    provider.post_if(&to, "\"9\"", why.clone()).refused(412, "request.precondition_failed");
    provider.post_if(&to, &etag, json!({"reason": ""})).refused(422, "length");
    ministry.post_if(&to, &etag, why.clone()).refused(403, "auth.forbidden");
    app.persona("provider_y").post_if(&to, &etag, why.clone()).refused(404, "request.not_found");

    let shown = provider.post_if(&to, &etag, why.clone()).expect(200);
    let package_now = shown.json();
    assert_eq!(
        (&package_now["state"], &package_now["note"]),
        (&json!("withdrawn"), &json!("Пакет не был загружен"))
    );
    assert!(package_now.get("answered_on").is_none());
    assert_eq!(package_now["allowed_actions"], json!(["list_frdo_package_rows", "get_frdo_package_file"]));
    assert_eq!(cell(&app, &first, "number"), "77-001");
    provider.post_if(&to, &shown.etag(), why.clone()).refused(409, "conflict.state");
    let late = json!({"outcome": "accepted"});
    provider.post_if(&format!("{path}/answer"), &shown.etag(), late).refused(409, "conflict.state");
    let audited = "select changes::text from audit_events where operation = 'withdraw_frdo_package'";
    assert!(app.db_text(audited).contains("withdrawn"));

    assert_eq!(preview(&app)[0]["outcome"], "clean");
    let second = package(&app);
    answer(&app, &second, json!({"outcome": "accepted"}));
    let path = format!("{PACKAGES}/{second}");
    let etag = provider.get(&path).expect(200).etag();
    provider.post_if(&format!("{path}/withdrawal"), &etag, why).refused(409, "conflict.state");
    assert_eq!(preview(&app)[0]["outcome"], "nothing_to_send");
}

#[test]
fn an_answer_is_recorded_once_and_everything_wrong_with_it_is_said() {
    let app = TestApp::start();
    known_teacher(&app);
    issued(&app, "77-001");
    let provider = app.persona("provider");
    let path = format!("{PACKAGES}/{}", package(&app));
    let to = format!("{path}/answer");
    let accepted = json!({"outcome": "accepted"});
    provider.post(&to, accepted.clone()).refused(428, "request.precondition_required");
    provider.post_if(&to, "\"9\"", accepted.clone()).refused(412, "request.precondition_failed");
    let etag = provider.get(&path).expect(200).etag();
    let wrong = json!({"outcome": "rejected", "answered_on": "2026-03-03"});
    let codes = provider.post_if(&to, &etag, wrong).expect(422).codes();
    assert!(codes.contains(&"date_out_of_range".to_owned()) && codes.contains(&"required".to_owned()));
    let shown = provider.post_if(&to, &etag, accepted.clone()).expect(200).json();
    assert_eq!((&shown["state"], &shown["answered_on"]), (&json!("accepted"), &json!("2026-03-02")));
    provider.post_if(&to, "\"2\"", accepted).expect(409);
}

#[test]
fn documents_are_named_one_by_one_and_strangers_are_told() {
    let app = TestApp::start();
    known_teacher(&app);
    let own = issued(&app, "77-001");
    let foreign = paper(&app, "teacher_2", "88-001", "2026-02-10");
    let foreign = record(&app, "provider_y", foreign).expect(201).id();
    let named = |ids: &[&str]| {
        let mut body = body(&app);
        body["credential_ids"] = json!(ids);
        app.persona("provider").post(PACKAGES, body)
    };
    let refusal = named(&[&own, &foreign]).refused(422, "unknown").json();
    assert_eq!(refusal["errors"][0]["pointer"], "/credential_ids/1");
    assert_eq!(named(&[&own]).expect(201).json()["row_count"], 1);
    let mut crossed = body(&app);
    crossed["issued_from"] = json!("2026-02-11");
    crossed["issued_until"] = json!("2026-02-01");
    app.persona("provider").post(PACKAGES, crossed).refused(422, "dates_out_of_order");
}

/// B1.16: only the issuer sends its documents and sees what is in a package; those who govern see that it was sent.
#[test]
fn only_the_issuer_sends() {
    let app = TestApp::start();
    known_teacher(&app);
    issued(&app, "77-001");
    let path = preview_path(&app, "v38");
    app.persona("provider_y").get(&path).refused(403, "auth.forbidden");
    app.persona("teacher").get(&path).refused(403, "auth.forbidden");
    app.persona("chel_provider").get(&path).refused(422, "unknown");
    app.persona("provider_y").post(PACKAGES, body(&app)).refused(403, "auth.forbidden");
    app.persona("chel_provider").post(PACKAGES, body(&app)).refused(422, "unknown");

    let id = package(&app);
    let one = format!("{PACKAGES}/{id}");
    for part in ["", "/rows", "/file"] {
        app.persona("provider_y").get(&format!("{one}{part}")).refused(404, "request.not_found");
        app.persona("chel_ministry").get(&format!("{one}{part}")).expect(if part.is_empty() {
            404
        } else {
            403
        });
    }
    let ministry = app.persona("ministry");
    assert_eq!(ministry.get(PACKAGES).expect(200).json()["items"][0]["id"], json!(id));
    let shown = ministry.get(&one).expect(200);
    assert_eq!(shown.json()["allowed_actions"], json!([]));
    ministry.get(&format!("{one}/rows")).refused(403, "auth.forbidden");
    ministry.post_if(&format!("{one}/answer"), &shown.etag(), json!({"outcome": "accepted"})).expect(403);
    for other in ["provider_y", "chel_ministry"] {
        assert_eq!(app.persona(other).get(PACKAGES).expect(200).json()["items"], json!([]), "{other}");
    }
}

/// B1.16: what the register asks of a person is for whoever needs the СНИЛС, of a document for its issuer to write.
#[test]
fn federal_details_are_personal_data() {
    let app = TestApp::start();
    let id = issued(&app, "77-001");
    let of_person = details_of(&app, "teacher");
    let of_paper = format!("/api/v1/credentials/{id}/federal-details");
    app.persona("school_2_director").get(&of_person).refused(404, "request.not_found");
    app.persona("provider").get(&of_person).refused(404, "request.not_found");
    app.persona("auditor").get(&of_person).refused(403, "auth.forbidden");
    app.persona("provider_y").get(&of_paper).refused(404, "request.not_found");
    app.persona("chel_director").get(&of_paper).refused(404, "request.not_found");

    let director = app.persona("director");
    let empty = director.get(&of_person).expect(200);
    assert_eq!(empty.etag(), "\"0\"");
    let sex = json!({"sex": "Жен"});
    let first = director.put(&of_person, "\"0\"", sex.clone()).expect(200);
    assert_eq!((first.etag().as_str(), &first.json()["sex"]), ("\"1\"", &json!("Жен")));
    director.put(&of_person, "\"1\"", json!({"sex": "\u{200b} "})).refused(422, "blank");
    director.put(&of_person, "\"0\"", sex).refused(412, "request.precondition_failed");
    let emptied = director.put(&of_person, "\"1\"", json!({})).expect(200);
    assert!(emptied.json().get("sex").is_none());
    assert_eq!(app.persona("teacher").get(&of_person).expect(200).etag(), "\"2\"");

    director.put(&of_paper, "\"0\"", json!({"study_form": "Очная"})).refused(403, "auth.forbidden");
    app.persona("provider_y").put(&of_paper, "\"0\"", json!({})).refused(404, "request.not_found");
    let wrong = json!({"study_start_year": 26, "study_end_year": 20260});
    assert_eq!(
        app.persona("provider").put(&of_paper, "\"0\"", wrong).expect(422).json()["errors"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    app.persona("provider").put(&of_paper, "\"0\"", json!({"study_form": "Очная"})).expect(200);
    assert_eq!(director.get(&of_paper).expect(200).json()["study_form"], "Очная");
}
