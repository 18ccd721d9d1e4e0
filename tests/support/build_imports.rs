//! Files for bulk loading in every form, and what becomes of them.

use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use super::{Answer, Client, TestApp};
use crate::support::app::on_runtime;

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// School 1 with an ИНН, by which files name it.
pub fn school_with_inn() -> TestApp {
    let app = TestApp::start();
    name_school(&app);
    app
}

/// Gives school 1 its ИНН.
pub fn name_school(app: &TestApp) {
    let school = app.organization("school_1");
    app.db_execute(&format!("update organizations set inn = '0099000014' where id = '{school}'")).unwrap();
}

/// A СНИЛС with its control digits.
pub fn snils_of(number: u32) -> String {
    let digits = format!("{:09}", 900_300_000 + number);
    let sum: u32 =
        (1..=9).rev().zip(digits.bytes()).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    format!("{digits}{:02}", sum % 101 % 100)
}

/// The columns of a list of staff.
pub const STAFF: [&str; 7] =
    ["Фамилия", "Имя", "СНИЛС", "ИНН организации", "Должность", "Уровни образования", "Дата приёма"];

/// Somebody who works at school 1.
pub fn member(number: u32, first_name: &str) -> Vec<String> {
    let cells = ["Ларина", first_name, &snils_of(number), "0099000014", "учитель", "ООО|СОО", "2024-09-01"];
    cells.map(str::to_owned).to_vec()
}

/// A table as text, its cells parted by that.
pub fn csv(header: &[&str], rows: &[Vec<String>], delimiter: &str) -> String {
    let mut text = format!("{}\n", header.join(delimiter));
    for row in rows {
        text.push_str(&row.join(delimiter));
        text.push('\n');
    }
    text
}

/// A table as lines of objects.
pub fn ndjson(header: &[&str], rows: &[Vec<String>]) -> String {
    let object = |row: &Vec<String>| -> Value {
        header
            .iter()
            .zip(row)
            .map(|(name, cell)| ((*name).to_owned(), json!(cell)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    rows.iter().map(|row| format!("{}\n", object(row))).collect()
}

/// A table as a workbook.
pub fn workbook(header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0_u16..).zip(header) {
        sheet.write_string(0, column, *name).unwrap();
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(row) {
            sheet.write_string(line, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// Text as spreadsheets in Russian save it.
pub fn windows_1251(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
}

/// Loads a file of that media type.
pub fn load(client: &Client, path: &str, media: &str, bytes: impl Into<Vec<u8>>) -> Answer {
    client.header("content-type", media).send("POST", &format!("/api/v1/imports/{path}"), Some(bytes.into()))
}

/// Created, updated, unchanged, refused.
pub fn counts(run: &Value) -> [i64; 4] {
    ["rows_created", "rows_updated", "rows_unchanged", "rows_refused"].map(|name| run[name].as_i64().unwrap())
}

/// A run as it is now.
pub fn run(client: &Client, id: &str) -> Answer {
    client.get(&format!("/api/v1/import-runs/{id}")).expect(200)
}

/// Line, outcome, column and code of every problem.
pub type Receipt = (i64, String, Vec<(String, String)>);

/// The receipts of a run.
pub fn receipts(client: &Client, id: &str) -> Vec<Receipt> {
    let page = client.get(&format!("/api/v1/import-runs/{id}/rows?limit=200")).expect(200).json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let receipt = |row: &Value| {
        let problems = row["problems"].as_array().unwrap().iter();
        let problems = problems.map(|problem| (text(&problem["column"]), text(&problem["code"]))).collect();
        (row["line"].as_i64().unwrap(), text(&row["outcome"]), problems)
    };
    page["items"].as_array().unwrap().iter().map(receipt).collect()
}

/// Works off every file that waits; how many there were.
pub fn work_off(app: &TestApp) -> usize {
    on_runtime(async {
        let mut worked = 0;
        while rost::importing::work_once(app.state()).await.unwrap() {
            worked += 1;
        }
        worked
    })
}
