//! Credit books over HTTP: opened on the teacher's wish or by the centre, written by who leads.

use serde_json::{Value, json};

use crate::support::build_books::{book, enter, enter_with, held, open_book};
use crate::support::build_hours;
use crate::support::build_training::{etag, offering_leader};
use crate::support::regulated_training::barnaul_under_p3;
use crate::support::{Answer, TestApp, world};

const BATCHES: &str = "/api/v1/credit-book-batches";

/// The texts of a field of the entries of a book.
fn of_entries(book: &Answer, field: &str) -> Vec<Value> {
    book.json()["entries"].as_array().unwrap().iter().map(|entry| entry[field].clone()).collect()
}

fn session(topic: &str, day: &str, hours: f64) -> Value {
    json!({"association_id": world::association(1), "topic": topic, "started_on": day, "ended_on": day,
           "hours": hours})
}

/// P3-17: without a book nothing is demanded and the certificate counts all the same; the teacher opens one on his own
/// wish, and closes it.
#[test]
fn a_book_is_opened_on_the_teachers_wish_and_nothing_rests_on_it() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let seminars = held(&app, &[(None, "Критерии оценивания", &["teacher"])]);
    let centre = app.persona("methodist");
    let write = || enter(&app, &centre, "teacher", &seminars[0].offering);

    let refused = write().refused(422, "no_open_book").json();
    assert_eq!(refused["errors"][0]["requirement"], "P3-17");
    let certificate = json!({
        "person_id": app.person("teacher"), "kind": "participation_certificate", "number": "1",
        "title": "Критерии оценивания", "hours": 6, "issued_on": "2026-03-10",
        "enrollment_id": seminars[0].enrollments[0],
    });
    let credential = build_hours::confirmed(&app, "methodist", "director", certificate);
    let ledger = format!("/api/v1/persons/{}/ledger-entries", app.person("teacher"));
    let lines = app.persona("teacher").get(&ledger).expect(200).json();
    assert_eq!(lines["items"].as_array().map(Vec::len), Some(1));

    let opened = open_book(&app, "teacher", "teacher").expect(201);
    let id = opened.id();
    assert_eq!((&opened.json()["issued_by_id"], &opened.json()["entries"]), (&Value::Null, &json!([])));
    open_book(&app, "teacher", "teacher").refused(409, "conflict.already_exists");
    write().expect(201);
    let shown = book(&app, "teacher", &id).expect(200);
    assert_eq!(of_entries(&shown, "credential_id"), [json!(credential)]);
    // An entry is no second credit.
    assert_eq!(app.persona("teacher").get(&ledger).expect(200).json(), lines);

    let path = format!("/api/v1/credit-books/{id}/closure");
    let teacher = app.persona("teacher");
    teacher.post(&path, json!({})).refused(428, "request.precondition_required");
    teacher.post_if(&path, "\"9\"", json!({})).refused(412, "request.precondition_failed");
    let seen = etag(&app, "credit_books", &id);
    app.persona("teacher_2").post_if(&path, &seen, json!({})).refused(404, "request.not_found");
    app.persona("director").post_if(&path, &seen, json!({})).refused(403, "auth.forbidden");
    let closed = teacher.post_if(&path, &seen, json!({})).expect(200).json();
    assert_eq!((&closed["closed_on"], &closed["allowed_actions"]), (&json!("2026-03-10"), &json!([])));
    teacher.post_if(&path, &etag(&app, "credit_books", &id), json!({})).refused(409, "conflict.state");
    assert_eq!(of_entries(&book(&app, "teacher", &id).expect(200), "hours"), [json!(6.0)]);
    open_book(&app, "teacher", "teacher").expect(201);
}

/// P3-17: where the regulation knows no credit books nobody opens one.
#[test]
fn books_are_not_used_elsewhere() {
    let app = TestApp::start();
    for person in ["school_3_teacher", "chel_teacher"] {
        let refused = open_book(&app, person, person).refused(422, "not_used").json();
        assert_eq!(refused["errors"][0]["pointer"], "/person_id");
    }
    app.persona("methodist")
        .post(BATCHES, json!({"organization_id": app.organization("school_2")}))
        .refused(422, "not_used");
}

