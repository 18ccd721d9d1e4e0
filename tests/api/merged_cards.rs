//! What is recorded to the cards of one person after they were merged: one person's papers, lists and credit books.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_books::{book, enter_with, open_book};
use crate::support::build_directory::{column, merge, undo};
use crate::support::build_hours::{confirmed, paper, record, with};
use crate::support::build_kinds::{counts, inns, load, load_as_predicted, numbered, snils, told};
use crate::support::build_registry::{entered, program};
use crate::support::build_training::etag;
use crate::support::regulated_training::barnaul_under_p3;
use crate::support::world;

const HEADER: &str = "СНИЛС;Вид документа;ИНН организации;Номер;Программа;Вид программы;Часы;Окончание;Дата выдачи;\
                      Источник;Внешний идентификатор\n";

fn id(app: &TestApp, persona: &str) -> String {
    app.person(persona).to_string()
}

/// How many the persona finds in a list.
fn count(app: &TestApp, persona: &str, path: &str) -> usize {
    column(&app.persona(persona).get(&format!("/api/v1/{path}")).expect(200), "id").len()
}

/// B1.10, design §6.4: a paper on the merged card is the same paper when the kept card brings it, by hand or in a file.
#[test]
fn a_paper_of_the_merged_card_is_not_recorded_again_for_the_kept_one() {
    let app = TestApp::start();
    inns(&app, &[("provider_x", "0099000053")]);
    numbered(&app, &["teacher"]);
    let known = confirmed(&app, "provider", "director", paper(&app, "teacher_2", "100", "2025-04-10"));
    let done = merge(&app, "director", &id(&app, "teacher"), &id(&app, "teacher_2")).expect(201).id();
    let by_x = json!({"issuer_id": app.organization("provider_x"), "series": null});
    for person in ["teacher", "teacher_2"] {
        let reported = with(paper(&app, person, "ПК-100", "2025-04-10"), by_x.clone());
        let refused = record(&app, "teacher", reported).refused(409, "duplicate_document");
        assert!(refused.text.contains(&known), "it is the person's own: {}", refused.text);
    }

    let director = app.persona("director");
    let row = |number: &str, rest: &str| {
        let (who, title) = (snils(1), "Функциональная грамотность");
        format!("{who};удостоверение;0099000053;{number};{title};ПК;36;10.04.2025;10.04.2025;{rest}\n")
    };
    let alone = load_as_predicted(&director, "credentials", &format!("{HEADER}{}", row("пк 100", ";")));
    assert_eq!(counts(&alone), [0, 0, 1, 0], "{:?}", told(&director, &alone));
    let two = format!("{HEADER}{}{}", row("пк 100", ";"), row("пк 101", ";"));
    assert_eq!(counts(&load_as_predicted(&director, "credentials", &two)), [1, 0, 1, 0]);
    assert_eq!(counts(&load(&director, "credentials", &two).expect(200)), [0, 0, 2, 0]);
    app.db_execute(&format!("update credentials set source = 'epd', external_id = '7' where id = '{known}'"))
        .unwrap();
    let named = format!("{HEADER}{}", row("пк 100", "epd;7"));
    assert_eq!(counts(&load_as_predicted(&director, "credentials", &named)), [0, 0, 1, 0]);
    assert_eq!(app.db_text("select count(*) from credentials"), "2");

    // Two people again: the number is another person's.
    undo(&app, "director", &done).expect(200);
    let refused = load(&director, "credentials", &format!("{HEADER}{}", row("пк 100", ";"))).expect(200);
    assert_eq!(counts(&refused), [0, 0, 0, 1]);
}

/// design §5: whoever works with a person by one card finds in the lists what was recorded to the other, as he reads it one
/// by one.
#[test]
fn lists_hold_what_was_recorded_to_any_card_of_the_people_one_works_with() {
    let app = TestApp::start();
    for (persona, person) in [("director", "teacher"), ("school_2_director", "school_2_teacher")] {
        let need =
            json!({"person_id": id(&app, person), "ground": "new_post", "topic": "Управление классом"});
        app.persona(persona).post("/api/v1/needs", need).expect(201);
    }
    record(&app, "provider", paper(&app, "teacher", "1", "2025-04-10")).expect(201);
    record(&app, "provider", paper(&app, "school_2_teacher", "2", "2025-04-10")).expect(201);
    let listed = || {
        ["school_2_director", "director", "association_head"]
            .map(|persona| (count(&app, persona, "needs"), count(&app, persona, "credentials")))
    };
    assert_eq!(listed(), [(1, 1), (1, 1), (1, 1)]);
    let kept = id(&app, "teacher");
    let done = merge(&app, "municipal_officer", &kept, &id(&app, "school_2_teacher")).expect(201).id();
    assert_eq!(listed(), [(2, 2), (2, 2), (2, 2)]);
    undo(&app, "municipal_officer", &done).expect(200);
    assert_eq!(listed(), [(1, 1), (1, 1), (1, 1)]);

    // The circle of a municipality, and what is asked of one school.
    let need = count(&app, "ministry", "needs");
    let (listed_program, _) = entered(&app, &program(&app, "provider_x", "В реестре"));
    let officer = app.persona("municipal_officer");
    let needs = column(&officer.get("/api/v1/needs").expect(200), "id");
    let of_teacher = needs.into_iter().find(|need| {
        let read = officer.get(&format!("/api/v1/needs/{need}")).expect(200).json();
        read["person_id"] == json!(kept)
    });
    let given =
        json!({"person_id": kept, "basis": "need", "need_id": of_teacher, "program_id": listed_program});
    officer.post("/api/v1/recommendations", given).expect(201);
    let of_biysk = || count(&app, "biysk_officer", "needs");
    let of_school = || {
        let school = app.organization("school_3");
        count(&app, "ministry", &format!("recommendations?organization_id={school}"))
    };
    assert_eq!((need, of_biysk(), of_school()), (2, 0, 0));
    merge(&app, "ministry", &kept, &id(&app, "school_3_teacher")).expect(201);
    assert_eq!((of_biysk(), of_school()), (1, 1));
}

