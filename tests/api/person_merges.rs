//! Two cards of one person: merged, read as one, and parted again.

use std::sync::Barrier;

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_account::{new_secret, sign_in, text};
use crate::support::build_diagnostics::{coordinator_instrument, result};
use crate::support::build_directory::{column, hire, merge, undo};
use crate::support::build_hours::{confirmed, paper};
use crate::support::build_training::{apply, decide, open, seminar};

fn id(app: &TestApp, persona: &str) -> String {
    app.person(persona).to_string()
}

fn counted(app: &TestApp, by: &str, person: &str) -> Value {
    let path = format!("/api/v1/persons/{}/hours-balance", id(app, person));
    app.persona(by).get(&path).expect(200).json()["local_hours"]["counted"].clone()
}

/// Who is in the table of the school, with how many hours.
fn table(app: &TestApp) -> Vec<(String, Value)> {
    let path = format!("/api/v1/organizations/{}/hours-compliance", app.organization("chel_school"));
    let found = app.persona("chel_director").get(&path).expect(200).json();
    let people = found["persons"].as_array().unwrap().iter();
    people.map(|it| (it["person_id"].as_str().unwrap().to_owned(), it["counted"].clone())).collect()
}

/// 36 hours on one card, 36 on the other.
fn two_histories(app: &TestApp) {
    for (person, number, day) in [("chel_teacher", "1", "2025-04-10"), ("chel_teacher_2", "2", "2024-10-15")]
    {
        confirmed(app, "chel_provider", "chel_director", paper(app, person, number, day));
    }
}

#[test]
fn the_kept_card_shows_both_histories_until_the_merge_is_undone() {
    let app = TestApp::start();
    two_histories(&app);
    let (kept, merged) = (id(&app, "chel_teacher"), id(&app, "chel_teacher_2"));
    assert_eq!((table(&app).len(), counted(&app, "chel_director", "chel_teacher")), (5, json!(36.0)));
    let rows = "select string_agg(person_id::text, ' ' order by id) from ledger_entries";
    let before = app.db_text(rows);

    let done = merge(&app, "chel_director", &kept, &merged).expect(201);
    assert_eq!(done.json()["allowed_actions"], json!(["undo_person_merge"]));
    assert_eq!(counted(&app, "chel_director", "chel_teacher"), json!(72.0));
    assert_eq!(counted(&app, "chel_director", "chel_teacher_2"), json!(72.0), "whichever card is asked");
    let now = table(&app);
    assert_eq!(now.len(), 4, "one line for one person");
    assert!(now.contains(&(kept.clone(), json!(72.0))), "{now:?}");
    let director = app.persona("chel_director");
    for list in ["credentials", "ledger-entries", "employments"] {
        let path = format!("/api/v1/persons/{kept}/{list}");
        assert_eq!(column(&director.get(&path).expect(200), "id").len(), 2, "{list}");
    }
    assert_eq!(app.db_text(rows), before, "nothing is rewritten");
    let card = director.get(&format!("/api/v1/persons/{merged}")).expect(200);
    assert_eq!(card.json()["merged_into_id"], json!(kept));
    let listed = director.get("/api/v1/persons").expect(200);
    assert_eq!(column(&listed, "merged_into_id").into_iter().filter(|id| *id == kept).count(), 1);
    let data = json!({"data": {"last_name": "Другая", "first_name": "Анна"}});
    director.put(&format!("/api/v1/persons/{merged}"), &card.etag(), data).refused(409, "conflict.state");

    // A new paper is the kept card's, whichever was named.
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher_2", "3", "2025-06-10"));
    assert_eq!(counted(&app, "chel_director", "chel_teacher"), json!(108.0));

    let parted = undo(&app, "chel_director", &done.id()).expect(200).json();
    assert_eq!((&parted["undo_reason"], &parted["allowed_actions"]), (&json!("Однофамильцы"), &json!([])));
    assert_eq!(counted(&app, "chel_director", "chel_teacher"), json!(72.0));
    assert_eq!(counted(&app, "chel_director", "chel_teacher_2"), json!(36.0));
    assert_eq!(table(&app).len(), 5);
    let card = director.get(&format!("/api/v1/persons/{merged}")).expect(200).json();
    assert_eq!(card.get("merged_into_id"), None);
    undo(&app, "chel_director", &done.id()).refused(409, "conflict.state");
    let history = director.get(&format!("/api/v1/persons/{merged}/merges")).expect(200);
    assert_eq!(column(&history, "id"), [done.id()]);
    merge(&app, "chel_director", &kept, &merged).expect(201);
}

