//! Bulk loading of files that are large, broken, or waited for by nobody.

use std::io::Write as _;
use std::net::TcpStream;

use serde_json::Value;

use crate::support::held::{SOMEBODY_WAITS, hold, until};
use crate::support::{Answer, Client, TestApp};

const HEADER: &str = "Фамилия;Имя;СНИЛС;ИНН организации;Должность;Дата приёма\n";

fn app() -> TestApp {
    let app = TestApp::start();
    let school = app.organization("school_1");
    app.db_execute(&format!("update organizations set inn = '0099000014' where id = '{school}'")).unwrap();
    app
}

/// A СНИЛС with its control digits.
fn snils(number: u32) -> String {
    let digits = format!("{:09}", 900_100_000 + number);
    let sum: u32 =
        (1..=9).rev().zip(digits.bytes()).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    format!("{digits}{:02}", sum % 101 % 100)
}

fn row(number: u32, first_name: &str) -> String {
    format!("Каренина;{first_name};{};0099000014;учитель;01.09.2024\n", snils(number))
}

fn file(numbers: impl Iterator<Item = u32>) -> String {
    numbers.fold(HEADER.to_owned(), |file, number| file + &row(number, "Анна"))
}

fn load(client: &Client, path: &str, file: &str) -> Answer {
    let client = client.header("content-type", "text/csv");
    client.send("POST", &format!("/api/v1/imports/{path}"), Some(file.into()))
}

fn counts(answer: &Answer) -> [i64; 4] {
    let run = answer.json();
    ["rows_created", "rows_updated", "rows_unchanged", "rows_refused"].map(|name| run[name].as_i64().unwrap())
}

/// Line, outcome and first problem of every row.
fn receipts(client: &Client, run: &Answer) -> Vec<(i64, String, String, String)> {
    let path = format!("/api/v1/import-runs/{}/rows?limit=200", run.id());
    let page = client.get(&path).expect(200).json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let receipt = |row: &Value| {
        let problem = &row["problems"][0];
        (
            row["line"].as_i64().unwrap(),
            text(&row["outcome"]),
            text(&problem["column"]),
            text(&problem["code"]),
        )
    };
    page["items"].as_array().unwrap().iter().map(receipt).collect()
}

/// A row that has not the columns of the header, or a lost quote, is refused by itself; nothing is swallowed.
#[test]
fn a_row_of_the_wrong_shape_is_refused_with_line_and_column() {
    let app = app();
    let director = app.persona("director");
    let lost_quote = format!("Обломов;\"Илья;{};0099000014;учитель;01.09.2024\n", snils(2));
    let short = format!("Обломов;Илья;{}\n", snils(3));
    let long = row(4, "Анна").replace('\n', ";лишнее\n");
    let spreadsheet = row(5, "Анна").replace('\n', ";;\n");
    let quoted = format!("\"Каренина\";\"Анна\";{};0099000014;\"учитель\";01.09.2024\n", snils(6));
    let file = [HEADER.to_owned(), row(1, "Анна"), lost_quote, short, long, spreadsheet, quoted].concat();
    for path in ["staff?dry_run=true", "staff"] {
        let run = load(&director, path, &file).expect(200);
        assert_eq!(counts(&run), [3, 0, 0, 3], "{:?}", receipts(&director, &run));
        let refused: Vec<_> =
            receipts(&director, &run).into_iter().filter(|(_, outcome, ..)| outcome == "refused").collect();
        let expected = [
            (3, "Имя", "unbalanced_quotes"),
            (4, "ИНН организации", "too_few_columns"),
            (5, "7", "too_many_columns"),
        ];
        let expected = expected
            .map(|(line, column, code)| (line, "refused".to_owned(), column.to_owned(), code.to_owned()));
        assert_eq!(refused, expected);
    }
}

/// The caller's file is the caller's fault: 4xx with the line, whatever its encoding.
#[test]
fn a_file_in_another_encoding_is_refused_with_its_line() {
    let app = app();
    let director = app.persona("director");
    let send = |media: &str, bytes: Vec<u8>| {
        director.header("content-type", media).send("POST", "/api/v1/imports/staff", Some(bytes))
    };
    let mut ansi = HEADER.as_bytes().to_vec();
    ansi.extend(row(1, "Анна").into_bytes());
    ansi.extend([0xca, 0xe0, 0xf0, b';', b'\n']);
    let refused = send("text/csv", ansi.clone()).refused(400, "request.unreadable");
    assert!(refused.text.contains("строка 3"), "{}", refused.text);
    let wide: Vec<u8> = HEADER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let refused = send("text/csv", wide).refused(400, "request.unreadable");
    assert!(refused.text.contains("строка 1"), "{}", refused.text);
    // What the caller says counts: read so, the header means nothing.
    send("text/csv; charset=windows-1251", ansi).refused(422, "unknown_column");
    send("text/csv; charset=koi8-r", HEADER.as_bytes().to_vec())
        .refused(415, "request.unsupported_media_type");
    let packed = |coding: &str| {
        let client = director.header("content-encoding", coding).header("content-type", "text/csv");
        client.send("POST", "/api/v1/imports/staff", Some(vec![0x1f, 0x8b]))
    };
    packed("gzip").refused(400, "request.unreadable");
    packed("br").refused(415, "request.unsupported_content_encoding");
    send("text/csv; charset=\"UTF-8\"", HEADER.as_bytes().to_vec()).expect(200);
    for strange in ["\u{fffe}", "\u{1f600}", "\u{202e}", "\u{1}"] {
        let file = format!("{HEADER}{}", row(7, strange));
        let run = load(&director, "staff", &file).expect(200);
        assert_eq!(counts(&run), [0, 0, 0, 1], "{strange:?}");
    }
}

