//! Ranges of numbers: papers get theirs one after the other, nobody gets one twice.

use std::thread;

use serde_json::{Value, json};

use crate::support::build_hours::{paper, record, with};
use crate::support::{Answer, TestApp};

const RANGES: &str = "/api/v1/number-ranges";

fn range(first: u32, last: u32) -> Value {
    json!({"kind": "pd_certificate", "part": "form", "series": "ПК", "prefix": "22-", "digits": 4,
           "first_number": first, "last_number": last})
}

fn set_up(app: &TestApp, persona: &str, range: Value) -> Answer {
    app.persona(persona).post(RANGES, range)
}

fn read(app: &TestApp, persona: &str, id: &str) -> Answer {
    app.persona(persona).get(&format!("{RANGES}/{id}"))
}

/// A paper of that person with a number of the range.
fn numbered(app: &TestApp, person: &str, range: &str) -> Value {
    let of_range = json!({"series": null, "number": null, "number_range_id": range});
    with(paper(app, person, "-", "2025-04-10"), of_range)
}

fn close(app: &TestApp, persona: &str, id: &str, etag: &str) -> Answer {
    app.persona(persona).post_if(&format!("{RANGES}/{id}/closure"), etag, json!({}))
}

fn pointers(answer: &Answer) -> Vec<String> {
    let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<String> =
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect();
    found.sort_unstable();
    found
}

/// B1.10: the numbers follow each other; a paper that is refused takes none, one that somebody typed is left out.
#[test]
fn papers_take_their_numbers_one_after_the_other() {
    let app = TestApp::start();
    let created = set_up(&app, "provider", range(1, 4)).expect(201);
    let (id, view) = (created.id(), created.json());
    assert_eq!(view["organization_id"], json!(app.organization("provider_x")));
    assert_eq!((&view["left"], &view["next_number"]), (&json!(4), &json!("22-0001")));
    assert_eq!(view["allowed_actions"], json!(["close_number_range"]));

    let too_few = with(numbered(&app, "teacher", &id), json!({"hours": 8}));
    record(&app, "provider", too_few).refused(422, "hours_below_minimum");
    let first = record(&app, "provider", numbered(&app, "teacher", &id)).expect(201).json();
    assert_eq!((&first["series"], &first["number"]), (&json!("ПК"), &json!("22-0001")));
    assert_eq!(first["issuer_id"], json!(app.organization("provider_x")));
    let typed = paper(&app, "teacher_2", "22 0002", "2025-04-10");
    record(&app, "provider", typed).expect(201);
    let second = record(&app, "provider", numbered(&app, "deputy", &id)).expect(201).json();
    assert_eq!(second["number"], "22-0003");
    assert_eq!(read(&app, "provider", &id).expect(200).json()["left"], 1);
    record(&app, "provider", numbered(&app, "school_2_teacher", &id)).expect(201);
    let used_up = read(&app, "ministry", &id).expect(200).json();
    assert_eq!((&used_up["left"], used_up.get("next_number")), (&json!(0), None));
    let refused = record(&app, "provider", numbered(&app, "school_3_teacher", &id));
    assert_eq!(pointers(&refused.refused(422, "range_exhausted")), ["/number_range_id"]);
}

/// B1.10: the registration book has numbers of its own, beside those of the forms.
#[test]
fn registration_numbers_have_ranges_of_their_own() {
    let app = TestApp::start();
    let form = set_up(&app, "provider", range(1, 9)).expect(201).id();
    let book = json!({"kind": "pd_certificate", "part": "registration", "prefix": "77/25-", "first_number": 5,
                      "last_number": 9});
    let book = set_up(&app, "provider", book).expect(201).id();
    let both = with(numbered(&app, "teacher", &form), json!({"registration_range_id": book}));
    let issued = record(&app, "provider", both).expect(201).json();
    assert_eq!((&issued["number"], &issued["registration_number"]), (&json!("22-0001"), &json!("77/25-5")));
    let swapped = with(numbered(&app, "teacher_2", &book), json!({"registration_range_id": form}));
    assert_eq!(
        pointers(&record(&app, "provider", swapped).refused(422, "wrong_range")),
        ["/number_range_id"]
    );
    // What was held for a paper that is refused is not taken.
    assert_eq!(read(&app, "provider", &form).expect(200).json()["left"], 8);
}

/// Whoever issues at the same moment takes another number, on connections of their own.
#[test]
fn two_at_once_take_two_numbers() {
    let app = TestApp::start();
    let id = set_up(&app, "provider", range(1, 6)).expect(201).id();
    let people = ["teacher", "teacher_2", "deputy", "school_2_teacher", "school_3_teacher", "director"];
    let mut numbers: Vec<String> = thread::scope(|scope| {
        let issued: Vec<_> = people
            .iter()
            .map(|person| {
                let (app, id) = (&app, &id);
                scope.spawn(move || {
                    let answer = record(app, "provider", numbered(app, person, id)).expect(201);
                    answer.json()["number"].as_str().unwrap().to_owned()
                })
            })
            .collect();
        issued.into_iter().map(|issuing| issuing.join().unwrap()).collect()
    });
    numbers.sort_unstable();
    let expected: Vec<String> = (1..=6).map(|number| format!("22-000{number}")).collect();
    assert_eq!(numbers, expected);
    assert_eq!(read(&app, "provider", &id).expect(200).json()["left"], 0);
}