#[test]
fn learning_results_and_deficits_of_both_cards_are_listed() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let offering = open(&app, &seminar(10));
    for (persona, day) in [("teacher", "2026-02-01"), ("teacher_2", "2026-02-02")] {
        result(&app, "coordinator", persona, &instrument, day, &[("B.1", 20.0)]);
        let application = apply(&app, persona, &offering).expect(201).id();
        decide(&app, "provider", &application, "accept").expect(200);
    }
    let kept = id(&app, "teacher");
    let count =
        |persona: &str, path: String| column(&app.persona(persona).get(&path).expect(200), "id").len();
    let counts = || {
        [
            count("director", format!("/api/v1/enrollments?person_id={kept}")),
            count("coordinator", format!("/api/v1/persons/{kept}/diagnostic-results")),
            count("coordinator", format!("/api/v1/persons/{kept}/deficits")),
        ]
    };
    assert_eq!(counts(), [1, 1, 1]);
    let done = merge(&app, "director", &kept, &id(&app, "teacher_2")).expect(201).id();
    assert_eq!(counts(), [2, 2, 2]);
    undo(&app, "director", &done).expect(200);
    assert_eq!(counts(), [1, 1, 1]);
}

#[test]
fn both_logins_are_the_person_with_the_roles_of_both_cards() {
    let app = TestApp::start();
    two_histories(&app);
    let (kept, merged) = (id(&app, "chel_teacher"), id(&app, "chel_deputy"));
    let secret = new_secret(&app, "chel_deputy");
    app.days_pass(1);
    let done = merge(&app, "chel_ministry", &kept, &merged).expect(201);
    let me = app.persona("chel_deputy").get("/api/v1/me/data").expect(200).json();
    assert_eq!((&me["person_id"], &me["merged_ids"]), (&json!(kept), &json!([merged])));
    assert_eq!(counted(&app, "chel_teacher", "chel_teacher"), json!(36.0));
    let own = format!("/api/v1/persons/{kept}/hours-balance");
    app.persona("chel_deputy").get(&own).expect(200);
    let token = text(&sign_in(&app, "chel_deputy", &secret).expect(200), "access_token");
    let roles = app.with_token(&token).get("/api/v1/me").expect(200).text;
    assert!(roles.contains("deputy_director") && roles.contains("teacher"), "{roles}");
    undo(&app, "chel_ministry", &done.id()).expect(200);
    let me = app.with_token(&token).get("/api/v1/me/data").expect(200).json();
    assert_eq!((&me["person_id"], &me["merged_ids"]), (&json!(merged), &json!([])));
}

#[test]
fn the_employer_of_either_card_sees_the_person() {
    let app = TestApp::start();
    let (kept, merged) = (id(&app, "teacher"), id(&app, "school_2_teacher"));
    let path = format!("/api/v1/persons/{kept}");
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
    let done = merge(&app, "municipal_officer", &kept, &merged).expect(201);
    let seen = app.persona("school_2_director").get(&path).expect(200).json();
    assert_eq!(seen["posts"].as_array().unwrap().len(), 2);
    app.persona("director").get(&format!("/api/v1/persons/{merged}")).expect(200);
    undo(&app, "municipal_officer", &done.id()).expect(200);
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
}