/// P3-16: the leader of the offering and the centre write, never the teacher nor the leader of another one.
#[test]
fn entries_are_written_by_who_leads() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let seminars = held(
        &app,
        &[
            (Some("teacher_2"), "Критерии оценивания", &["teacher"]),
            (Some("curator"), "Проектные задачи", &["teacher"]),
        ],
    );
    let (first, second) = (&seminars[0].offering, &seminars[1].offering);
    let id = open_book(&app, "teacher", "teacher").expect(201).id();
    let leader = offering_leader(&app, "teacher_2", "barnaul_center");
    let other = offering_leader(&app, "curator", "barnaul_center");

    enter(&app, &app.persona("teacher"), "teacher", first).refused(403, "auth.forbidden");
    enter(&app, &other, "teacher", first).refused(403, "auth.forbidden");
    for stranger in ["director", "provider", "association_head"] {
        enter(&app, &app.persona(stranger), "teacher", first).refused(403, "auth.forbidden");
    }
    let written = enter(&app, &leader, "teacher", first).expect(201);
    let entry = written.json();
    assert_eq!(
        (&entry["topic"], &entry["hours"], &entry["started_on"], &entry["ended_on"], &entry["written_as"]),
        (
            &json!("Критерии оценивания"),
            &json!(6.0),
            &json!("2026-03-10"),
            &json!("2026-03-10"),
            &json!("offering_leader")
        )
    );
    enter(&app, &leader, "teacher", first).refused(409, "conflict.already_exists");
    let centre = enter(&app, &app.persona("methodist"), "teacher", second).expect(201).json();
    assert_eq!(centre["written_as"], "municipal_methodist");

    let path = format!("/api/v1/credit-book-entries/{}", written.id());
    assert_eq!(leader.get(&path).expect(200).json()["allowed_actions"], json!(["correct_credit_book_entry"]));
    assert_eq!(app.persona("teacher").get(&path).expect(200).json()["allowed_actions"], json!([]));
    other.get(&path).refused(404, "request.not_found");
    app.persona("chel_director").get(&path).refused(404, "request.not_found");
    let correction = json!({"reason": "Описка", "hours": 4});
    let correct = format!("{path}/correction");
    other.post(&correct, correction.clone()).refused(404, "request.not_found");
    app.persona("director").post(&correct, correction.clone()).refused(403, "auth.forbidden");
    leader.post(&correct, correction).expect(201);
    leader.get(&format!("/api/v1/credit-books/{id}")).refused(403, "auth.forbidden");
}

/// P3-16, P3-14: nothing is entered about what was not mastered, for who is not enrolled, or beyond the offering; all that is
/// wrong is told at once.
#[test]
fn an_entry_stays_within_its_offering() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let seminars = held(&app, &[(None, "Критерии оценивания", &["teacher"])]);
    let offering = &seminars[0].offering;
    for person in ["teacher", "deputy"] {
        open_book(&app, person, person).expect(201);
    }
    let centre = app.persona("methodist");
    enter(&app, &centre, "deputy", offering).refused(422, "not_enrolled");
    let wrong =
        json!({"offering_id": offering, "started_on": "2026-03-11", "ended_on": "2026-03-09", "hours": 6.5});
    let codes = enter_with(&app, &centre, "teacher", wrong).refused(422, "request.invalid").codes();
    for code in ["dates_reversed", "in_future", "outside_of_offering", "hours_out_of_range"] {
        assert!(codes.iter().any(|found| found == code), "no {code} in {codes:?}");
    }
    enter_with(&app, &centre, "teacher", json!({})).refused(422, "offering_or_association");
    enter(&app, &centre, "chel_teacher", offering).refused(422, "unknown");
    enter(&app, &centre, "teacher", &world::association(1).to_string()).refused(422, "unknown");
    let learning = "update enrollments set state = 'in_progress', ended_on = null where id = ";
    app.db_execute(&format!("{learning}'{}'", seminars[0].enrollments[0])).unwrap();
    let refused = enter(&app, &centre, "teacher", offering).refused(409, "not_mastered_in_full").json();
    assert_eq!(refused["errors"][0]["requirement"], "P3-14");
}