/// A dry run predicts exactly what the real run does: rows of one person far apart in the file as well.
#[test]
fn a_long_dry_run_predicts_exactly_what_the_real_run_does() {
    let app = app();
    let director = app.persona("director");
    let again = [row(1, "Анна"), row(2, "Мария"), row(3, "Анна").replace("учитель", "методист")].concat();
    let file = file(1..=250) + &again;
    let predicted = load(&director, "staff?dry_run=true", &file).expect(200);
    let atomic = load(&director, "staff?dry_run=true&mode=atomic", &file).expect(200);
    assert_eq!(app.db_text("select count(*) from persons where last_name = 'Каренина'"), "0");
    let done = load(&director, "staff", &file).expect(200);
    assert_eq!(counts(&done), [250, 2, 1, 0]);
    assert_eq!((counts(&predicted), counts(&atomic)), (counts(&done), counts(&done)));
    assert_eq!(receipts(&director, &predicted), receipts(&director, &done));
    let repeated = load(&director, "staff?mode=atomic", &file).expect(200);
    assert_eq!(counts(&repeated), [0, 2, 251, 0], "the last word on a person is in the file twice");
}

/// Nothing is held between the portions of a dry run, and before an atomic run every row has been tried.
#[test]
fn a_dry_run_holds_nothing_for_long() {
    let app = app();
    let director = app.persona("director");
    load(&director, "staff", &file(1..=150)).expect(200);
    let renamed = (1..=150).fold(HEADER.to_owned(), |file, number| file + &row(number, "Мария"));
    let person = |number| format!("select id from persons where snils = '{}' for update", snils(number));
    for path in ["staff?dry_run=true", "staff?dry_run=true&mode=atomic"] {
        let held = hold(&app, &person(150));
        std::thread::scope(|scope| {
            let run = scope.spawn(|| load(&director, path, &renamed));
            until(&app, SOMEBODY_WAITS);
            let first = app.db_execute(&format!("{} nowait", person(1)));
            assert!(first.is_ok(), "the first portion is let go before the second has ended");
            drop(held);
            assert_eq!(counts(&run.join().unwrap().expect(200)), [0, 150, 0, 0]);
        });
    }
}

/// Whoever meets what is held for long is told to come back, he does not hang.
#[test]
fn nobody_waits_for_ever() {
    let app = app();
    let director = app.persona("director");
    load(&director, "staff", &file(1..=1)).expect(200);
    let person = format!("select id from persons where snils = '{}' for update", snils(1));
    let held = hold(&app, &person);
    let answer = load(&director, "staff", &(HEADER.to_owned() + &row(1, "Мария")));
    drop(held);
    assert!(answer.header("retry-after").is_some());
    answer.refused(503, "server.unavailable");
    let runs = director.get("/api/v1/import-runs").expect(200).json();
    assert_eq!(runs["items"][0]["state"], "failed", "the run says so at once");
}

/// Nobody waits for the answer any more: the run stops after the row at hand.
#[test]
fn an_import_stops_when_its_client_has_gone() {
    let app = app();
    load(&app.persona("director"), "staff", &file(1..=1)).expect(200);
    let body = HEADER.to_owned() + &row(1, "Мария") + file(2..=400).strip_prefix(HEADER).unwrap();
    let request = format!(
        "POST /api/v1/imports/staff HTTP/1.1\r\nHost: rost\r\nAuthorization: Bearer {}\r\nContent-Type: text/csv\r\n\
         Content-Length: {}\r\n\r\n",
        app.token("director"),
        body.len()
    );
    let person = format!("select id from persons where snils = '{}' for update", snils(1));
    let held = hold(&app, &person);
    let mut socket = TcpStream::connect(app.address().trim_start_matches("http://")).unwrap();
    socket.write_all(request.as_bytes()).unwrap();
    socket.write_all(body.as_bytes()).unwrap();
    until(&app, SOMEBODY_WAITS);
    drop(socket);
    drop(held);
    until(&app, "select state <> 'running' from imports order by created_at desc, id desc limit 1");
    let loaded: u32 =
        app.db_text("select count(*) from persons where last_name = 'Каренина'").parse().unwrap();
    assert!(loaded < 200, "{loaded} rows were loaded for nobody");
    assert_eq!(app.db_text("select state from imports order by created_at desc, id desc limit 1"), "failed");
}
