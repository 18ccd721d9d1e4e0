//! Identifiers and their control digits (federal facts B4), as the API takes them.

use serde_json::{Value, json};

use crate::support::build_directory::person;
use crate::support::{Answer, TestApp};

/// Adds a person with that СНИЛС.
fn add(app: &TestApp, last_name: &str, snils: &str) -> Answer {
    let mut body = person(last_name, app.organization("school_1"));
    body["data"]["snils"] = json!(snils);
    app.persona("director").post("/api/v1/persons", body)
}

fn organization(app: &TestApp, kind: &str, data: Value) -> Answer {
    let parent = if kind == "provider" { "altai_ministry" } else { "barnaul" };
    let body = json!({"parent_id": app.organization(parent), "kind": kind, "data": data});
    app.persona("ministry").post("/api/v1/organizations", body)
}

/// B4.1: every published СНИЛС is taken, however it is separated, and shown in the federal form; another control number is
/// not, nor the one that ascending weights would give.
#[test]
fn every_published_snils_is_taken_and_no_other() {
    let app = TestApp::start();
    let published = [
        ("112-233-445 95", "112-233-445 54"),
        ("087-654-303 00", "087-654-303 01"),
        ("001-019-989 00", "001-019-989 01"),
        ("001-019-998 00", "001-019-998 01"),
        ("001-019-999 01", "001-019-999 00"),
        ("002-999-989 00", "002-999-989 01"),
    ];
    for ((number, wrong), last_name) in published.iter().zip(["А", "Б", "В", "Г", "Д", "Е"]) {
        add(&app, last_name, wrong).refused(422, "checksum");
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let created = add(&app, last_name, &digits).expect(201).json();
        assert_eq!(created["data"]["snils"], json!(number));
        add(&app, last_name, number).refused(409, "conflict.already_exists");
    }
    // Numbers up to 001-001-998 have no control digits.
    add(&app, "Ж", "001-001-998 77").expect(201);
    add(&app, "З", "001-001-999 77").refused(422, "checksum");
}

/// B4.2, B4.3, B4.4: the published ИНН and ОГРН of organizations are taken; a changed digit, and a person's number where an
/// organization's belongs, are not.
#[test]
fn published_numbers_of_organizations_are_taken() {
    let app = TestApp::start();
    organization(&app, "school", json!({"name": "СОШ № 11", "inn": "7707083893", "ogrn": "1037739010891"}))
        .expect(201);
    organization(&app, "school", json!({"name": "СОШ № 12", "ogrn": "1027700132195"})).expect(201);
    for (data, code) in [
        (json!({"name": "СОШ № 13", "inn": "7707083894"}), "checksum"),
        (json!({"name": "СОШ № 13", "inn": "500100732259"}), "digits"),
        (json!({"name": "СОШ № 13", "ogrn": "1037739010892"}), "checksum"),
        (json!({"name": "СОШ № 13", "ogrn": "1027700132196"}), "checksum"),
        (json!({"name": "СОШ № 13", "ogrn": "304500116000157"}), "digits"),
    ] {
        let refusal = organization(&app, "school", data.clone());
        assert_eq!(refusal.status, 422, "{data}: {}", refusal.text);
        assert!(
            refusal.codes().iter().any(|found| found == code || found == "checksum"),
            "{data}: {}",
            refusal.text
        );
    }
}

/// B4.5, B4.7: ОКТМО has 8 or 11 digits, its control digit is no part of the code, and it changes with the territory: it is
/// an attribute that several organizations share, and never a key.
#[test]
fn published_territories_are_taken_without_their_control_digit() {
    let app = TestApp::start();
    let territories =
        [("08631000", 7), ("81645701", 9), ("03628000", 6), ("11811476101", 2), ("81618403101", 9)];
    for (number, (code, control)) in territories.into_iter().enumerate() {
        let named = |letter: &str| json!({"name": format!("Школа {letter} № {number}"), "oktmo": code});
        for letter in ["А", "Б"] {
            let created = organization(&app, "school", named(letter)).expect(201).json();
            assert_eq!(created["data"]["oktmo"], json!(code), "leading zeros stay");
        }
        let with_control = json!({"name": "Школа", "oktmo": format!("{code}{control}")});
        organization(&app, "school", with_control).refused(422, "digits");
    }
}
