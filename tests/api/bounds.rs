//! What values may be: days, hours, texts and scales, refused at the edge with a pointer and words.

use serde_json::{Value, json};

use crate::support::build_diagnostics::{framework, instrument_data};
use crate::support::build_hours::{paper, record, with};
use crate::support::{Answer, TestApp};

/// The pointers and codes of a refusal, in its order.
fn problems(answer: &Answer) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let body = answer.json();
    let errors = body["errors"].as_array().unwrap_or_else(|| panic!("no errors in {body}"));
    errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

#[track_caller]
fn refused(answer: Answer, expected: &[(&str, &str)]) {
    assert_eq!(answer.status, 422, "{}", answer.text);
    let found = problems(&answer);
    let found: Vec<_> = found.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    assert_eq!(found, expected, "{}", answer.text);
}

/// api-conventions, dates: one form of the three centuries that anybody means; nothing is guessed.
#[test]
fn a_day_has_one_form_and_lies_between_1900_and_2199() {
    let app = TestApp::start();
    let day = |written: &str| {
        let body = with(paper(&app, "chel_teacher", "100", "2025-04-10"), json!({"issued_on": written}));
        record(&app, "chel_provider", body)
    };
    for written in
        ["2026-1-5", "+12026-01-01", "2026-02-30", "01.02.2026", "2026-01-01T00:00:00Z", "", " 2026-01-01"]
    {
        refused(day(written), &[("/issued_on", "invalid_date")]);
    }
    for written in ["1899-12-31", "2200-01-01", "9999-12-31", "0001-01-01"] {
        refused(day(written), &[("/issued_on", "date_out_of_range")]);
    }
    refused(
        record(
            &app,
            "chel_provider",
            with(paper(&app, "chel_teacher", "1", "2025-04-10"), json!({"issued_on": 7})),
        ),
        &[("/issued_on", "wrong_type")],
    );
    day("2025-04-10").expect(201);
}

/// api-conventions, dates: parameters are read like bodies.
#[test]
fn a_day_in_a_query_is_read_as_strictly() {
    let app = TestApp::start();
    let balance = |day: &str| {
        let path = format!("/api/v1/persons/{}/hours-balance?as_of={day}", app.person("teacher"));
        app.persona("teacher").get(&path)
    };
    refused(balance("2026-1-5"), &[("as_of", "invalid_date")]);
    refused(balance("%2B12026-01-01"), &[("as_of", "invalid_date")]);
    refused(balance("9999-12-31"), &[("as_of", "date_out_of_range")]);
    balance("2026-01-05").expect(200);
    let list = "/api/v1/organizations?limit=many&kind=castle&municipality_id=7";
    refused(
        app.persona("teacher").get(list),
        &[("kind", "unknown_value"), ("limit", "wrong_type"), ("municipality_id", "wrong_type")],
    );
}

/// P4-1: a regulation does not take effect in a year that nobody means.
#[test]
fn a_regulation_takes_effect_within_the_calendar() {
    let app = TestApp::start();
    let path = format!("/api/v1/regulations/{}/publication", app.organization("school_1"));
    let answer = app.persona("ministry").post_if(&path, "\"1\"", json!({"effective_from": "9999-12-31"}));
    refused(answer, &[("/effective_from", "date_out_of_range")]);
}

/// api-conventions, dates: cells of a file know the Russian form too, both strictly.
#[test]
fn a_day_in_a_cell_is_read_as_strictly() {
    let app = TestApp::start();
    let header = "Фамилия;Имя;СНИЛС;ИНН организации;Должность;Дата приёма\n";
    let row = |day: &str| format!("Каренина;Анна;900-000-001 82;0099000014;учитель;{day}\n");
    let days = ["2026-1-5", "1.2.2026", "31.02.2024", "01.01.1899", "9999-12-31", "1.2.3.4"];
    let file = days.iter().fold(header.to_owned(), |file, day| file + &row(day));
    let director = app.persona("director");
    let run =
        director.header("content-type", "text/csv").send("POST", "/api/v1/imports/staff", Some(file.into()));
    let rows = director.get(&format!("/api/v1/import-runs/{}/rows", run.expect(200).id())).expect(200).json();
    let codes: Vec<&str> =
        (0..days.len()).map(|row| rows["items"][row]["problems"][0]["code"].as_str().unwrap()).collect();
    let (form, range) = ("invalid_date", "date_out_of_range");
    assert_eq!(codes, [form, form, form, range, range, form], "{rows}");
}

