//! What comes of hours: what leaves when, the norm at every employer, what planned training would change, and the
//! paragraph behind everything that is not counted.

use serde_json::{Value, json};

use crate::support::build_directory::employment;
use crate::support::build_guidance::live_under;
use crate::support::build_hours::{
    balance, confirmed, decide, paper, private_provider, reasons, record, with,
};
use crate::support::regulated_training::live_under_changed;
use crate::support::{Answer, TestApp};

/// Asks as somebody what planned training would change for a person.
fn ask(app: &TestApp, by: &str, person: &str, body: Value) -> Answer {
    let path = format!("/api/v1/persons/{}/hours-balance-forecast", app.person(person));
    app.persona(by).post(&path, body)
}

/// Both balances, as the person reads them.
fn forecast(app: &TestApp, person: &str, body: Value) -> (Value, Value) {
    let found = ask(app, person, person, body).expect(200).json();
    (found["without_planned"].clone(), found["with_planned"].clone())
}

/// Planned advanced training of 36 hours.
fn planned(completed_on: &str) -> Value {
    json!({"title": "Критическое мышление", "hours": 36, "kind": "pd_certificate",
           "program_kind": "advanced_training", "completed_on": completed_on})
}

/// Everything that a question might have written.
fn rows(app: &TestApp) -> String {
    app.db_text(
        "(select count(*) from ledger_entries) || '/' || (select count(*) from credentials) || '/' ||
         (select count(*) from audit_events) || '/' || (select count(*) from idempotency_keys)",
    )
}

/// P0-17: 36 hours are known and 36 more planned: together they meet the 72 of primary school, and nothing is written.
#[test]
fn planned_training_shows_whether_the_norm_will_be_met() {
    let app = TestApp::start();
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "1", "2025-04-10"));
    let before = rows(&app);
    let (without, with) = forecast(&app, "chel_teacher", json!({"planned": [planned("2026-06-10")]}));
    assert_eq!(rows(&app), before);
    // Asked for the day on which it is completed.
    assert_eq!((&without["as_of"], &with["as_of"]), (&json!("2026-06-10"), &json!("2026-06-10")));
    assert_eq!(without["local_hours"]["status"], "not_met");
    assert_eq!(without["local_hours"]["missing"], json!(36.0));
    assert_eq!(
        (&with["local_hours"]["status"], &with["local_hours"]["counted"]),
        (&json!("met"), &json!(72.0))
    );
    assert_eq!((&with["norm_breaks_on"], &without.get("norm_breaks_on")), (&json!("2028-04-10"), &None));
    assert_eq!(with["federal_frequency"]["due_on"], "2029-06-09");
    let line = &with["counted"][1];
    assert_eq!((&line["planned"], &line["title"]), (&json!(0), &json!("Критическое мышление")));
    assert_eq!((line.get("credential_id"), with["counted"][0].get("planned")), (None, None));
    // Before it is completed it changes nothing but is listed.
    let today = json!({"as_of": "2026-03-02", "planned": [planned("2026-06-10")]});
    let (_, early) = forecast(&app, "chel_teacher", today);
    assert_eq!(
        (&early["local_hours"]["counted"], reasons(&early)),
        (&json!(36.0), vec!["not_yet_effective".to_owned()])
    );
    assert_eq!(early["not_counted"][0]["planned"], json!(0));
}

/// P0-18: without any planned training both are the balance itself.
#[test]
fn nothing_planned_changes_nothing() {
    let app = TestApp::start();
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "1", "2025-04-10"));
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "2", "2022-04-10"));
    let (without, with) = forecast(&app, "chel_teacher", json!({"planned": []}));
    assert_eq!(without, balance(&app, "chel_teacher", ""));
    assert_eq!(with, without);
}

/// B1.8: only training that begins on or after 2025-09-01 is bound to providers who may train teachers.
#[test]
fn training_begun_before_the_restriction_counts_whoever_gave_it() {
    let app = TestApp::start();
    let provider = private_provider(&app);
    let at = |started_on: &str| {
        let fields = json!({"provider_id": provider, "started_on": started_on, "title": started_on});
        with(planned("2025-10-10"), fields)
    };
    let body = json!({"planned": [at("2025-08-31"), at("2025-09-01")]});
    let (_, with) = forecast(&app, "chel_teacher", body);
    assert_eq!(with["counted"].as_array().unwrap().len(), 1);
    assert_eq!(with["counted"][0]["planned"], json!(0));
    assert_eq!(with["not_counted"][0]["planned"], json!(1));
}

/// B1.9: hours at a provider who may not train teachers are marked with the reason and the article, not dropped; a
/// provider that is not chosen yet will be one who may.
#[test]
fn planned_training_at_an_ineligible_provider_is_listed_with_the_article() {
    let app = TestApp::start();
    let provider = private_provider(&app);
    let private = with(planned("2026-06-10"), json!({"provider_id": provider}));
    let (_, found) = forecast(&app, "chel_teacher", json!({"planned": [private, planned("2026-06-20")]}));
    assert_eq!(found["local_hours"]["counted"], json!(36.0));
    let line = &found["not_counted"][0];
    assert_eq!((&line["reason"], &line["federal"]), (&json!("provider_not_eligible"), &json!(true)));
    assert_eq!(
        (&line["paragraph"], &line["provider_name"]),
        (&json!("273-ФЗ, ст. 76"), &json!("ООО «Учёба»"))
    );
    assert_eq!(found["federal_frequency"]["last_training_on"], "2026-06-20");
}