/// P3-15: an entry says topic, dates and hours; the book lists them by date with totals, and a correction replaces a row that
/// stays.
#[test]
fn a_book_lists_topic_dates_and_hours() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let id = open_book(&app, "teacher", "teacher").expect(201).id();
    let head = app.persona("association_head");
    let empty = json!({"association_id": world::association(1)});
    let refused = enter_with(&app, &head, "teacher", empty).refused(422, "required").json();
    let told: Vec<(&str, &str)> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["pointer"].as_str().unwrap(), error["requirement"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [("/topic", "P3-15"), ("/started_on", "P3-15"), ("/ended_on", "P3-15"), ("/hours", "P3-15")]
    );
    let write = |topic: &str, day: &str, hours: f64| {
        enter_with(&app, &head, "teacher", session(topic, day, hours)).expect(201).id()
    };
    let later = write("Чтение схем", "2026-02-10", 2.0);
    write("План на год", "2025-09-10", 1.5);
    let third = write("Чужая тема", "2026-02-20", 3.0);
    enter_with(&app, &head, "teacher", session("Чтение схем", "2026-02-10", 2.0))
        .refused(409, "conflict.already_exists");
    enter_with(&app, &head, "teacher", session("Потом", "2026-03-20", 2.0)).refused(422, "in_future");
    open_book(&app, "curator", "curator").expect(201);
    enter_with(&app, &head, "curator", session("Чтение схем", "2026-02-10", 2.0))
        .refused(422, "not_a_member");

    let shown = book(&app, "teacher", &id).expect(200);
    assert_eq!(of_entries(&shown, "topic"), ["План на год", "Чтение схем", "Чужая тема"]);
    assert_eq!(of_entries(&shown, "started_on"), ["2025-09-10", "2026-02-10", "2026-02-20"]);
    assert_eq!(
        (&shown.json()["hours"], &shown.json()["by_year"]),
        (&json!(6.5), &json!([{"year": 2025, "hours": 1.5}, {"year": 2026, "hours": 5.0}]))
    );

    let correct =
        |id: &str, body: Value| head.post(&format!("/api/v1/credit-book-entries/{id}/correction"), body);
    correct(&later, json!({"reason": "Ничего"})).refused(422, "nothing_changed");
    let corrected = correct(&later, json!({"reason": "Описка в часах", "hours": 4})).expect(201);
    assert_eq!(
        (&corrected.json()["corrects_id"], &corrected.json()["topic"]),
        (&json!(later), &json!("Чтение схем"))
    );
    correct(&later, json!({"reason": "Ещё раз", "hours": 5})).refused(409, "conflict.state");
    correct(&third, json!({"reason": "Не та книжка", "withdrawn": true})).expect(201);
    let shown = book(&app, "teacher", &id).expect(200);
    assert_eq!(of_entries(&shown, "hours"), [json!(1.5), json!(4.0)]);
    assert_eq!(shown.json()["hours"], 5.5);
    let before =
        app.persona("teacher").get(&format!("/api/v1/credit-book-entries/{later}")).expect(200).json();
    assert_eq!((&before["corrected_by_id"], &before["hours"]), (&json!(corrected.id()), &json!(2.0)));
}

/// P3-34: the centre opens books for a school or for people in one request, and fills them in.
#[test]
fn the_centre_opens_books_in_bulk_and_fills_them_in() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let seminars = held(&app, &[(None, "Критерии оценивания", &["school_2_teacher"])]);
    let centre = app.persona("methodist");
    let school = json!({"organization_id": app.organization("school_2")});
    let opened = centre.post(BATCHES, school.clone()).expect(200).json();
    assert_eq!((&opened["opened"], opened["items"].as_array().map(Vec::len)), (&json!(2), Some(2)));
    assert!(opened["items"].as_array().unwrap().iter().all(|item| item["outcome"] == "opened"));
    let again = centre.post(BATCHES, school).expect(200).json();
    assert_eq!(again["opened"], 0);
    assert!(again["items"].as_array().unwrap().iter().all(|item| item["outcome"] == "known"));

    let people = ["school_2_teacher", "teacher", "school_3_teacher", "chel_teacher"];
    let ids: Vec<_> = people.iter().map(|person| app.person(person)).collect();
    let some = centre.post(BATCHES, json!({"person_ids": ids})).expect(200).json();
    let outcome = |person: &str| {
        let items = some["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["person_id"] == json!(app.person(person))).unwrap();
        (item["outcome"].as_str().unwrap().to_owned(), item["code"].as_str().map(str::to_owned))
    };
    assert_eq!(outcome("school_2_teacher"), ("known".to_owned(), None));
    assert_eq!(outcome("teacher"), ("opened".to_owned(), None));
    for stranger in ["school_3_teacher", "chel_teacher"] {
        assert_eq!(outcome(stranger), ("refused".to_owned(), Some("unknown".to_owned())));
    }

    let list = format!("/api/v1/credit-books?person_id={}", app.person("school_2_teacher"));
    let books = centre.get(&list).expect(200).json();
    assert_eq!(books["items"][0]["issued_by_id"], json!(app.organization("barnaul_center")));
    enter(&app, &centre, "school_2_teacher", &seminars[0].offering).expect(201);
    let id = books["items"][0]["id"].as_str().unwrap();
    assert_eq!(of_entries(&book(&app, "school_2_teacher", id).expect(200), "hours"), [json!(6.0)]);

    let batch = |persona: &str, body: Value| app.persona(persona).post(BATCHES, body);
    batch("methodist", json!({"organization_id": app.organization("school_3")}))
        .refused(403, "auth.forbidden");
    batch("director", json!({"organization_id": app.organization("school_1")}))
        .refused(403, "auth.forbidden");
    batch("teacher", json!({"person_ids": [app.person("teacher")]})).refused(403, "auth.forbidden");
    batch("methodist", json!({"organization_id": app.organization("chel_school")})).refused(422, "unknown");
    batch("methodist", json!({})).refused(422, "organization_or_people");
    open_book(&app, "director", "teacher_2").refused(403, "auth.forbidden");
    open_book(&app, "methodist", "school_3_teacher").refused(422, "unknown");
    open_book(&app, "methodist", "teacher_2").expect(201);
}

