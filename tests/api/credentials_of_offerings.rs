//! Papers for a whole offering that is over: for everybody who completed it, once, by its organiser.

use std::thread;

use serde_json::{Value, json};

use crate::support::build_hours::{decide as settle, paper};
use crate::support::build_training::{apply, close, decide, move_to, plan_with, read, record, seminar, with};
use crate::support::regulated_training::barnaul_under_p3;
use crate::support::{Answer, TestApp};

/// A running seminar of six hours with these people.
struct Held {
    organiser: &'static str,
    offering: String,
    enrollments: Vec<(&'static str, String)>,
}

impl Held {
    #[track_caller]
    fn begin(app: &TestApp, organiser: &'static str, organization: &str, people: &[&'static str]) -> Self {
        let planned = Self::plan(app, organiser, organization, people);
        app.days_pass(8);
        planned.run(app);
        planned
    }

    /// It stands in the plan, and they are enrolled.
    #[track_caller]
    fn plan(app: &TestApp, organiser: &'static str, organization: &str, people: &[&'static str]) -> Self {
        let one = json!({"stages": [{"kind": "study", "title": "Занятия", "hours": 6}]});
        let offering = plan_with(app, organiser, organization, &seminar(9), one).expect(201).id();
        move_to(app, organiser, &offering, "open").expect(200);
        let enroll = |person: &&'static str| {
            let application = apply(app, person, &offering).expect(201).id();
            let accepted = decide(app, organiser, &application, "accept").expect(200).json();
            (*person, accepted["people"][0]["enrollment_id"].as_str().unwrap().to_owned())
        };
        let enrollments = people.iter().map(enroll).collect();
        Self { organiser, offering, enrollments }
    }

    #[track_caller]
    fn run(&self, app: &TestApp) {
        move_to(app, self.organiser, &self.offering, "running").expect(200);
    }

    /// Everybody has come to everything but for those, and the seminar is over.
    #[track_caller]
    fn finish(&self, app: &TestApp, but_for: &[&str]) {
        for (person, id) in &self.enrollments {
            let outcome = if but_for.contains(person) { "not_mastered" } else { "mastered" };
            record(app, self.organiser, id, 1, json!({"outcome": outcome})).expect(200);
            close(app, self.organiser, id, "completion", json!({"closing": "finish"})).expect(200);
        }
        move_to(app, self.organiser, &self.offering, "finished").expect(200);
    }

    fn issue(&self, app: &TestApp, persona: &str, body: Value) -> Answer {
        app.persona(persona).post(&format!("/api/v1/offerings/{}/credentials", self.offering), body)
    }
}

fn numbered(prefix: &str, first: u32) -> Value {
    json!({"issued_on": "2026-03-10", "numbering": {"prefix": prefix, "first_number": first, "digits": 3}})
}