/// api-conventions, errors: every wrong value of a body is told at once, in the caller's language.
#[test]
fn every_wrong_value_is_told_at_once_in_both_languages() {
    let app = TestApp::start();
    let wrong = json!({"issued_on": "2026-1-5", "started_on": "9999-12-31", "hours": 16.3, "surprise": 1,
        "title": "Чтение\u{202e}", "series": "П".repeat(51)});
    let send = |language: &str| {
        let body = with(paper(&app, "chel_teacher", "100", "2025-04-10"), wrong.clone());
        app.persona("chel_provider").header("accept-language", language).post("/api/v1/credentials", body)
    };
    refused(
        send("ru"),
        &[
            ("/hours", "hours_step"),
            ("/issued_on", "invalid_date"),
            ("/series", "length"),
            ("/started_on", "date_out_of_range"),
            ("/surprise", "unknown_field"),
            ("/title", "forbidden_character"),
        ],
    );
    let words = |language: &str| {
        let errors = send(language).json()["errors"].clone();
        [0, 1, 3, 5].map(|index| errors[index]["message"].as_str().unwrap().to_owned())
    };
    assert_eq!(
        words("ru"),
        [
            "Часы указываются с шагом 0,5",
            "Ожидается дата календаря ГГГГ-ММ-ДД",
            "Допустимы даты с 1900-01-01 по 2199-12-31",
            "Недопустимый символ U+202E",
        ]
    );
    assert_eq!(
        words("en"),
        [
            "Hours are given in steps of 0.5",
            "A day of the calendar is expected, YYYY-MM-DD",
            "Days from 1900-01-01 to 2199-12-31 are allowed",
            "The character U+202E is not allowed",
        ]
    );
}

/// api-conventions, hours: a JSON number in steps of 0.5; a text is none.
#[test]
fn hours_are_a_number_of_halves_within_bounds() {
    let app = TestApp::start();
    let hours = |hours: Value| {
        let body = with(paper(&app, "chel_teacher", "100", "2025-04-10"), json!({"hours": hours}));
        record(&app, "chel_provider", body)
    };
    refused(hours(json!("16")), &[("/hours", "wrong_type")]);
    refused(hours(json!(true)), &[("/hours", "wrong_type")]);
    refused(hours(json!(16.25)), &[("/hours", "hours_step")]);
    refused(hours(json!(10_000.5)), &[("/hours", "range")]);
    refused(hours(json!(0)), &[("/hours", "range")]);
    refused(hours(json!(-16)), &[("/hours", "range")]);
}

/// P4-4: what an activity, a note and a program say of hours is bounded like the papers that prove them.
#[test]
fn hours_of_programs_are_bounded_at_the_edge() {
    let app = TestApp::start();
    let mut body = crate::support::build_registry::program(&app, "provider_x", "Смысловое чтение");
    body["data"]["hours"] = json!(0);
    let answer = app.persona("provider").post("/api/v1/programs", body);
    assert!(problems(&answer).contains(&("/data/hours".to_owned(), "range".to_owned())), "{}", answer.text);
}

/// api-conventions, enums: the values that are allowed are listed in both languages.
#[test]
fn the_allowed_values_are_listed_without_foreign_words() {
    let app = TestApp::start();
    let message = |language: &str| {
        let answer =
            app.persona("teacher").header("accept-language", language).get("/api/v1/credentials?state=lost");
        answer.expect(422).json()["errors"][0]["message"].as_str().unwrap().to_owned()
    };
    let names = "reported, issued, confirmed, disputed, refused, annulled";
    assert_eq!(message("ru"), format!("Недопустимое значение; допустимы: {names}"));
    assert_eq!(message("en"), format!("The value is not allowed; these are: {names}"));
}

