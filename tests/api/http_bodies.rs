//! Bodies on the wire: their types, charsets and codings; and the cursors that travel in URLs.

use std::io::{Read, Write};
use std::net::TcpStream;

use flate2::Compression;
use flate2::write::GzEncoder;
use rost::accounts::KeyRing;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::client::{Answer, Client};

const LIST: &str = "/api/v1/organizations";

fn school(app: &TestApp) -> Vec<u8> {
    let body =
        json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "СОШ № 10"}});
    body.to_string().into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn post(client: &Client, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
    let client = client.header("idempotency-key", &rost::ids::new_id().to_string());
    let client = headers.iter().fold(client, |client, (name, value)| client.header(name, value));
    client.send("POST", LIST, Some(body))
}

/// api-conventions, status codes: 415 for a type or charset that is not read; a merge patch is one where something is
/// patched, and nothing here is.
#[test]
fn json_in_utf_8_is_read_and_nothing_else() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let typed = |media: &str| post(&ministry, &[("content-type", media)], school(&app));
    for media in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""]
    {
        typed(media).expect(201);
    }
    for media in [
        "application/json; charset=windows-1251",
        "application/json; charset=utf-16",
        "text/json",
        "application/merge-patch+json",
    ] {
        let refused = typed(media).refused(415, "request.unsupported_media_type");
        // RFC 9110 section 12.5.3: only a wrong coding is answered with the right ones.
        assert_eq!(refused.header("accept-encoding"), None);
    }
}

/// api-conventions, status codes; RFC 9110 section 15.5.16: a coding nobody inflates is 415 with those that are.
#[test]
fn gzip_is_inflated_and_other_codings_are_refused() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let coded = |coding: &str, body: Vec<u8>| {
        post(&ministry, &[("content-type", "application/json"), ("content-encoding", coding)], body)
    };
    coded("gzip", gzip(&school(&app))).expect(201);
    coded("identity", school(&app)).expect(201);
    coded("gzip", school(&app)).refused(400, "request.unreadable");
    for coding in ["br", "zstd", "compress", "gzip, gzip", "", "x"] {
        let refused = coded(coding, school(&app)).refused(415, "request.unsupported_content_encoding");
        assert_eq!(refused.header("accept-encoding"), Some("gzip, deflate"));
    }
    let file = "Фамилия;Имя;СНИЛС;ИНН организации;Должность;Дата приёма\nК;А;900-000-001 82;0099000014;учитель;2024-09-01\n";
    let csv = app
        .persona("director")
        .header("content-type", "text/csv; charset=utf-8")
        .header("content-encoding", "gzip");
    csv.send("POST", "/api/v1/imports/staff?dry_run=true", Some(gzip(file.as_bytes()))).expect(200);
}

/// OWASP API4: 100 MB of zeros in 100 kB are refused after the first of them, although the rest never arrives.
#[test]
fn a_small_body_never_becomes_a_large_one() {
    let app = TestApp::start();
    let bomb = gzip(&vec![b' '; 100_000_000]);
    assert!(bomb.len() > 90_000 && bomb.len() < 200_000, "{}", bomb.len());
    let head = format!(
        "POST {LIST} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         content-encoding: gzip\r\nidempotency-key: key-0123456789\r\ncontent-length: {}\r\n\r\n",
        app.token("ministry"),
        bomb.len()
    );
    let mut stream = TcpStream::connect(app.address().trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&bomb[..4096]).unwrap();
    let mut answer = vec![0; 512];
    let read = stream.read(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

fn cursor(app: &TestApp, path: &str) -> String {
    app.persona("director").get(path).expect(200).json()["next_cursor"].as_str().unwrap().to_owned()
}

/// B1.16: a surname is personal data and URLs end up in logs: a cursor tells nothing and cannot be made up.
#[test]
fn a_cursor_is_sealed() {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let app = TestApp::start();
    let path = "/api/v1/persons?limit=1";
    let sealed = cursor(&app, path);
    assert!(sealed.len() < 500, "{}", sealed.len());
    let bytes = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
    let page: Value = app.persona("director").get(path).expect(200).json();
    let surname = page["items"][0]["last_name"].as_str().unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains(surname));
    assert_ne!(cursor(&app, path), sealed, "two of the same place tell nobody that they are");
    let follow = |cursor: &str| app.persona("director").get(&format!("{path}&cursor={cursor}"));
    follow(&sealed).expect(200);
    let mut forged = bytes.clone();
    forged[30] ^= 1;
    follow(&URL_SAFE_NO_PAD.encode(forged)).refused(422, "invalid_cursor");
    follow(&URL_SAFE_NO_PAD.encode(r#"{"key":["А","А","019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11"],"list":""}"#))
        .refused(422, "invalid_cursor");
    follow("").refused(422, "invalid_cursor");
    // Of another installation.
    follow(&cursor(&TestApp::start(), path)).refused(422, "invalid_cursor");
    // Of another list.
    let accounts = format!("{LIST}?limit=1&cursor={sealed}");
    app.persona("director").get(&accounts).refused(422, "invalid_cursor");
}

/// api-conventions, paging: several processes serve one API, and keys are rotated, while somebody turns pages.
#[test]
fn a_cursor_outlives_processes_and_keys() {
    let app = TestApp::start();
    let path = "/api/v1/persons?limit=1";
    let before = cursor(&app, path);
    app.persona("admin").post("/api/v1/signing-keys", json!({})).expect(201);
    app.persona("director").get(&format!("{path}&cursor={before}")).expect(200);
    let (keys, folder) = (app.state().identity.keys(), app.state().config.data.join("keys"));
    let other = KeyRing::open(&folder, "rost", "rost-api").unwrap();
    let sealed = other.seal(b"place", b"list").unwrap();
    assert_eq!(keys.unseal(&sealed, b"list").unwrap().as_deref(), Some(b"place".as_slice()));
    // The other process makes a key that this one has not seen.
    other.rotate().unwrap();
    let sealed = other.seal(b"place", b"list").unwrap();
    assert_eq!(keys.unseal(&sealed, b"list").unwrap().as_deref(), Some(b"place".as_slice()));
}

/// api-conventions, paging: the longest name still leads to the next page.
#[test]
fn the_longest_name_leads_to_the_next_page() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    for name in ["А".repeat(500), "А".repeat(499)] {
        let body =
            json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": name}});
        ministry.post(LIST, body).expect(201);
    }
    let path = format!("{LIST}?kind=school&limit=200");
    let all = ministry.get(&path).expect(200).json()["items"].as_array().unwrap().len();
    let (mut path, mut seen) = (format!("{LIST}?kind=school&limit=1"), 0);
    loop {
        let page = ministry.get(&path).expect(200).json();
        seen += page["items"].as_array().unwrap().len();
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("{LIST}?kind=school&limit=1&cursor={cursor}");
    }
    assert_eq!(seen, all);
}