/// B1.5: nobody plans advanced training of less than 16 hours or retraining of less than 250; everything wrong is told
/// at once.
#[test]
fn planned_training_has_the_volume_of_the_law() {
    let app = TestApp::start();
    let of = |hours: u32, kind: &str, program: &str| {
        with(planned("2026-06-10"), json!({"hours": hours, "kind": kind, "program_kind": program}))
    };
    let advanced = |hours| of(hours, "pd_certificate", "advanced_training");
    let retraining = |hours| of(hours, "retraining_diploma", "retraining");
    let elsewhere = with(planned("2026-06-10"), json!({"provider_id": app.organization("provider_x")}));
    let body = json!({"planned": [advanced(15), retraining(249), elsewhere]});
    let refusal = ask(&app, "chel_teacher", "chel_teacher", body).refused(422, "hours_below_minimum").json();
    let errors = refusal["errors"].as_array().unwrap().iter();
    let mut found: Vec<_> = errors.map(|it| (it["pointer"].as_str(), it["code"].as_str())).collect();
    found.sort_unstable();
    let expected = [
        ("/planned/0/hours", "hours_below_minimum"),
        ("/planned/1/hours", "hours_below_minimum"),
        ("/planned/2/provider_id", "unknown"),
    ];
    assert_eq!(found, expected.map(|(pointer, code)| (Some(pointer), Some(code))));
    let (_, with) = forecast(&app, "chel_teacher", json!({"planned": [advanced(16), retraining(250)]}));
    assert_eq!(with["local_hours"]["counted"], json!(266.0));
}

/// B1.3: the law asks how often, the regulation how many hours: one course of 16 hours meets the first and not the second.
#[test]
fn the_frequency_is_met_by_a_course_that_is_too_short_for_the_norm() {
    let app = TestApp::start();
    let short = with(planned("2026-06-10"), json!({"hours": 16}));
    let (without, with) = forecast(&app, "chel_teacher", json!({"planned": [short]}));
    assert_eq!(without["federal_frequency"]["status"], "never_trained");
    assert_eq!(with["federal_frequency"]["status"], "met");
    assert_eq!(
        (&with["local_hours"]["status"], &with["local_hours"]["missing"]),
        (&json!("not_met"), &json!(56.0))
    );
}

/// B1.10: a certificate of advanced training and a diploma of retraining end the training the law asks for, a statement of
/// study of somebody who did not finish does not.
#[test]
fn only_qualification_documents_complete_the_training_of_the_law() {
    let app = TestApp::start();
    for (kind, program, hours, status) in [
        ("pd_certificate", json!("advanced_training"), 36, "met"),
        ("retraining_diploma", json!("retraining"), 250, "met"),
        ("study_statement", json!("advanced_training"), 36, "never_trained"),
    ] {
        let fields = json!({"kind": kind, "program_kind": program, "hours": hours});
        let body = json!({"planned": [with(planned("2026-06-10"), fields)]});
        let (_, with) = forecast(&app, "chel_teacher", body);
        assert_eq!(with["federal_frequency"]["status"], status, "{kind}");
    }
}

/// B1.11: a certificate of a seminar is no qualification document, yet its hours are summed: the norm has a list of the
/// kinds it accepts, and a paper of another kind names the paragraph of that list.
#[test]
fn the_norm_names_the_kinds_it_accepts() {
    let app = TestApp::start();
    let of =
        |kind: &str| with(planned("2026-06-10"), json!({"kind": kind, "program_kind": null, "title": kind}));
    let body = json!({"planned": [of("participation_certificate"), of("study_statement")]});
    let (_, with) = forecast(&app, "chel_teacher", body);
    assert_eq!(with["federal_frequency"]["status"], "never_trained");
    assert_eq!(with["local_hours"]["counted"], json!(36.0));
    assert_eq!(
        (&with["counted"][0]["planned"], &with["counted"][0]["paragraph"]),
        (&json!(0), &json!("2.5"))
    );
    let refused = &with["not_counted"][0];
    assert_eq!((&refused["reason"], &refused["planned"]), (&json!("kind_not_accepted"), &json!(1)));
    assert_eq!((&refused["paragraph"], &refused["federal"]), (&json!("2.5"), &json!(false)));
}