/// api-conventions, errors: characters that hide, break or turn a text are refused where they stand.
#[test]
fn control_characters_and_turns_of_direction_are_refused_in_every_text() {
    let app = TestApp::start();
    let school = |name: &str| {
        let body =
            json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": name}});
        app.persona("ministry").post("/api/v1/organizations", body)
    };
    for symbol in [
        '\0', '\u{7}', '\u{1b}', '\r', '\n', '\t', '\u{7f}', '\u{85}', '\u{202a}', '\u{202e}', '\u{2066}',
        '\u{2069}',
    ] {
        refused(school(&format!("СОШ{symbol}№ 10")), &[("/data/name", "forbidden_character")]);
    }
    school("СОШ № 10 «Ёлка» – ’").expect(201);
    // A reason may have several lines.
    let id = record(&app, "chel_provider", paper(&app, "chel_teacher", "100", "2025-04-10")).expect(201).id();
    let decide = |reason: &str| {
        let body = json!({"decision": "dispute", "reason": reason});
        crate::support::build_hours::decide(&app, "chel_teacher", &id, body)
    };
    refused(decide("Часы\u{0}"), &[("/reason", "forbidden_character")]);
    decide("Часы неверны:\n\t36 вместо 18").expect(200);
    let found = app.persona("teacher").get("/api/v1/organizations?kind=school&cursor=a%E2%80%AEb");
    refused(found, &[("cursor", "forbidden_character")]);
}

/// api-conventions, errors: cells of a file are texts too.
#[test]
fn control_characters_in_a_cell_are_refused() {
    let app = TestApp::start();
    let file = "Фамилия;Имя;СНИЛС;ИНН организации;Должность;Дата приёма\n\
        Каренина;Анна;900-000-001 82;0099000014;учи\u{202e}тель;2024-09-01\n";
    let director = app.persona("director");
    let run =
        director.header("content-type", "text/csv").send("POST", "/api/v1/imports/staff", Some(file.into()));
    let rows = director.get(&format!("/api/v1/import-runs/{}/rows", run.expect(200).id())).expect(200).json();
    assert_eq!(rows["items"][0]["problems"][0]["code"], "forbidden_character", "{rows}");
    assert_eq!(rows["items"][0]["problems"][0]["column"], "Должность");
}

/// A scale on which the better score is the graver deficit is upside down.
#[test]
fn an_inverted_scale_of_deficits_is_refused() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let send = |cuts: Value| {
        let mut data = instrument_data(&framework, "upside-down");
        data["scales"][0]["cut_points"] = cuts;
        let body = json!({"owner_id": app.organization("coordinator"), "data": data});
        app.persona("coordinator").post("/api/v1/instruments", body)
    };
    let cut = |level: &str, from: u32, severity: u32| json!({"level": level, "from_score": from, "is_deficit": severity > 0, "severity": severity});
    let upside_down = send(json!([cut("high", 0, 0), cut("middle", 40, 1), cut("low", 70, 3)]));
    refused(
        upside_down,
        &[
            ("/data/scales/0/cut_points/1/severity", "severity_ascends"),
            ("/data/scales/0/cut_points/2/severity", "severity_ascends"),
        ],
    );
    let overlapping = send(json!([cut("low", 0, 3), cut("middle", 40, 1), cut("high", 40, 0)]));
    refused(overlapping, &[("/data/scales/0/cut_points/2/from_score", "not_ascending")]);
    send(json!([cut("low", 0, 3), cut("middle", 40, 3), cut("high", 70, 0)])).expect(201);
}

/// P3-13: nobody learns more than 12 academic hours a day.
#[test]
fn hours_fit_into_the_days_of_learning() {
    let app = TestApp::start();
    let learnt = |number: &str, hours: f64, started_on: &str| {
        let dates = json!({"started_on": started_on, "hours": hours});
        record(&app, "chel_provider", with(paper(&app, "chel_teacher", number, "2025-04-10"), dates))
    };
    refused(learnt("1", 36.5, "2025-04-08"), &[("/hours", "hours_exceed_period")]);
    refused(learnt("1", 16.0, "2025-04-10"), &[("/hours", "hours_exceed_period")]);
    learnt("1", 36.0, "2025-04-08").expect(201);
    // Dates in the wrong order have no length.
    refused(learnt("2", 36.0, "2025-04-12"), &[("/completed_on", "dates_out_of_order")]);
}

/// P3-13: a paper is not older than its holder could be.
#[test]
fn a_paper_is_issued_to_somebody_of_14_years_and_not_tomorrow() {
    let app = TestApp::start();
    let person = app.person("chel_teacher");
    app.db_execute(&format!("update persons set birth_date = '1990-05-20' where id = '{person}'")).unwrap();
    let issued =
        |number: &str, day: &str| record(&app, "chel_provider", paper(&app, "chel_teacher", number, day));
    refused(issued("1", "2004-05-19"), &[("/issued_on", "date_before_age")]);
    issued("1", "2004-05-20").expect(201);
    let future = issued("2", "2026-03-03");
    refused(future, &[("/issued_on", "date_in_future"), ("/completed_on", "date_in_future")]);
}