/// P3-46: the teacher, the school and those above read a book, nobody beside them.
#[test]
fn a_book_is_read_where_the_person_works() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let id = open_book(&app, "teacher", "teacher").expect(201).id();
    let readers = [
        "teacher",
        "association_head",
        "director",
        "deputy",
        "methodist",
        "municipal_officer",
        "ministry",
        "auditor",
    ];
    for reader in readers {
        let seen = book(&app, reader, &id).expect(200);
        assert_eq!(seen.json()["full_name"], "Testova-ab Anna", "{reader}");
        let list = app.persona(reader).get("/api/v1/credit-books?open=true").expect(200).json();
        assert_eq!(list["items"][0]["id"], json!(id), "{reader}");
    }
    for stranger in ["teacher_2", "school_2_director", "biysk_officer", "chel_director", "chel_ministry"] {
        book(&app, stranger, &id).refused(404, "request.not_found");
        let list = app.persona(stranger).get("/api/v1/credit-books").expect(200).json();
        assert_eq!(list["items"], json!([]), "{stranger}");
    }
    book(&app, "provider", &id).refused(403, "auth.forbidden");
    let closed = app.persona("director").get("/api/v1/credit-books?open=false").expect(200).json();
    assert_eq!(closed["items"], json!([]));
}

/// P3-16: two who write about one enrollment at the same moment write one entry.
#[test]
fn one_enrollment_is_entered_once() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let seminars = held(&app, &[(Some("teacher_2"), "Критерии оценивания", &["teacher"])]);
    open_book(&app, "teacher", "teacher").expect(201);
    let writers = [offering_leader(&app, "teacher_2", "barnaul_center"), app.persona("methodist")];
    let (app, offering) = (&app, &seminars[0].offering);
    let mut answers: Vec<u16> = std::thread::scope(|scope| {
        let running: Vec<_> = writers
            .iter()
            .map(|writer| scope.spawn(move || enter(app, writer, "teacher", offering).status))
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    answers.sort_unstable();
    assert_eq!(answers, [201, 409]);
}

/// P3-15: whoever reads a book prints it, in the language asked for; one without entries as well.
#[test]
fn a_book_is_printed() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let seminars = held(&app, &[(None, "Критерии оценивания", &["teacher"])]);
    let id = open_book(&app, "teacher", "teacher").expect(201).id();
    let path = format!("/api/v1/credit-books/{id}");
    let printed = |persona: &str| app.persona(persona).header("accept", "application/pdf").get(&path);
    let empty = printed("teacher").expect(200);
    assert!(empty.text.starts_with("%PDF-"));
    enter(&app, &app.persona("methodist"), "teacher", &seminars[0].offering).expect(201);
    for reader in ["teacher", "director", "ministry"] {
        let sheet = printed(reader).expect(200);
        assert_eq!(sheet.header("content-type"), Some("application/pdf"));
        let name = format!("attachment; filename=\"credit-book-{id}.pdf\"");
        assert_eq!(sheet.header("content-disposition"), Some(name.as_str()));
        assert!(sheet.text.starts_with("%PDF-"));
        assert_ne!(sheet.etag(), empty.etag(), "an entry makes another file");
    }
    for stranger in ["teacher_2", "school_2_director", "chel_director"] {
        printed(stranger).refused(404, "request.not_found");
    }
}