#[test]
fn cards_are_merged_by_whoever_keeps_both() {
    let app = TestApp::start();
    let (kept, merged) = (id(&app, "teacher"), id(&app, "teacher_2"));
    for persona in ["teacher", "association_head", "methodist", "auditor", "integration", "admin"] {
        merge(&app, persona, &kept, &merged).refused(403, "auth.forbidden");
    }
    // One of the two is not the caller's, or is of another region.
    merge(&app, "director", &kept, &id(&app, "school_2_teacher")).refused(422, "unknown");
    merge(&app, "director", &id(&app, "school_2_teacher"), &kept).refused(422, "unknown");
    merge(&app, "ministry", &kept, &id(&app, "chel_teacher")).refused(422, "unknown");
    merge(&app, "chel_ministry", &kept, &merged).refused(422, "unknown");
    let done = merge(&app, "director", &kept, &merged).expect(201).id();
    merge(&app, "director", &id(&app, "deputy"), &kept).refused(409, "conflict.state");
    let path = format!("/api/v1/person-merges/{done}");
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
    app.persona("chel_ministry").get(&path).refused(404, "request.not_found");
    let body = json!({"reason": "Разные люди"});
    app.persona("school_2_director")
        .post_if(&format!("{path}/undo"), "\"1\"", body.clone())
        .refused(404, "request.not_found");
    app.persona("director")
        .post(&format!("{path}/undo"), body.clone())
        .refused(428, "request.precondition_required");
    app.persona("director")
        .post_if(&format!("{path}/undo"), "\"7\"", body)
        .refused(412, "request.precondition_failed");
    undo(&app, "operator", &done).expect(200);
    let blank = json!({"kept_id": kept, "merged_id": merged, "reason": " "});
    app.persona("director").post("/api/v1/person-merges", blank).refused(422, "request.invalid");
}

#[test]
fn two_numbers_or_birthdays_are_two_people_and_there_are_no_chains() {
    let app = TestApp::start();
    let ids: Vec<String> =
        ["Иванова", "Петрова", "Орлова"].map(|name| hire(&app, "director", name, "school_1")).into();
    let [one, two, three] = ids.as_slice() else { panic!("three cards") };
    let director = app.persona("director");
    let write = |id: &str, snils: Option<&str>, born: &str| {
        let path = format!("/api/v1/persons/{id}");
        let etag = director.get(&path).expect(200).etag();
        let mut data = json!({"last_name": "Иванова", "first_name": "Мария", "birth_date": born});
        if let Some(snils) = snils {
            data["snils"] = json!(snils);
        }
        director.put(&path, &etag, json!({"data": data})).expect(200);
    };
    write(one, Some("112-233-445 95"), "1984-05-17");
    write(two, Some("087-654-303 00"), "1985-05-17");
    let refusal = merge(&app, "director", one, two).refused(422, "other_snils");
    assert!(refusal.codes().contains(&"other_birth_date".to_owned()), "{}", refusal.text);
    merge(&app, "director", one, one).refused(422, "same_card");
    write(two, None, "1984-05-17");
    merge(&app, "director", two, one).refused(422, "snils_elsewhere");
    let done = merge(&app, "director", one, two).expect(201).id();
    merge(&app, "director", three, two).refused(409, "conflict.state");
    merge(&app, "director", two, three).refused(409, "conflict.state");
    // The kept card has the number, so it is no merged one: it could only be merged into a card that has none.
    merge(&app, "director", three, one).refused(422, "snils_elsewhere");
    merge(&app, "director", one, three).expect(201);
    undo(&app, "director", &done).expect(200);
}

#[test]
fn two_merges_at_once_leave_one() {
    let app = TestApp::start();
    let (one, two) = (id(&app, "teacher"), id(&app, "teacher_2"));
    let barrier = Barrier::new(2);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tasks: Vec<_> = [(&one, &two), (&two, &one)]
            .into_iter()
            .map(|(kept, merged)| {
                let (app, barrier) = (&app, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    merge(app, "director", kept, merged).status
                })
            })
            .collect();
        tasks.into_iter().map(|task| task.join().unwrap()).collect()
    });
    assert!(statuses.contains(&201) && statuses.contains(&409), "{statuses:?}");
    assert_eq!(app.db_text("select count(*) from persons where merged_into_id is not null"), "1");
}
