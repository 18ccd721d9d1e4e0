//! Files that are loaded, and what became of their rows.

use serde_json::Value;

use super::{Answer, Client, TestApp};

/// ИНН with their control digits.
pub const INNS: [&str; 9] = [
    "0099000014",
    "0099000021",
    "0099000039",
    "0099000046",
    "0099000053",
    "0099000060",
    "0099000078",
    "0099000085",
    "0099000092",
];

/// Gives organizations of the world these tax numbers.
pub fn inns(app: &TestApp, organizations: &[(&str, &str)]) {
    for (organization, inn) in organizations {
        let id = app.organization(organization);
        app.db_execute(&format!("update organizations set inn = '{inn}' where id = '{id}'")).unwrap();
    }
}

/// A СНИЛС with its control digits.
pub fn snils(number: u32) -> String {
    let digits = format!("{:09}", 900_100_000 + number);
    let sum: u32 =
        (1..=9).rev().zip(digits.bytes()).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    format!("{digits}{:02}", sum % 101 % 100)
}

/// Gives people of the world СНИЛС: the first has number 1.
pub fn numbered(app: &TestApp, people: &[&str]) {
    for (number, person) in (1..).zip(people) {
        let (id, snils) = (app.person(person), snils(number));
        app.db_execute(&format!("update persons set snils = '{snils}' where id = '{id}'")).unwrap();
    }
}

/// Loads a file.
pub fn load(client: &Client, path: &str, file: &str) -> Answer {
    client.header("content-type", "text/csv").send(
        "POST",
        &format!("/api/v1/imports/{path}"),
        Some(file.into()),
    )
}

/// Rows created, updated, unchanged, refused.
pub fn counts(run: &Answer) -> [i64; 4] {
    let run = run.json();
    ["rows_created", "rows_updated", "rows_unchanged", "rows_refused"].map(|name| run[name].as_i64().unwrap())
}

/// Line, outcome, and column and code of every problem, of all rows.
pub type Told = (i64, String, Vec<(String, String)>);

/// What the receipts of a run tell.
#[track_caller]
pub fn told(client: &Client, run: &Answer) -> Vec<Told> {
    let mut all = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let after = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let page = client.get(&format!("/api/v1/import-runs/{}/rows?limit=200{after}", run.id()));
        let page = page.expect(200).json();
        all.extend(page["items"].as_array().unwrap().iter().map(receipt));
        cursor = page["next_cursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            return all;
        }
    }
}

fn receipt(row: &Value) -> Told {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let problems = row["problems"].as_array().unwrap().iter();
    let problems = problems.map(|problem| (text(&problem["column"]), text(&problem["code"]))).collect();
    (row["line"].as_i64().unwrap(), text(&row["outcome"]), problems)
}

/// The problems of the refused rows, by line.
#[track_caller]
pub fn problems(client: &Client, run: &Answer) -> Vec<(i64, String, String)> {
    let refused = told(client, run).into_iter();
    refused
        .flat_map(|(line, _, problems)| problems.into_iter().map(move |(column, code)| (line, column, code)))
        .collect()
}

/// Loads a file dry and for good: both tell the same of every row. Answers the real run.
#[track_caller]
pub fn load_as_predicted(client: &Client, kind: &str, file: &str) -> Answer {
    let predicted = load(client, &format!("{kind}?dry_run=true"), file).expect(200);
    let done = load(client, kind, file).expect(200);
    assert_eq!(told(client, &predicted), told(client, &done));
    assert_eq!(counts(&predicted), counts(&done));
    done
}
