//! Balances over HTTP: two checks, every paper explained.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_hours::{
    balance, confirmed, decide, paper, private_provider, reasons, record, with,
};
use crate::support::build_regulations::amended;

/// P0-17: 36 + 36 from two providers meet 72 for primary school and leave 36 of 108 missing for basic school.
/// P0-3: the two teachers differ in the level alone.
#[test]
fn hours_of_two_providers_are_summed_against_the_norm_of_the_level() {
    let app = TestApp::start();
    let other = private_provider(&app);
    for (person, number) in [("chel_teacher", "1"), ("chel_teacher_2", "2")] {
        confirmed(&app, "chel_provider", "chel_director", paper(&app, person, number, "2025-04-10"));
        let elsewhere = with(paper(&app, person, number, "2024-10-15"), json!({"issuer_id": other}));
        confirmed(&app, person, "chel_director", elsewhere);
    }
    let primary = &balance(&app, "chel_teacher", "")["local_hours"];
    assert_eq!(
        (&primary["status"], &primary["required"], &primary["counted"]),
        (&json!("met"), &json!(72.0), &json!(72.0))
    );
    let basic = &balance(&app, "chel_teacher_2", "")["local_hours"];
    assert_eq!(
        (&basic["status"], &basic["required"], &basic["missing"]),
        (&json!("not_met"), &json!(108.0), &json!(36.0))
    );
    assert_eq!((&basic["paragraph"], &basic["education_level"]), (&json!("2.5"), &json!("basic")));
}

/// P0-18: an entry of 3 years and 1 day ago is outside, one of 2 years and 364 days ago inside; the same question
/// gets the same answer.
#[test]
fn certificates_of_the_last_three_years_are_summed() {
    let app = TestApp::start();
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "1", "2023-03-01"));
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "2", "2023-03-03"));
    let path = format!("/api/v1/persons/{}/hours-balance?as_of=2026-03-02", app.person("chel_teacher"));
    let first = app.persona("chel_teacher").get(&path).expect(200);
    let found = first.json();
    assert_eq!(found["local_hours"]["counted"], json!(36.0));
    assert_eq!(found["counted"][0]["date"], "2023-03-03");
    assert_eq!(found["counted"][0]["provider_name"], "chel_provider");
    assert_eq!(reasons(&found), ["outside_window"]);
    assert_eq!(found["not_counted"][0]["explanation_en"], "Left the window on 2026-03-01");
    app.days_pass(30);
    assert_eq!(app.persona("chel_teacher").get(&path).expect(200).text, first.text);
}

/// The articles of the law: the right to training and the duty to raise one's level.
const ARTICLES: &str = "273-ФЗ ст. 47 ч. 5 п. 2, ст. 48 ч. 1 п. 7";

/// P0-29: two checks, each with status, due date and ground; whoever was never trained is due at once. B1.1, B1.2, B1.3
#[test]
fn the_frequency_of_the_law_and_the_norm_of_the_school_are_two_checks() {
    let app = TestApp::start();
    let nothing = balance(&app, "chel_teacher", "");
    let (federal, local) = (&nothing["federal_frequency"], &nothing["local_hours"]);
    assert_eq!((&federal["status"], &federal["due_on"]), (&json!("never_trained"), &json!("2026-03-02")));
    assert_eq!((&federal["ground"], &federal.get("last_training_on")), (&json!(ARTICLES), &None));
    assert_eq!(nothing["next_training_due_on"], "2026-03-02");
    assert_eq!((&local["status"], &local["due_on"]), (&json!("not_met"), &json!("2026-03-02")));
    assert_eq!((&local["missing"], &local["paragraph"]), (&json!(72.0), &json!("2.5")));
    assert!(
        local["ground"].as_str().unwrap().starts_with("Положение о персонифицированной системе"),
        "{local}"
    );
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "1", "2024-04-10"));
    let one = balance(&app, "chel_teacher", "");
    let (federal, local) = (&one["federal_frequency"], &one["local_hours"]);
    assert_eq!((&federal["status"], &federal["due_on"]), (&json!("met"), &json!("2027-04-09")));
    assert_eq!(federal["ground"], ARTICLES);
    let late = &balance(&app, "chel_teacher", "?as_of=2027-04-10")["federal_frequency"];
    assert_eq!((&late["status"], &late["due_on"]), (&json!("overdue"), &json!("2027-04-09")));
    assert_eq!((&local["status"], &local["due_on"]), (&json!("not_met"), &json!("2026-03-02")));
    assert!(local["ground"].as_str().unwrap().ends_with("п. 2.5"), "{local}");
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "2", "2025-04-10"));
    let both = balance(&app, "chel_teacher", "");
    assert_eq!(both["local_hours"]["due_on"], "2027-04-09");
    assert_eq!(
        (&both["norm_breaks_on"], &both["next_training_due_on"]),
        (&json!("2027-04-10"), &json!("2028-04-09"))
    );
    assert_eq!(
        (&both["expiring"][0]["leaves_on"], &both["expiring"][0]["left"]),
        (&json!("2027-04-10"), &json!(36.0))
    );
}

