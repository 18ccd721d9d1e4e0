//! Matching of people: nobody is added a second time without a word.

use std::sync::Barrier;

use serde_json::{Value, json};

use crate::support::build_directory::{employment, hire};
use crate::support::{Answer, TestApp};

fn wanted(last: &str, first: &str, middle: &str) -> Value {
    json!({"last_name": last, "first_name": first, "middle_name": middle, "birth_date": "1984-05-17"})
}

/// Adds somebody with that name and birth date to a school.
fn add(app: &TestApp, persona: &str, school: &str, data: Value, distinct_from: Value) -> Answer {
    let body = json!({"data": data, "employment": employment(app.organization(school)), "distinct_from": distinct_from});
    app.persona(persona).post("/api/v1/persons", body)
}

fn sokolova(app: &TestApp) -> String {
    add(app, "director", "school_1", wanted("Соловьёва", "Анна", "Петровна"), json!([])).expect(201).id()
}

fn found(app: &TestApp, persona: &str, body: Value) -> Value {
    app.persona(persona).post("/api/v1/person-matches", body).expect(200).json()["items"].clone()
}

#[test]
fn the_same_person_is_found_however_the_name_is_written() {
    let app = TestApp::start();
    let id = sokolova(&app);
    for (last, first) in [("СОЛОВЬЕВА", "анна"), ("Coлoвьёвa", "Aннa"), ("соловьева", "АННА")]
    {
        let items = found(&app, "director", wanted(last, first, "Петровна"));
        assert_eq!(items.as_array().unwrap().len(), 1, "{last}: {items}");
        assert_eq!(items[0]["person_id"], json!(id), "{last}");
        assert_eq!(items[0]["reasons"], json!(["same_name_and_birth_date"]), "{last}");
        assert_eq!(items[0]["possible_duplicate"], json!(true), "{last}");
        add(&app, "director", "school_1", wanted(last, first, "Петровна"), json!([]))
            .refused(409, "conflict.possible_duplicate");
    }
    assert_eq!(app.db_text("select count(*) from persons where birth_date = '1984-05-17'"), "1");
}

#[test]
fn near_names_are_told_and_refuse_nobody() {
    let app = TestApp::start();
    let id = sokolova(&app);
    for (body, reason) in [
        (wanted("Соловьева", "Ана", "Петровна"), "similar_name_and_birth_date"),
        (wanted("Анна", "Соловьёва", "Петровна"), "similar_name_and_birth_date"),
        (wanted("Орлова", "Анна", "Петровна"), "other_last_name"),
        (json!({"last_name": "Соловьёва", "first_name": "Анна", "middle_name": "Петровна"}), "same_name"),
        (
            json!({"last_name": "Соловьёва", "first_name": "Анна", "middle_name": "Петровна", "birth_date": "1990-01-01"}),
            "same_name",
        ),
    ] {
        let items = found(&app, "director", body.clone());
        assert_eq!(items[0]["person_id"], json!(id), "{body}: {items}");
        assert_eq!(items[0]["reasons"], json!([reason]), "{body}");
        assert_eq!(items[0]["possible_duplicate"], json!(false), "{body}");
    }
    assert_eq!(found(&app, "director", wanted("Кузнецова", "Вера", "Ивановна")), json!([]));
    add(&app, "director", "school_1", wanted("Орлова", "Анна", "Петровна"), json!([])).expect(201);
}

#[test]
fn a_former_name_is_still_a_name_of_the_person() {
    let app = TestApp::start();
    let id = sokolova(&app);
    let director = app.persona("director");
    let path = format!("/api/v1/persons/{id}");
    let etag = director.get(&path).expect(200).etag();
    director.put(&path, &etag, json!({"data": wanted("Орлова", "Анна", "Петровна")})).expect(200);
    let items = found(&app, "director", wanted("Соловьева", "Анна", "Петровна"));
    assert_eq!(items[0]["person_id"], json!(id));
    assert_eq!(items[0]["reasons"][0], json!("former_name_and_birth_date"));
    add(&app, "director", "school_1", wanted("Соловьева", "Анна", "Петровна"), json!([]))
        .refused(409, "possible_duplicate");
}

#[test]
fn whoever_says_that_they_are_two_adds_the_second() {
    let app = TestApp::start();
    let id = sokolova(&app);
    let twin = wanted("Соловьёва", "Анна", "Петровна");
    let refusal =
        add(&app, "director", "school_1", twin.clone(), json!([])).refused(409, "possible_duplicate");
    assert!(refusal.text.contains(&id), "the one to look at is named: {}", refusal.text);
    assert!(!refusal.text.contains("1984"), "personal data is not: {}", refusal.text);
    add(&app, "director", "school_1", twin.clone(), json!([app.person("teacher")]))
        .refused(409, "possible_duplicate");
    let second = add(&app, "director", "school_1", twin.clone(), json!([id])).expect(201).id();
    let third =
        add(&app, "director", "school_1", twin.clone(), json!([id])).refused(409, "possible_duplicate");
    assert!(third.text.contains(&second) && !third.text.contains(&id));
    // Two numbers are two people.
    let mut numbered = twin;
    numbered["snils"] = json!("112-233-445 95");
    add(&app, "director", "school_1", numbered.clone(), json!([id, second])).expect(201);
    numbered["snils"] = json!("087-654-303 00");
    add(&app, "director", "school_1", numbered, json!([id, second])).expect(201);
}