#[test]
fn nothing_is_taken_from_a_closed_range() {
    let app = TestApp::start();
    let created = set_up(&app, "provider", range(1, 9)).expect(201);
    let (id, etag) = (created.id(), created.etag());
    let path = format!("{RANGES}/{id}/closure");
    app.persona("provider").post(&path, json!({})).refused(428, "request.precondition_required");
    close(&app, "provider", &id, "\"9\"").refused(412, "request.precondition_failed");
    for stranger in ["provider_y", "chel_director"] {
        read(&app, stranger, &id).refused(404, "request.not_found");
        close(&app, stranger, &id, &etag).refused(404, "request.not_found");
    }
    close(&app, "ministry", &id, &etag).refused(403, "auth.forbidden");
    // Numbers taken meanwhile do not matter to who closes.
    record(&app, "provider", numbered(&app, "teacher", &id)).expect(201);
    let closed = close(&app, "provider", &id, &etag).expect(200);
    assert_eq!((&closed.json()["open"], &closed.json()["allowed_actions"]), (&json!(false), &json!([])));
    close(&app, "provider", &id, &closed.etag()).refused(409, "conflict.state");
    let refused = record(&app, "provider", numbered(&app, "teacher_2", &id));
    assert_eq!(pointers(&refused.refused(422, "range_closed")), ["/number_range_id"]);
}

/// A number stands in one range, however it is spelt, also when two are set up at once.
#[test]
fn ranges_of_one_issuer_do_not_overlap() {
    let app = TestApp::start();
    let statuses: Vec<u16> = thread::scope(|scope| {
        let both: Vec<_> =
            (0..2).map(|_| scope.spawn(|| set_up(&app, "provider", range(1, 9)).status)).collect();
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    let spelt = with(range(9, 20), json!({"series": "пк", "prefix": "22", "digits": 1}));
    let refused = set_up(&app, "provider", spelt).refused(409, "range_overlaps");
    assert_eq!(refused.json()["code"], "conflict.already_exists");
    set_up(&app, "provider", range(10, 20)).expect(201);
    set_up(&app, "provider", with(range(1, 9), json!({"prefix": "23-"}))).expect(201);
    set_up(&app, "provider", with(range(1, 9), json!({"kind": "retraining_diploma"}))).expect(201);
    set_up(&app, "provider_y", range(1, 9)).expect(201);

    let path = format!("{RANGES}?kind=pd_certificate&open=true&limit=2");
    let page = app.persona("provider").get(&path).expect(200).json();
    let prefixes: Vec<&Value> =
        page["items"].as_array().unwrap().iter().map(|item| &item["prefix"]).collect();
    assert_eq!(prefixes, [&json!("23-"), &json!("22-")], "those set up last first");
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = app.persona("provider").get(&format!("{path}&cursor={cursor}")).expect(200).json();
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(1), "nothing of provider Y");
    let of_region = app.persona("ministry").get(RANGES).expect(200).json();
    assert_eq!(of_region["items"].as_array().map(Vec::len), Some(5));
}

#[test]
fn a_range_is_the_issuers_own() {
    let app = TestApp::start();
    let id = set_up(&app, "provider", range(1, 9)).expect(201).id();
    set_up(&app, "teacher", range(1, 9)).refused(403, "auth.forbidden");
    let of = |name: &str| with(range(30, 40), json!({"organization_id": app.organization(name)}));
    set_up(&app, "provider", of("provider_y")).refused(403, "auth.forbidden");
    let refused = set_up(&app, "provider", of("chel_school"));
    assert_eq!(pointers(&refused.refused(422, "unknown")), ["/organization_id"]);

    let foreign = record(&app, "provider_y", numbered(&app, "teacher", &id));
    assert_eq!(pointers(&foreign.refused(422, "unknown")), ["/number_range_id"]);
    record(&app, "teacher", numbered(&app, "teacher", &id)).refused(422, "not_allowed");
    let certificate = json!({"kind": "participation_certificate", "program_kind": null});
    let other_kind = with(numbered(&app, "teacher", &id), certificate);
    record(&app, "provider", other_kind).refused(422, "wrong_range");
    let typed = with(paper(&app, "teacher", "1", "2025-04-10"), json!({"number_range_id": id}));
    let refused = record(&app, "provider", typed);
    assert_eq!(pointers(&refused.refused(422, "number_and_range")), ["/number", "/series"]);
    assert_eq!(read(&app, "provider", &id).expect(200).json()["left"], 9);
}

#[test]
fn everything_wrong_with_a_range_is_told_at_once() {
    let app = TestApp::start();
    let wrong = with(range(9, 1), json!({"part": "registration"}));
    let refused = set_up(&app, "provider", wrong).refused(422, "numbers_reversed");
    assert_eq!(pointers(&refused), ["/last_number", "/series"]);
    let wrong = with(range(0, 1), json!({"digits": 13, "prefix": "я".repeat(31)}));
    let refused = set_up(&app, "provider", wrong).expect(422);
    assert_eq!(pointers(&refused), ["/digits", "/first_number", "/prefix"]);
}