/// P0-18: hours that left the window name the paragraph of the window, those that wait the paragraph of who confirms, and
/// what leaves is told month by month.
#[test]
fn what_is_not_counted_names_its_paragraph_and_what_leaves_its_month() {
    let app = TestApp::start();
    for (number, day) in [("1", "2022-04-10"), ("2", "2024-04-10"), ("3", "2024-04-20"), ("4", "2025-10-10")]
    {
        confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", number, day));
    }
    let waiting =
        record(&app, "chel_provider", paper(&app, "chel_teacher", "5", "2025-11-10")).expect(201).id();
    let found = balance(&app, "chel_teacher", "");
    let lines = found["not_counted"].as_array().unwrap().iter();
    let mut paragraphs: Vec<_> =
        lines.map(|line| (line["reason"].as_str().unwrap(), line["paragraph"].as_str())).collect();
    paragraphs.sort_unstable();
    assert_eq!(paragraphs, [("awaiting_confirmation", Some("3.2")), ("outside_window", Some("2.5"))]);
    let month = |month: &str, hours: f64, left: f64, entries: u32| json!({"month": month, "hours": hours, "left": left, "entries": entries});
    let months = json!([month("2027-04", 72.0, 36.0, 2), month("2028-10", 36.0, 0.0, 1)]);
    assert_eq!(found["expiring_by_month"], months);
    // Whatever is taken back is no matter of the regulation.
    decide(&app, "chel_director", &waiting, json!({"decision": "confirm"})).expect(200);
    decide(&app, "chel_director", &waiting, json!({"decision": "annul", "reason": "Ошибка"})).expect(200);
    let found = balance(&app, "chel_teacher", "");
    let reversed = found["not_counted"].as_array().unwrap().iter().find(|line| line["reason"] == "reversed");
    assert_eq!(reversed.unwrap().get("paragraph"), None);
}

/// P0-17: whoever teaches at two schools is held against the norm of each, for the levels taught there, by the same hours.
#[test]
fn every_employer_has_its_own_check() {
    let app = TestApp::start();
    live_under(&app, "director", "school_1", "p0-chelyabinsk-school", "2026-03-02");
    live_under_changed(&app, "school_2_director", "school_2", "p0-chelyabinsk-school", |profile| {
        profile["hours"]["norms"][1]["hours"] = json!(120);
    });
    let mut second = employment(app.organization("school_2"));
    second["data"]["kind"] = json!("external_part_time");
    let path = format!("/api/v1/persons/{}/employments", app.person("teacher"));
    app.persona("municipal_officer").post(&path, second).expect(201);
    for number in ["1", "2"] {
        let day = format!("2025-0{number}-10");
        confirmed(&app, "provider", "director", paper(&app, "teacher", number, &day));
    }
    let found = balance(&app, "teacher", "");
    let (one, two) = (app.organization("school_1"), app.organization("school_2"));
    assert_eq!(found["organization_id"], json!(one));
    let employers = found["employers"].as_array().unwrap();
    let check = |place: usize| {
        let (employer, local) = (&employers[place], &employers[place]["local_hours"]);
        (
            &employer["organization_id"],
            &local["status"],
            &local["required"],
            &local["missing"],
            &local["due_on"],
        )
    };
    assert_eq!(employers.len(), 2);
    assert_eq!(
        check(0),
        (&json!(one), &json!("met"), &json!(72.0), &json!(0.0), &json!("2028-01-09")),
        "staff work comes first"
    );
    assert_eq!(check(1), (&json!(two), &json!("not_met"), &json!(120.0), &json!(48.0), &json!("2026-03-02")));
    assert_eq!(employers[0]["local_hours"], found["local_hours"]);
    assert_ne!(employers[0]["regulation_id"], employers[1]["regulation_id"]);
    let asked = balance(&app, "teacher", &format!("?organization_id={two}"));
    assert_eq!(asked["local_hours"], employers[1]["local_hours"]);
    assert_eq!(asked["employers"], found["employers"]);
}

#[test]
fn whoever_reads_a_balance_may_ask_what_would_become_of_it() {
    let app = TestApp::start();
    let body = || json!({"planned": [planned("2026-06-10")]});
    for reader in ["teacher", "association_head", "deputy", "municipal_officer", "ministry", "auditor"] {
        ask(&app, reader, "teacher", body()).expect(200);
    }
    for stranger in ["teacher_2", "school_2_director", "biysk_officer", "chel_director"] {
        ask(&app, stranger, "teacher", body()).refused(404, "request.not_found");
    }
    // A question needs no key.
    let path = format!("/api/v1/persons/{}/hours-balance-forecast", app.person("teacher"));
    app.persona("teacher").send_json("POST", &path, &body()).expect(200);
    let own = |body| ask(&app, "teacher", "teacher", body);
    let elsewhere = json!({"organization_id": app.organization("school_2"), "planned": []});
    own(elsewhere).refused(422, "not_employed");
    let wrong = with(planned("2026-06-10"), json!({"hours": 0.3, "started_on": "yesterday", "grade": 5}));
    own(json!({"planned": [wrong]})).expect(422);
    own(json!({"planned": [with(planned("2026-06-10"), json!({"started_on": "2026-06-11"}))]}))
        .refused(422, "dates_out_of_order");
    own(json!({"planned": vec![planned("2026-06-10"); 51]})).refused(422, "length");
    own(json!({})).refused(422, "required");
}