/// P0-2: for any day the balance says whether it lies inside a three-year interval: before, within and after a gap.
#[test]
fn every_day_lies_inside_an_interval_or_in_a_gap() {
    let app = TestApp::start();
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "1", "2020-01-15"));
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "2", "2024-01-15"));
    let open = json!([{"from": "2023-01-15"}]);
    let closed = json!([{"from": "2023-01-15", "until": "2024-01-14"}]);
    for (day, status, gaps) in [
        ("2020-01-14", "never_trained", json!([])),
        ("2020-01-15", "met", json!([])),
        ("2023-01-14", "met", json!([])),
        ("2023-01-15", "overdue", open.clone()),
        ("2023-06-01", "overdue", open.clone()),
        ("2024-01-14", "overdue", open),
        ("2024-01-15", "met", closed.clone()),
        ("2027-01-14", "met", closed),
    ] {
        let federal = &balance(&app, "chel_teacher", &format!("?as_of={day}"))["federal_frequency"];
        assert_eq!((&federal["status"], &federal["gaps"]), (&json!(status), &gaps), "{day}");
    }
}

/// P0-3: people who teach at the same level get the same required hours, whatever else they are and have; the hours come
/// from the regulation alone and change with it.
#[test]
fn required_hours_follow_the_regulation_and_the_level_alone() {
    let app = TestApp::start();
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "1", "2025-04-10"));
    let all = |primary: f64, basic: f64| {
        for (person, hours) in [
            ("chel_teacher", primary),
            ("chel_association_head", primary),
            ("chel_teacher_2", basic),
            ("chel_deputy", basic),
        ] {
            assert_eq!(balance(&app, person, "")["local_hours"]["required"], json!(hours), "{person}");
        }
    };
    all(72.0, 108.0);
    amended(&app, "chel_director", "chel_school", "p0-chelyabinsk-school", |document| {
        document["profile"]["hours"]["norms"][0]["hours"] = json!(80);
        document["profile"]["hours"]["norms"][1]["hours"] = json!(120);
    });
    all(80.0, 120.0);
}

/// P0-2: a gap between two three-year intervals is reported.
#[test]
fn a_gap_is_reported() {
    let app = TestApp::start();
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "1", "2020-01-15"));
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "2", "2024-01-15"));
    let federal = &balance(&app, "chel_teacher", "")["federal_frequency"];
    assert_eq!(federal["gaps"], json!([{"from": "2023-01-15", "until": "2024-01-14"}]));
    let later = &balance(&app, "chel_teacher", "?as_of=2027-02-01")["federal_frequency"];
    assert_eq!(later["status"], "overdue");
    assert_eq!(later["gaps"][1], json!({"from": "2027-01-15"}));
}

/// B1.8, B1.9: training that began on or after 2025-09-01 at a private provider is listed with its reason.
#[test]
fn training_at_an_ineligible_provider_is_listed_and_not_counted() {
    let app = TestApp::start();
    let provider = private_provider(&app);
    for (number, started_on) in [("1", "2025-08-31"), ("2", "2025-09-01")] {
        let dates = json!({"issuer_id": provider, "started_on": started_on});
        let body = with(paper(&app, "chel_teacher", number, "2025-10-10"), dates);
        confirmed(&app, "chel_teacher", "chel_director", body);
    }
    let found = balance(&app, "chel_teacher", "");
    assert_eq!(found["local_hours"]["counted"], json!(36.0));
    assert_eq!(reasons(&found), ["provider_not_eligible"]);
    assert_eq!(found["not_counted"][0]["federal"], json!(true));
}

