//! What a server that is killed leaves behind: nothing half-done, and a repeat completes it.

use std::fmt::Write;

use serde_json::json;

use super::loaded::demo;
use super::running::Running;
use crate::support::{Client, TestFolder};

/// As many as are loaded within their request.
const ROWS: usize = 900;

/// Invented people with valid numbers for one school of the demo.
pub fn staff(inn: &str, rows: usize) -> String {
    let mut file = "last_name;first_name;snils;organization_inn;position;started_on\n".to_owned();
    for n in 0..rows {
        let digits = format!("95{n:07}");
        let sum: u32 =
            digits.bytes().zip((1..=9).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        let check = match sum % 101 {
            100 => 0,
            rest => rest,
        };
        writeln!(file, "Иванова;Анна;{digits}{check:02};{inn};учитель;2026-09-01").unwrap();
    }
    file
}

pub fn director(server: &Running) -> Client {
    let body = json!({"grant_type": "password", "login": "obskaya.director", "password": "demo-demo-demo"});
    let answer = server.client().send_json("POST", "/api/v1/auth/token", &body).expect(200);
    Client::new(&server.address, answer.json()["access_token"].as_str().map(str::to_owned))
}

/// The ИНН of the director's school.
pub fn inn(client: &Client) -> String {
    let me = client.get("/api/v1/me").expect(200).json();
    let school = me["grants"][0]["organization"]["id"].as_str().unwrap().to_owned();
    let organization = client.get(&format!("/api/v1/organizations/{school}")).expect(200).json();
    organization["data"]["inn"].as_str().unwrap().to_owned()
}

fn rows_done(client: &Client) -> i64 {
    client.get("/api/v1/import-runs").expect(200).json()["items"][0]["rows_total"]
        .as_i64()
        .unwrap_or_default()
}

#[test]
fn a_server_killed_in_the_middle_of_an_import_leaves_whole_rows_and_a_repeat_completes_them() {
    let folder = TestFolder::new("cli-faults");
    // Whoever watches an import closely asks often.
    let mut server = demo(&folder, &["--set", "ROST_RATE_PER_SECOND=1000000"]);
    let client = director(&server);
    let file = staff(&inn(&client), ROWS);

    let loader = client.header("content-type", "text/csv");
    let bytes = file.clone().into_bytes();
    // The answer never comes: the server is killed first, and the thread panics.
    let load = std::thread::spawn(move || loader.send("POST", "/api/v1/imports/staff", Some(bytes)));
    while rows_done(&client) == 0 {}
    server.signal("-KILL");
    server.wait();
    assert!(load.join().is_err(), "the import must have been cut off");

    let again = Running::start(&folder, &[]);
    let client = director(&again);
    let before = rows_done(&client);
    assert!(before > 0 && before < i64::try_from(ROWS).unwrap(), "{before} rows were done before the kill");
    let answer = client
        .header("content-type", "text/csv")
        .send("POST", "/api/v1/imports/staff", Some(file.into_bytes()))
        .expect(200);
    let run = answer.json();
    let count = |name: &str| run[name].as_i64().unwrap();
    assert_eq!(count("rows_refused"), 0, "{run}");
    assert_eq!(count("rows_unchanged"), before, "what was committed is met again");
    assert_eq!(count("rows_created") + count("rows_unchanged"), i64::try_from(ROWS).unwrap());
}
