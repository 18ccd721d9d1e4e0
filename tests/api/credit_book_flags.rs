//! Flags in credit books over HTTP: the teacher watches the filling.

use serde_json::{Value, json};

use crate::support::build_books::{answer, book, enter, enter_with, flag, held, open_book};
use crate::support::build_training::{etag, offering_leader};
use crate::support::regulated_training::barnaul_under_p3;
use crate::support::{Client, TestApp, world};

const PATH: &str = "/api/v1/credit-book-flags";

/// The flags that wait for somebody.
fn waiting(client: &Client) -> Vec<Value> {
    let page = client.get(&format!("{PATH}?state=open")).expect(200).json();
    page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect()
}

/// P3-46: a wrong entry is flagged; the flag goes to the leader of that offering and of no other, and is resolved by the
/// corrected entry.
#[test]
fn a_wrong_entry_goes_to_its_leader_and_is_corrected() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let seminars = held(
        &app,
        &[
            (Some("teacher_2"), "Критерии оценивания", &["teacher"]),
            (Some("curator"), "Проектные задачи", &["teacher"]),
        ],
    );
    let id = open_book(&app, "teacher", "teacher").expect(201).id();
    let leader = offering_leader(&app, "teacher_2", "barnaul_center");
    let other = offering_leader(&app, "curator", "barnaul_center");
    let short = json!({"offering_id": seminars[0].offering, "hours": 4});
    let entry = enter_with(&app, &leader, "teacher", short).expect(201).id();

    let wrong = json!({"kind": "wrong", "entry_id": entry});
    flag(&app, "teacher_2", &id, wrong.clone()).refused(404, "request.not_found");
    flag(&app, "director", &id, wrong.clone()).refused(403, "auth.forbidden");
    flag(&app, "teacher", &id, json!({"kind": "wrong"})).refused(422, "unknown");
    let raised = flag(&app, "teacher", &id, wrong.clone()).expect(201);
    assert_eq!(raised.json()["leader_id"], json!(app.person("teacher_2")));
    assert_eq!(raised.json()["allowed_actions"], json!(["withdraw_credit_book_flag"]));
    flag(&app, "teacher", &id, wrong).refused(409, "conflict.already_exists");

    let raised = raised.id();
    assert_eq!((waiting(&leader), waiting(&other)), (vec![json!(raised)], vec![]));
    assert_eq!(waiting(&app.persona("methodist")), [json!(raised)]);
    let path = format!("{PATH}/{raised}");
    other.get(&path).refused(404, "request.not_found");
    app.persona("chel_director").get(&path).refused(404, "request.not_found");
    assert_eq!(leader.get(&path).expect(200).json()["allowed_actions"], json!(["answer_credit_book_flag"]));

    let resolve = json!({"decision": "resolve", "record": {"hours": 6}});
    answer(&app, &other, &raised, resolve.clone()).refused(404, "request.not_found");
    answer(&app, &app.persona("teacher"), &raised, resolve.clone()).refused(403, "auth.forbidden");
    let to = format!("{path}/answer");
    leader.post(&to, resolve.clone()).refused(428, "request.precondition_required");
    leader.post_if(&to, "\"9\"", resolve.clone()).refused(412, "request.precondition_failed");
    answer(&app, &leader, &raised, json!({"decision": "refuse"})).refused(422, "reason_required");
    answer(&app, &leader, &raised, json!({"decision": "resolve"})).refused(422, "entry_required");
    let beyond = json!({"decision": "resolve", "record": {"hours": 7}});
    let refused = answer(&app, &leader, &raised, beyond).refused(422, "hours_out_of_range").json();
    assert_eq!(refused["errors"][0]["pointer"], "/record/hours");
    let done = answer(&app, &leader, &raised, resolve.clone()).expect(200).json();
    assert_eq!(
        (&done["state"], &done["answered_by_id"]),
        (&json!("resolved"), &json!(app.person("teacher_2")))
    );
    answer(&app, &leader, &raised, resolve).refused(409, "conflict.state");
    assert_eq!(waiting(&leader), Vec::<Value>::new());
    let shown = book(&app, "teacher", &id).expect(200).json();
    assert_eq!((&shown["hours"], &shown["entries"][0]["id"]), (&json!(6.0), &done["answer_entry_id"]));
    assert_eq!(shown["entries"][0]["corrects_id"], json!(entry));
}

