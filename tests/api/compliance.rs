//! The compliance of a school over HTTP.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestApp;
use crate::support::build_directory::{end_employment, only_employment};
use crate::support::build_hours::{confirmed, decide, paper, with};

fn compliance(app: &TestApp, who: &str, query: &str) -> Value {
    let path = format!("/api/v1/organizations/{}/hours-compliance{query}", app.organization("chel_school"));
    app.persona(who).get(&path).expect(200).json()
}

/// The school's table and the individual balances are one fold.
#[test]
fn compliance_equals_the_individual_balances() {
    let app = TestApp::start();
    for (number, person, hours, day) in [
        ("1", "chel_teacher", 72, "2023-03-10"),
        ("2", "chel_teacher_2", 72, "2025-01-10"),
        ("3", "chel_teacher_2", 36, "2025-02-10"),
        ("4", "chel_association_head", 36, "2022-03-10"),
    ] {
        let body = with(paper(&app, person, number, day), json!({"hours": hours}));
        confirmed(&app, "chel_provider", "chel_director", body);
    }
    let annulled =
        confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "5", "2025-03-10"));
    decide(&app, "chel_director", &annulled, json!({"decision": "annul", "reason": "Ошибка"})).expect(200);
    for as_of in ["2026-03-02", "2026-03-10", "2024-01-01"] {
        let found = compliance(&app, "chel_director", &format!("?as_of={as_of}"));
        let people = found["persons"].as_array().unwrap();
        assert_eq!(people.len(), 5);
        for person in people {
            let id = person["person_id"].as_str().unwrap();
            let path = format!("/api/v1/persons/{id}/hours-balance?as_of={as_of}");
            let balance = app.persona("chel_director").get(&path).expect(200).json();
            assert_eq!(person["local_hours"], balance["local_hours"]["status"], "{as_of} {id}");
            assert_eq!(person["federal_frequency"], balance["federal_frequency"]["status"], "{as_of} {id}");
            for field in ["required", "counted", "missing"] {
                assert_eq!(person[field], balance["local_hours"][field], "{as_of} {id} {field}");
            }
            for field in ["norm_breaks_on", "next_training_due_on"] {
                assert_eq!(person[field], balance[field], "{as_of} {id} {field}");
            }
        }
    }
    let today = compliance(&app, "chel_director", "");
    assert_eq!(today["local_hours"], json!({"met": 2, "not_met": 2, "no_norm": 1}));
    assert_eq!(today["federal_frequency"], json!({"met": 2, "overdue": 1, "never_trained": 2}));
    let later = compliance(&app, "chel_director", "?as_of=2026-03-10");
    assert_eq!(later["local_hours"]["met"], json!(1));
}

#[test]
fn counts_are_for_more_people_than_names() {
    let app = TestApp::start();
    let path = format!("/api/v1/organizations/{}/hours-compliance", app.organization("school_1"));
    let counts = app.persona("quality_officer").get(&path).expect(200).json();
    assert_eq!((&counts["persons"], &counts["local_hours"]["met"]), (&Value::Null, &json!(0)));
    for reader in ["director", "municipal_officer", "ministry", "auditor"] {
        assert!(app.persona(reader).get(&path).expect(200).json()["persons"].is_array(), "{reader}");
    }
    app.persona("teacher").get(&path).refused(403, "auth.forbidden");
    // Organizations of one's own region are no secret, what is in them is.
    for stranger in ["school_2_director", "biysk_officer"] {
        app.persona(stranger).get(&path).refused(403, "auth.forbidden");
    }
    app.persona("chel_director").get(&path).refused(404, "request.not_found");
    app.persona("director").get(&format!("{path}?day=1")).refused(400, "request.unknown_parameter");
}

/// The table asked for again and again is never behind: a new line of the ledger, a reversal, another level taught
/// and another staff show at once.
#[test]
fn the_table_follows_every_change_of_the_day() {
    let app = TestApp::start();
    let of = |person: Uuid| {
        let found = compliance(&app, "chel_director", "");
        let people = found["persons"].as_array().unwrap().iter();
        people.clone().find(|it| it["person_id"] == json!(person)).cloned().unwrap_or_default()
    };
    let teacher = app.person("chel_teacher");
    assert_eq!((&of(teacher)["counted"], &of(teacher)["required"]), (&json!(0.0), &json!(72.0)));
    let paper =
        confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "1", "2025-04-10"));
    assert_eq!((&of(teacher)["counted"], &of(teacher)["federal_frequency"]), (&json!(36.0), &json!("met")));
    decide(&app, "chel_director", &paper, json!({"decision": "annul", "reason": "Ошибка"})).expect(200);
    assert_eq!(
        (&of(teacher)["counted"], &of(teacher)["federal_frequency"]),
        (&json!(0.0), &json!("never_trained"))
    );
    let work = only_employment(&app.persona("chel_director"), &teacher.to_string());
    let path = format!("/api/v1/employments/{}", work["id"].as_str().unwrap());
    let etag = app.persona("chel_director").get(&path).expect(200).etag();
    let mut data = work["data"].clone();
    data["education_levels"] = json!(["basic"]);
    app.persona("chel_director").put(&path, &etag, data).expect(200);
    assert_eq!(of(teacher)["required"], json!(108.0));
    end_employment(&app.persona("chel_director"), &work, "2026-03-01").expect(200);
    assert_eq!(of(teacher), Value::Null);
}