#[test]
fn a_snils_is_found_under_any_name() {
    let app = TestApp::start();
    let id = hire(&app, "director", "Иванова", "school_1");
    let director = app.persona("director");
    let path = format!("/api/v1/persons/{id}");
    let etag = director.get(&path).expect(200).etag();
    let data = json!({"last_name": "Иванова", "first_name": "Мария", "snils": "112-233-445 95"});
    director.put(&path, &etag, json!({"data": data})).expect(200);
    let asked = json!({"last_name": "Петрова", "first_name": "Ольга", "snils": "11223344595"});
    let items = found(&app, "director", asked.clone());
    assert_eq!(items[0]["person_id"], json!(id));
    assert_eq!(items[0]["reasons"], json!(["same_snils"]));
    let mut wrong = asked;
    wrong["snils"] = json!("112-233-445 96");
    director.post("/api/v1/person-matches", wrong).refused(422, "checksum");
}

#[test]
fn who_it_is_learns_only_whoever_may_see_the_person() {
    let app = TestApp::start();
    let id = sokolova(&app);
    let twin = wanted("Соловьёва", "Анна", "Петровна");
    // A director of another municipality.
    let items = found(&app, "school_3_director", twin.clone());
    assert_eq!(items, json!([{"reasons": ["same_name_and_birth_date"], "possible_duplicate": true}]));
    assert_eq!(found(&app, "school_3_director", wanted("Орлова", "Анна", "Петровна")), json!([]));
    let refusal = add(&app, "school_3_director", "school_3", twin.clone(), json!([id]));
    // To name an id one may not see is to have been told it by somebody who may.
    refusal.expect(201);
    let refusal = add(&app, "school_2_director", "school_2", twin.clone(), json!([]));
    let refusal = refusal.refused(409, "possible_duplicate_hidden");
    assert!(!refusal.text.contains(&id), "{}", refusal.text);
    // Regions are tenants.
    assert_eq!(found(&app, "chel_director", twin.clone()), json!([]));
    add(&app, "chel_director", "chel_school", twin, json!([])).expect(201);
}

#[test]
fn matching_is_for_those_who_add_people() {
    let app = TestApp::start();
    let body = wanted("Соловьёва", "Анна", "Петровна");
    for persona in ["teacher", "association_head", "reviewer", "auditor", "admin"] {
        app.persona(persona).post("/api/v1/person-matches", body.clone()).refused(403, "auth.forbidden");
    }
    for persona in
        ["deputy", "director", "municipal_officer", "ministry", "operator", "provider", "integration"]
    {
        app.persona(persona).post("/api/v1/person-matches", body.clone()).expect(200);
    }
    let refusal =
        app.persona("director").post("/api/v1/person-matches", json!({"last_name": "", "first_name": "1"}));
    assert_eq!(refusal.refused(422, "request.invalid").json()["errors"].as_array().unwrap().len(), 2);
    let audited = app
        .db_text("select string_agg(changes::text, '') from audit_events where operation = 'match_persons'");
    assert!(!audited.contains("1984") && !audited.contains("Солов"), "{audited}");
}

#[test]
fn two_who_add_the_same_person_at_once_add_one() {
    let app = TestApp::start();
    let barrier = Barrier::new(4);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    add(&app, "director", "school_1", wanted("Соловьёва", "Анна", "Петровна"), json!([]))
                        .status
                })
            })
            .collect();
        tasks.into_iter().map(|task| task.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 3, "{statuses:?}");
}

#[test]
fn a_personnel_list_adds_nobody_beside_a_card_without_a_number() {
    let app = TestApp::start();
    let school = app.organization("school_1");
    app.db_execute(&format!("update organizations set inn = '0099000014' where id = '{school}'")).unwrap();
    let id = sokolova(&app);
    let file = "Фамилия;Имя;Отчество;СНИЛС;Дата рождения;ИНН организации;Должность;Уровни образования;Дата приёма\n\
                Соловьева;Анна;Петровна;112-233-445 95;17.05.1984;0099000014;учитель;ООО;01.09.2024\n\
                Обломов;Илья;Ильич;900-000-002 83;17.05.1984;0099000014;учитель;НОО;2024-09-01\n";
    let director = app.persona("director");
    let load = |query: &str| {
        let client = director.header("content-type", "text/csv");
        client.send("POST", &format!("/api/v1/imports/staff{query}"), Some(file.into())).expect(200)
    };
    let predicted = load("?dry_run=true").json();
    let run = load("");
    for counts in [&predicted, &run.json()] {
        assert_eq!((&counts["rows_created"], &counts["rows_refused"]), (&json!(1), &json!(1)), "{counts}");
    }
    let rows = director.get(&format!("/api/v1/import-runs/{}/rows?outcome=refused", run.id())).expect(200);
    assert!(rows.text.contains("possible_duplicate"), "{}", rows.text);
    // The number is written to the card, and the list meets it.
    let path = format!("/api/v1/persons/{id}");
    let etag = director.get(&path).expect(200).etag();
    let mut data = wanted("Соловьёва", "Анна", "Петровна");
    data["snils"] = json!("112-233-445 95");
    director.put(&path, &etag, json!({"data": data})).expect(200);
    let run = load("").json();
    assert_eq!((&run["rows_refused"], &run["rows_created"]), (&json!(0), &json!(0)), "{run}");
}