fn papers_of(app: &TestApp, person: &str) -> Vec<Value> {
    let path = format!("/api/v1/persons/{}/credentials", app.person(person));
    let page = app.persona(person).get(&path).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// P3-26, P3-35, P3-13: the centre plans, opens, holds and closes a seminar of its own and gives everybody who mastered it
/// the certificate with topic and hours of the seminar, and nobody else (P3-14); the issuer is the centre.
#[test]
fn the_centre_gives_certificates_for_its_seminar() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let seminar = Held::begin(
        &app,
        "methodist",
        "barnaul_center",
        &["teacher_2", "teacher", "school_2_teacher", "deputy"],
    );
    seminar.issue(&app, "methodist", numbered("ИМЦ-2026-", 7)).refused(409, "not_finished");
    seminar.finish(&app, &["deputy"]);
    let shown = read(&app, "methodist", "offerings", &seminar.offering).expect(200).json();
    assert!(shown["allowed_actions"].as_array().unwrap().contains(&json!("issue_offering_credentials")));

    let issued = seminar.issue(&app, "methodist", numbered("ИМЦ-2026-", 7)).expect(200).json();
    assert_eq!((&issued["issued"], &issued["refused"], &issued["left"]), (&json!(3), &json!(0), &json!(0)));
    let of: Vec<(Value, Value)> = issued["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["person_id"].clone(), item["number"].clone()))
        .collect();
    // By their names: Testova-ab, -ac, -ah.
    let expected =
        [("teacher", "ИМЦ-2026-007"), ("teacher_2", "ИМЦ-2026-008"), ("school_2_teacher", "ИМЦ-2026-009")];
    assert_eq!(of, expected.map(|(person, number)| (json!(app.person(person)), json!(number))));

    let id = issued["items"][0]["credential_id"].as_str().unwrap();
    let paper = app.persona("teacher").get(&format!("/api/v1/credentials/{id}")).expect(200).json();
    assert_eq!(paper["issuer_id"], json!(app.organization("barnaul_center")));
    assert_eq!((&paper["issuer_name"], &paper["state"]), (&json!("barnaul_center"), &json!("issued")));
    assert_eq!(paper["kind"], "participation_certificate");
    assert_eq!((&paper["title"], &paper["hours"]), (&json!("Критерии оценивания"), &json!(6.0)));
    assert_eq!((&paper["completed_on"], &paper["number"]), (&json!("2026-03-10"), &json!("ИМЦ-2026-007")));
    assert!(papers_of(&app, "deputy").is_empty(), "what was attended in part is not certified");

    let again = seminar.issue(&app, "methodist", numbered("ИМЦ-2026-", 20)).expect(200).json();
    assert_eq!((&again["issued"], &again["items"]), (&json!(0), &json!([])));
    settle(&app, "director", id, json!({"decision": "confirm"})).expect(200);
    assert_eq!(papers_of(&app, "teacher").len(), 1);
}

/// P3-35: the certificate of the municipality is the centre's to give: a school that holds a seminar of its own does not,
/// nor does anybody for the seminar of another.
#[test]
fn the_final_document_is_left_to_whom_the_regulation_names() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let own = Held::begin(&app, "director", "school_1", &["teacher", "teacher_2"]);
    own.finish(&app, &[]);
    own.issue(&app, "director", numbered("Ш-", 1)).refused(403, "auth.forbidden");
    for other in ["methodist", "school_2_director", "provider", "teacher", "ministry"] {
        own.issue(&app, other, numbered("Ш-", 1)).refused(403, "auth.forbidden");
    }
    own.issue(&app, "chel_director", numbered("Ш-", 1)).refused(404, "request.not_found");
    // Another paper is not what the regulation speaks of.
    let statement = with(numbered("Ш-", 1), json!({"kind": "study_statement"}));
    assert_eq!(own.issue(&app, "director", statement).expect(200).json()["issued"], 2);
}

/// One that is refused harms no other, says why, and is issued once that is mended.
#[test]
fn a_number_that_is_taken_stops_one_paper_and_not_the_others() {
    let app = TestApp::start();
    let seminar = Held::begin(&app, "provider", "provider_x", &["teacher", "teacher_2"]);
    seminar.finish(&app, &[]);
    let taken = with(
        paper(&app, "deputy", "С-001", "2026-03-01"),
        json!({"kind": "participation_certificate", "series": null, "program_kind": null, "title": "Другое"}),
    );
    app.persona("provider").post("/api/v1/credentials", taken).expect(201);
    let issued = seminar.issue(&app, "provider", numbered("С-", 1)).expect(200).json();
    assert_eq!((&issued["issued"], &issued["refused"]), (&json!(1), &json!(1)));
    let refused = &issued["items"][0];
    assert_eq!(refused["person_id"], json!(app.person("teacher")));
    assert_eq!(refused["problem"]["errors"][0]["code"], "duplicate_document");
    assert_eq!(refused.get("credential_id"), None);
    assert!(papers_of(&app, "teacher").is_empty());
    let rest = seminar.issue(&app, "provider", numbered("С-", 10)).expect(200).json();
    assert_eq!((&rest["issued"], &rest["items"][0]["number"]), (&json!(1), &json!("С-010")));
    assert_eq!(app.db_text("select count(*) from credentials"), "3");
}

/// A paper that was refused leaves its enrollment without one.
#[test]
fn who_lost_his_paper_gets_another_one() {
    let app = TestApp::start();
    let seminar = Held::begin(&app, "provider", "provider_x", &["teacher"]);
    seminar.finish(&app, &[]);
    let first = seminar.issue(&app, "provider", numbered("С-", 1)).expect(200).json();
    let id = first["items"][0]["credential_id"].as_str().unwrap();
    settle(&app, "provider", id, json!({"decision": "refuse", "reason": "Опечатка"})).expect(200);
    let second = seminar.issue(&app, "provider", numbered("С-", 2)).expect(200).json();
    assert_eq!((&second["issued"], &second["items"][0]["number"]), (&json!(1), &json!("С-002")));
}

#[test]
fn everything_wrong_with_a_run_is_told_at_once() {
    let app = TestApp::start();
    let seminar = Held::begin(&app, "provider", "provider_x", &["teacher"]);
    seminar.finish(&app, &[]);
    let wrong = json!({"issued_on": "2026-03-10", "numbering": {"first_number": 0, "digits": 13, "prefix": "я".repeat(31)}});
    let answer = seminar.issue(&app, "provider", wrong).expect(422).json();
    let mut pointers: Vec<&str> =
        answer["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/numbering/digits", "/numbering/first_number", "/numbering/prefix"]);
    let tomorrow = with(numbered("С-", 1), json!({"issued_on": "2026-03-11"}));
    seminar.issue(&app, "provider", tomorrow).refused(422, "date_in_future");
}