/// P3-46: a missing entry is refused with a reason that the teacher reads, or written.
#[test]
fn a_missing_entry_is_refused_with_a_reason_or_written() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let seminars = held(
        &app,
        &[
            (Some("teacher_2"), "Критерии оценивания", &["teacher"]),
            (None, "Проектные задачи", &["teacher"]),
            (None, "Чужой семинар", &["deputy"]),
        ],
    );
    let id = open_book(&app, "teacher", "teacher").expect(201).id();
    let leader = offering_leader(&app, "teacher_2", "barnaul_center");
    let missing = |offering: &str| json!({"kind": "missing", "offering_id": offering});
    flag(&app, "teacher", &id, missing(&seminars[2].offering)).refused(422, "not_enrolled");
    flag(&app, "teacher", &id, json!({"kind": "missing"})).refused(422, "offering_or_association");

    let first = flag(&app, "teacher", &id, missing(&seminars[0].offering)).expect(201).id();
    let refuse = json!({"decision": "refuse", "reason": "Книжку заполняем в конце месяца"});
    answer(&app, &leader, &first, json!({"decision": "refuse"})).refused(422, "reason_required");
    answer(&app, &leader, &first, refuse).expect(200);
    let read = app.persona("teacher").get(&format!("{PATH}/{first}")).expect(200).json();
    assert_eq!(
        (&read["state"], &read["reason"]),
        (&json!("refused"), &json!("Книжку заполняем в конце месяца"))
    );

    let second = flag(&app, "teacher", &id, missing(&seminars[0].offering)).expect(201).id();
    answer(&app, &leader, &second, json!({"decision": "resolve"})).refused(422, "entry_required");
    let done =
        answer(&app, &leader, &second, json!({"decision": "resolve", "record": {}})).expect(200).json();
    let shown = book(&app, "teacher", &id).expect(200).json();
    assert_eq!((&shown["entries"][0]["id"], &shown["hours"]), (&done["answer_entry_id"], &json!(6.0)));
    flag(&app, "teacher", &id, missing(&seminars[0].offering)).refused(422, "entered_already");

    // Without a leader it is for the centre, which has written the entry by itself meanwhile.
    let third = flag(&app, "teacher", &id, missing(&seminars[1].offering)).expect(201);
    assert_eq!(third.json()["leader_id"], Value::Null);
    let centre = app.persona("methodist");
    assert_eq!((waiting(&centre), waiting(&leader)), (vec![json!(third.id())], vec![]));
    let entry = enter(&app, &centre, "teacher", &seminars[1].offering).expect(201).id();
    let done = answer(&app, &centre, &third.id(), json!({"decision": "resolve"})).expect(200).json();
    assert_eq!(done["answer_entry_id"], json!(entry));
}

/// P3-46: a flag about the session of an association goes to its head; the teacher takes it back.
#[test]
fn a_flag_about_a_session_goes_to_the_head_and_is_taken_back() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let id = open_book(&app, "teacher", "teacher").expect(201).id();
    let missing = json!({"kind": "missing", "association_id": world::association(1)});
    let raised = flag(&app, "teacher", &id, missing.clone()).expect(201).id();
    let head = app.persona("association_head");
    assert_eq!(waiting(&head), [json!(raised)]);
    let foreign = json!({"kind": "missing", "association_id": world::association(2)});
    flag(&app, "teacher", &id, foreign).refused(422, "unknown");

    let path = format!("{PATH}/{raised}/withdrawal");
    let seen = etag(&app, "credit_book_flags", &raised);
    head.post_if(&path, &seen, json!({})).refused(403, "auth.forbidden");
    let back = app.persona("teacher").post_if(&path, &seen, json!({})).expect(200).json();
    assert_eq!(back["state"], "withdrawn");
    let late = json!({"decision": "refuse", "reason": "Занятия не было"});
    answer(&app, &head, &raised, late).refused(409, "conflict.state");

    let again = flag(&app, "teacher", &id, missing).expect(201).id();
    let entry =
        json!({"topic": "Чтение схем", "started_on": "2026-02-10", "ended_on": "2026-02-10", "hours": 2});
    answer(&app, &head, &again, json!({"decision": "resolve", "record": entry})).expect(200);
    assert_eq!(book(&app, "teacher", &id).expect(200).json()["hours"], 2.0);
}