/// B1.10, B1.11: hours of a seminar count for the norm and not for the law.
#[test]
fn a_certificate_of_participation_counts_for_the_norm_only() {
    let app = TestApp::start();
    let fields = json!({"kind": "participation_certificate", "program_kind": null, "hours": 8.5});
    let body = with(paper(&app, "chel_teacher", "1", "2025-10-10"), fields);
    confirmed(&app, "chel_provider", "chel_director", body);
    let found = balance(&app, "chel_teacher", "");
    assert_eq!(found["local_hours"]["counted"], json!(8.5));
    assert_eq!(found["federal_frequency"]["status"], "never_trained");
}

/// Design §6.3: what did we know then?
#[test]
fn what_was_recorded_later_is_not_known_yet() {
    let app = TestApp::start();
    let id = record(&app, "chel_provider", paper(&app, "chel_teacher", "1", "2025-04-10")).expect(201).id();
    assert_eq!(reasons(&balance(&app, "chel_teacher", "")), ["awaiting_confirmation"]);
    app.days_pass(10);
    decide(&app, "chel_director", &id, json!({"decision": "confirm"})).expect(200);
    assert_eq!(balance(&app, "chel_teacher", "")["local_hours"]["counted"], json!(36.0));
    let then = balance(&app, "chel_teacher", "?known_at=2026-03-05T00:00:00Z");
    assert_eq!(then["local_hours"]["counted"], json!(0.0));
    assert_eq!(reasons(&then), ["awaiting_confirmation"]);
    let before = balance(&app, "chel_teacher", "?known_at=2026-03-01T00:00:00Z");
    assert_eq!(reasons(&before), Vec::<String>::new());
}

#[test]
fn a_future_day_shows_what_will_have_left() {
    let app = TestApp::start();
    confirmed(&app, "chel_provider", "chel_director", paper(&app, "chel_teacher", "1", "2025-04-10"));
    assert_eq!(balance(&app, "chel_teacher", "?as_of=2028-04-09")["local_hours"]["counted"], json!(36.0));
    let later = balance(&app, "chel_teacher", "?as_of=2028-04-10");
    assert_eq!(reasons(&later), ["outside_window"]);
    assert_eq!(later["federal_frequency"]["status"], "overdue");
    let earlier = balance(&app, "chel_teacher", "?as_of=2025-04-09");
    assert_eq!(reasons(&earlier), ["not_yet_effective"]);
}

/// Ambiguity 4: where the regulation sets no norm, there is none.
#[test]
fn altai_has_no_norm_and_credited_modules_are_not_summed_again() {
    let app = TestApp::start();
    confirmed(&app, "provider", "director", paper(&app, "teacher", "1", "2025-04-10"));
    let credited = with(paper(&app, "teacher", "2", "2025-05-10"), json!({"credited": true}));
    confirmed(&app, "provider", "director", credited);
    let found = balance(&app, "teacher", "");
    assert_eq!(found["local_hours"]["status"], "no_norm");
    assert_eq!(found["local_hours"]["counted"], json!(36.0));
    assert_eq!(reasons(&found), ["credited_not_summed"]);
    assert_eq!(found["regulation_id"], json!(crate::support::world::regulation("p4-altai-krai")));
}

#[test]
fn only_those_concerned_read_a_balance() {
    let app = TestApp::start();
    let path = format!("/api/v1/persons/{}/hours-balance", app.person("teacher"));
    for reader in ["teacher", "association_head", "deputy", "municipal_officer", "ministry", "auditor"] {
        app.persona(reader).get(&path).expect(200);
    }
    for stranger in ["teacher_2", "school_2_director", "biysk_officer", "chel_director"] {
        app.persona(stranger).get(&path).refused(404, "request.not_found");
    }
    let elsewhere = format!("{path}?organization_id={}", app.organization("school_2"));
    app.persona("teacher").get(&elsewhere).refused(422, "not_employed");
    app.persona("teacher").get(&format!("{path}?as_of=yesterday")).expect(422);
    let ledger = format!("/api/v1/persons/{}/ledger-entries", app.person("teacher"));
    app.persona("school_2_director").get(&ledger).refused(404, "request.not_found");
    app.persona("director").get(&ledger).expect(200);
}
