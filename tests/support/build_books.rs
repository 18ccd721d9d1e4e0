//! Credit books and what is entered in them, set up through the API.

use serde_json::{Value, json};

use super::build_training::{apply, close, decide, etag, move_to, plan, record, seminar, with};
use super::{Answer, Client, TestApp};

/// Opens the book of a person.
pub fn open_book(app: &TestApp, persona: &str, person: &str) -> Answer {
    app.persona(persona).post("/api/v1/credit-books", json!({"person_id": app.person(person)}))
}

/// Reads a book.
pub fn book(app: &TestApp, persona: &str, id: &str) -> Answer {
    app.persona(persona).get(&format!("/api/v1/credit-books/{id}"))
}

/// Writes an entry about an offering, with nothing said that does not follow from it.
pub fn enter(app: &TestApp, writer: &Client, person: &str, offering: &str) -> Answer {
    enter_with(app, writer, person, json!({"offering_id": offering}))
}

/// Writes an entry with these fields.
pub fn enter_with(app: &TestApp, writer: &Client, person: &str, fields: Value) -> Answer {
    writer.post("/api/v1/credit-book-entries", with(json!({"person_id": app.person(person)}), fields))
}

/// A seminar of the centre of Barnaul: who leads it, its title, who has mastered it in full.
pub type Mastered<'a> = (Option<&'a str>, &'a str, &'a [&'a str]);

/// A seminar that somebody has mastered: the offering, and the enrollments in the order of the people.
pub struct Seminar {
    pub offering: String,
    pub enrollments: Vec<String>,
}

/// Holds seminars of six hours on March 10 to 12; it is March 10 afterwards. Tokens made before have run out.
#[track_caller]
pub fn held(app: &TestApp, seminars: &[Mastered<'_>]) -> Vec<Seminar> {
    let planned: Vec<Seminar> = seminars
        .iter()
        .map(|(leader, title, people)| {
            let mut data = with(seminar(20), json!({"title": title}));
            if let Some(leader) = leader {
                data["leader_id"] = json!(app.person(leader));
            }
            let offering = plan(app, "methodist", "barnaul_center", &data).expect(201).id();
            move_to(app, "methodist", &offering, "open").expect(200);
            let enrollments = people.iter().map(|person| enrolled(app, person, &offering)).collect();
            Seminar { offering, enrollments }
        })
        .collect();
    app.days_pass(8);
    for seminar in &planned {
        move_to(app, "methodist", &seminar.offering, "running").expect(200);
        for id in &seminar.enrollments {
            record(app, "methodist", id, 1, json!({"outcome": "mastered", "grade": "зачтено"})).expect(200);
            let closed = close(app, "methodist", id, "completion", json!({"closing": "finish"})).expect(200);
            assert_eq!(closed.json()["state"], "completed");
        }
    }
    planned
}

#[track_caller]
fn enrolled(app: &TestApp, person: &str, offering: &str) -> String {
    let application = apply(app, person, offering).expect(201).id();
    let accepted = decide(app, "methodist", &application, "accept").expect(200).json();
    accepted["people"][0]["enrollment_id"].as_str().unwrap().to_owned()
}

/// Raises a flag in a book.
pub fn flag(app: &TestApp, persona: &str, book: &str, fields: Value) -> Answer {
    let body = with(json!({"text": "Проверьте запись"}), fields);
    app.persona(persona).post(&format!("/api/v1/credit-books/{book}/flags"), body)
}

/// Answers the newest version of a flag.
pub fn answer(app: &TestApp, writer: &Client, flag: &str, body: Value) -> Answer {
    let etag = etag(app, "credit_book_flags", flag);
    writer.post_if(&format!("/api/v1/credit-book-flags/{flag}/answer"), &etag, body)
}
