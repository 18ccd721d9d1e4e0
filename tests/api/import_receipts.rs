//! Receipts as a file: in the form of what was loaded, to be mended and loaded again.

use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::support::build_imports::{
    STAFF, XLSX, counts, csv, load, member, ndjson, receipts, school_with_inn, windows_1251, work_off,
    workbook,
};
use crate::support::{Answer, Client};

/// Three rows, of which two are wrong; one of those begins like a formula.
fn table() -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = (1..=3).map(|number| member(number, "Анна")).collect();
    rows[1][2] = "900-300-005 00".to_owned();
    rows[2][0] = "=1+1".to_owned();
    rows[2][4] = String::new();
    rows
}

fn file(client: &Client, run: &str, query: &str) -> Answer {
    client.get(&format!("/api/v1/import-runs/{run}/receipts{query}"))
}

/// Rows that were refused come back as they were brought, with what is wrong; mended they are loaded.
#[test]
fn refused_rows_come_back_in_the_form_of_the_file() {
    let app = school_with_inn();
    let director = app.persona("director");
    let run = load(&director, "staff", "text/csv", csv(&STAFF, &table(), ";")).expect(200);
    assert_eq!(counts(&run.json()), [1, 0, 0, 2], "{:?}", receipts(&director, &run.id()));
    let answer = file(&director, &run.id(), "?outcome=refused").expect(200);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    let name = format!("attachment; filename=\"receipts-{}.csv\"", run.id());
    assert_eq!(answer.header("content-disposition"), Some(name.as_str()));
    let text = answer.text.strip_prefix('\u{feff}').unwrap().to_owned();
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(
        lines[0],
        format!("{};receipt_line;receipt_outcome;receipt_code;receipt_message", STAFF.join(";"))
    );
    assert_eq!(lines.len(), 3, "{text}");
    assert!(
        lines[1].starts_with("Ларина;Анна;900-300-005 00;0099000014;учитель;ООО|СОО;2024-09-01;3;refused;")
    );
    assert!(lines[1].contains("СНИЛС: "), "in words: {}", lines[1]);
    assert!(lines[2].starts_with("'=1+1;"), "a spreadsheet shall not compute it: {}", lines[2]);
    let mended = text
        .replace("900-300-005 00", &member(2, "Анна")[2])
        .replace("'=1+1", "Ларина")
        .replace(";0099000014;;", ";0099000014;учитель;");
    let again = load(&director, "staff", "text/csv", mended).expect(200);
    assert_eq!(counts(&again.json()), [2, 0, 0, 0], "{:?}", receipts(&director, &again.id()));
    let all = file(&director, &run.id(), "").expect(200).text;
    assert!(all.contains("\r\n;;;;;;;2;created;;\r\n"), "of what was loaded nothing is kept twice: {all}");
    let english = director.header("accept-language", "en");
    assert!(file(&english, &run.id(), "").expect(200).text.contains("The field is required"));
}

/// Each form has its receipts, and each may be had in another one.
#[test]
fn receipts_come_in_every_form() {
    let app = school_with_inn();
    let director = app.persona("director");
    let rows = table();
    let run =
        load(&director, "staff?dry_run=true", "application/x-ndjson", ndjson(&STAFF, &rows)).expect(200).id();
    let answer = file(&director, &run, "?outcome=refused").expect(200);
    assert_eq!(answer.header("content-type"), Some("application/x-ndjson"));
    let lines: Vec<Value> = answer.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["СНИЛС"], &lines[0]["receipt_line"]), (&json!("900-300-005 00"), &json!("2")));
    assert_eq!(lines[1]["receipt_code"], "characters|required", "{}", lines[1]);
    let comma = load(&director, "staff?dry_run=true", "text/csv", windows_1251(&csv(&STAFF, &rows, ",")))
        .expect(200)
        .id();
    let answer = file(&director, &comma, "?outcome=refused").expect(200);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=windows-1251"));
    assert!(answer.text.contains(",900-300-005 00,0099000014,"), "{}", answer.text);
    let book = load(&director, "staff?dry_run=true", XLSX, workbook(&STAFF, &rows)).expect(200).id();
    let answer = file(&director, &book, "?outcome=refused").expect(200);
    assert_eq!(answer.header("content-type"), Some(XLSX));
    assert!(answer.text.starts_with("PK"));
    let mut long = member(1, "Анна");
    long[1] = "А".repeat(100_000);
    let long = load(&director, "staff", "text/csv", csv(&STAFF, &[long], ";")).expect(200);
    assert_eq!(receipts(&director, &long.id())[0].2[0].1, "too_long");
    file(&director, &long.id(), "?form=xlsx").expect(200);
    let answer = file(&director, &book, "?outcome=refused&form=ndjson").expect(200);
    assert_eq!(answer.text.lines().count(), 2);
    file(&director, &book, "?outcome=created&form=csv").expect(200);
    file(&director, &book, "?form=pdf").refused(422, "request.invalid");
    app.persona("teacher")
        .get(&format!("/api/v1/import-runs/{book}/receipts"))
        .refused(403, "auth.forbidden");
    file(&app.persona("school_2_director"), &book, "").refused(404, "request.not_found");
}

/// A run of its own has the same receipts, however many they are.
#[test]
fn receipts_of_many_rows_are_written_while_they_are_sent() {
    let app = school_with_inn();
    let director = app.persona("director");
    let rows: Vec<Vec<String>> = (1..=2_500)
        .map(|number| {
            let mut row = member(number, "Анна");
            row[3] = "0099000099".to_owned();
            row
        })
        .collect();
    let run = load(&director, "staff", "text/csv", csv(&STAFF, &rows, ";")).expect(202).id();
    work_off(&app);
    let answer = file(&director, &run, "?outcome=refused").expect(200);
    assert_eq!(answer.text.split_terminator("\r\n").count(), 2_501);
    let last = answer.text.split_terminator("\r\n").last().unwrap();
    assert!(last.contains(&member(2_500, "Анна")[2]) && last.contains(";2501;refused;unknown;"), "{last}");
}

/// A workbook that somebody has mended is loaded although the columns of receipts are still in it.
#[test]
fn the_columns_of_receipts_say_nothing_in_a_file() {
    let app = school_with_inn();
    let director = app.persona("director");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let header = STAFF.iter().chain(&["receipt_line", "receipt_outcome", "receipt_code", "receipt_message"]);
    for (column, name) in (0_u16..).zip(header) {
        sheet.write_string(0, column, *name).unwrap();
    }
    for (column, cell) in (0_u16..).zip(member(1, "Анна")) {
        sheet.write_string(1, column, cell).unwrap();
    }
    sheet.write_string(1, 8, "refused").unwrap();
    let run = load(&director, "staff", XLSX, book.save_to_buffer().unwrap()).expect(200);
    assert_eq!(counts(&run.json()), [1, 0, 0, 0], "{:?}", receipts(&director, &run.id()));
}
