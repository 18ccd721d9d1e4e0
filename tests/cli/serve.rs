//! The life of a server: from an empty folder to nothing running.

use serde_json::json;

use super::loaded::demo;
use super::running::{Running, run, stderr, stdout};
use crate::support::{Client, TestFolder};

#[test]
fn a_server_starts_answers_and_leaves_nothing_behind() {
    let folder = TestFolder::new("cli-serve");
    let mut server = Running::start(&folder, &["--set", "ROST_DRAIN_SECONDS=3"]);
    let client = server.client();
    client.get("/livez").expect(200);
    client.get("/readyz").expect(200);
    assert!(server.said.contains("First administrator: login `admin`"), "{}", server.said);

    // The generated password works, and is shown once.
    let password = server.said.split("password `").nth(1).and_then(|rest| rest.split('`').next()).unwrap();
    let body = json!({"grant_type": "password", "login": "admin", "password": password});
    client.send_json("POST", "/api/v1/auth/token", &body).expect(200);

    server.signal("-TERM");
    while client.get("/readyz").status == 200 {}
    client.get("/readyz").expect(503);
    client.get("/livez").expect(200);
    assert_eq!(server.wait(), Some(0));
    assert!(!server.has_database(), "PostgreSQL is gone with the server");

    let again = Running::start(&folder, &[]);
    assert!(!again.said.contains("First administrator"), "{}", again.said);
}

#[test]
fn a_folder_has_one_server_but_commands_beside_it_work() {
    let folder = TestFolder::new("cli-busy");
    let server = demo(&folder, &[]);
    let second = run(&folder, &["serve", "--data", "data", "--addr", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(stderr(&second).contains("another server is using"), "{}", stderr(&second));

    let again = run(&folder, &["demo", "--data", "data"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    assert!(stdout(&again).contains("demo-admin"));
    let token = run(&folder, &["token", "demo-admin", "--data", "data"]);
    assert_eq!(token.status.code(), Some(0), "{}", stderr(&token));
    let client = Client::new(&server.address, Some(stdout(&token).trim().to_owned()));
    let me = client.get("/api/v1/me").expect(200).json();
    assert_eq!(me["account"]["login"], "demo-admin");
    let nobody = run(&folder, &["token", "nobody", "--data", "data"]);
    assert_eq!(nobody.status.code(), Some(1));
    assert!(stderr(&nobody).contains("no such account"), "{}", stderr(&nobody));
    // The visitors have gone and the database still runs.
    client.get("/readyz").expect(200);
}

#[test]
fn a_killed_server_is_succeeded_by_the_next() {
    let folder = TestFolder::new("cli-killed");
    let mut killed = Running::start(&folder, &[]);
    killed.signal("-KILL");
    assert_eq!(killed.wait(), None);
    assert!(killed.has_database(), "PostgreSQL outlives a killed server");
    let mut next = Running::start(&folder, &[]);
    next.client().get("/readyz").expect(200);
    next.signal("-INT");
    assert_eq!(next.wait(), Some(0));
    assert!(!next.has_database());
}