fn session(topic: &str) -> Value {
    json!({"association_id": world::association(1), "topic": topic, "started_on": "2026-02-10",
           "ended_on": "2026-02-10", "hours": 2})
}

/// P3-17: one book is open at a time for one person, whichever card it was opened on.
#[test]
fn one_credit_book_is_open_for_all_cards_of_a_person() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let (kept, merged) = (id(&app, "teacher"), id(&app, "school_2_teacher"));
    let opened = open_book(&app, "school_2_teacher", "school_2_teacher").expect(201).id();
    merge(&app, "municipal_officer", &kept, &merged).expect(201);
    for person in ["teacher", "school_2_teacher"] {
        open_book(&app, "teacher", person).refused(409, "conflict.already_exists");
        open_book(&app, "methodist", person).refused(409, "conflict.already_exists");
    }
    let batch = |body: Value| {
        let items = app.persona("methodist").post("/api/v1/credit-book-batches", body).expect(200).json();
        let items = items["items"].as_array().unwrap().clone();
        let found = items.into_iter().filter(|it| it["person_id"] == kept || it["person_id"] == merged);
        found.collect::<Vec<_>>()
    };
    for school in ["school_1", "school_2"] {
        let items = batch(json!({"organization_id": app.organization(school)}));
        assert_eq!(items.len(), 1, "one person, once: {items:?}");
        assert_eq!((&items[0]["outcome"], &items[0]["person_id"]), (&json!("known"), &json!(kept)));
    }
    let items = batch(json!({"person_ids": [kept, merged]}));
    assert!(items.len() == 2 && items.iter().all(|item| item["outcome"] == "known"), "{items:?}");

    // The member of the association is the kept card, the book lies with the other one.
    let head = app.persona("association_head");
    enter_with(&app, &head, "teacher", session("Чтение схем")).expect(201);
    enter_with(&app, &head, "school_2_teacher", session("Чтение схем"))
        .refused(409, "conflict.already_exists");
    let entries = book(&app, "teacher", &opened).expect(200).json()["entries"].clone();
    assert_eq!(entries.as_array().map(Vec::len), Some(1));

    let close = |id: &str| {
        let path = format!("/api/v1/credit-books/{id}/closure");
        app.persona("teacher").post_if(&path, &etag(&app, "credit_books", id), json!({})).expect(200);
    };
    close(&opened);
    let next = open_book(&app, "methodist", "school_2_teacher").expect(201);
    assert_eq!(next.json()["person_id"], json!(kept), "a new book is the kept card's");
    assert_eq!(count(&app, "teacher", "credit-books"), 2);
}

/// P3-17: where both cards had one, the older book is kept on until somebody closes it; no third one is opened.
#[test]
fn of_two_open_books_of_merged_cards_the_older_one_is_kept_on() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let older = open_book(&app, "teacher_2", "teacher_2").expect(201).id();
    app.days_pass(1);
    let newer = open_book(&app, "teacher", "teacher").expect(201).id();
    merge(&app, "director", &id(&app, "teacher"), &id(&app, "teacher_2")).expect(201);
    let head = app.persona("association_head");
    let topics = |id: &str| -> Vec<Value> {
        let entries = book(&app, "teacher", id).expect(200).json()["entries"].clone();
        entries.as_array().unwrap().iter().map(|entry| entry["topic"].clone()).collect()
    };
    enter_with(&app, &head, "teacher", session("Чтение схем")).expect(201);
    assert_eq!((topics(&older), topics(&newer)), (vec![json!("Чтение схем")], vec![]));
    let path = format!("/api/v1/credit-books/{older}/closure");
    let seen = etag(&app, "credit_books", &older);
    app.persona("teacher").post_if(&path, &seen, json!({})).expect(200);
    enter_with(&app, &head, "teacher", session("План на год")).expect(201);
    assert_eq!(topics(&newer), [json!("План на год")]);
    open_book(&app, "teacher", "teacher").refused(409, "conflict.already_exists");
}