fn from_range(range: &str) -> Value {
    json!({"issued_on": "2026-03-10", "number_range_id": range})
}

fn range(app: &TestApp, persona: &str, prefix: &str, last: u32) -> String {
    let range = json!({"kind": "participation_certificate", "part": "form", "prefix": prefix, "digits": 3,
                       "first_number": 1, "last_number": last});
    app.persona(persona).post("/api/v1/number-ranges", range).expect(201).id()
}

fn left(app: &TestApp, persona: &str, range: &str) -> Value {
    app.persona(persona).get(&format!("/api/v1/number-ranges/{range}")).expect(200).json()["left"].clone()
}

/// P3-35: the papers of an offering take their numbers from a range of the organiser, in the order of names.
#[test]
fn papers_of_an_offering_take_numbers_from_a_range() {
    let app = TestApp::start();
    let seminar = Held::begin(&app, "provider", "provider_x", &["teacher", "teacher_2"]);
    seminar.finish(&app, &[]);
    let short = range(&app, "provider", "К-", 1);
    seminar.issue(&app, "provider", from_range(&short)).refused(422, "range_exhausted");
    assert_eq!((left(&app, "provider", &short), papers_of(&app, "teacher").len()), (json!(1), 0));
    let foreign = range(&app, "provider_y", "С-", 9);
    seminar.issue(&app, "provider", from_range(&foreign)).refused(422, "unknown");
    let both = with(numbered("С-", 1), json!({"number_range_id": short}));
    seminar.issue(&app, "provider", both).refused(422, "numbering_or_range");
    seminar.issue(&app, "provider", json!({"issued_on": "2026-03-10"})).refused(422, "numbering_or_range");

    let numbers = range(&app, "provider", "С-", 9);
    let issued = seminar.issue(&app, "provider", from_range(&numbers)).expect(200).json();
    let given: Vec<&Value> = issued["items"].as_array().unwrap().iter().map(|item| &item["number"]).collect();
    assert_eq!((&issued["issued"], given), (&json!(2), vec![&json!("С-001"), &json!("С-002")]));
    assert_eq!(left(&app, "provider", &numbers), 7);
    // Nobody is left: nothing is taken.
    seminar.issue(&app, "provider", from_range(&numbers)).expect(200);
    assert_eq!(left(&app, "provider", &numbers), 7);
}

/// Papers of two offerings for the same people, and of one of them twice, all at once on connections of their own: nobody
/// waits in a ring, nobody has two papers of one offering, no number is given twice.
#[test]
fn bulk_issues_at_once_meet_in_one_order() {
    let app = TestApp::start();
    let people = ["teacher", "teacher_2", "deputy", "school_2_teacher"];
    let reversed = ["school_2_teacher", "deputy", "teacher_2", "teacher"];
    let of_x = Held::plan(&app, "provider", "provider_x", &people);
    let of_y = Held::plan(&app, "provider_y", "provider_y", &reversed);
    app.days_pass(8);
    for seminar in [&of_x, &of_y] {
        seminar.run(&app);
        seminar.finish(&app, &[]);
    }
    let numbers = range(&app, "provider", "С-", 20);
    let issues = [
        (&of_x, "provider", from_range(&numbers)),
        (&of_y, "provider_y", numbered("У-", 1)),
        (&of_x, "provider", numbered("З-", 1)),
    ];
    let issued: Vec<Value> = thread::scope(|scope| {
        let all: Vec<_> = issues
            .into_iter()
            .map(|(seminar, persona, body)| {
                let app = &app;
                scope.spawn(move || seminar.issue(app, persona, body).expect(200).json())
            })
            .collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let count = |answer: &Value| answer["issued"].as_u64().unwrap();
    assert_eq!(count(&issued[0]) + count(&issued[2]), 4, "{issued:?}");
    assert_eq!(count(&issued[1]), 4, "{issued:?}");
    assert_eq!(app.db_text("select count(*) from credentials"), "8");
    assert_eq!(app.db_text("select count(distinct (issuer_id, person_id)) from credentials"), "8");
    assert_eq!(app.db_text("select count(distinct (issuer_id, number)) from credentials"), "8");
    assert_eq!(left(&app, "provider", &numbers), json!(20 - count(&issued[0])));
}
