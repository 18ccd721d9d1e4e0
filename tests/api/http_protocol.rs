//! HTTP as every resource speaks it: refusals, preconditions, languages, health.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::client::{Answer, Client};

const LIST: &str = "/api/v1/organizations";

fn school(app: &TestApp) -> String {
    format!("{LIST}/{}", app.organization("school_1"))
}

fn new_school(app: &TestApp) -> Value {
    json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "СОШ № 10"}})
}

fn post_raw(client: &Client, body: &[u8]) -> Answer {
    let key = rost::ids::new_id().to_string();
    client.header("idempotency-key", &key).header("content-type", "application/json").send(
        "POST",
        LIST,
        Some(body.to_vec()),
    )
}

#[test]
fn every_refusal_is_a_problem() {
    let app = TestApp::start();
    let problem = app
        .anonymous()
        .header("x-request-id", "my-request-1")
        .get("/nowhere")
        .refused(404, "request.not_found");
    let body = problem.json();
    assert_eq!(body["type"], "/problems/request.not_found");
    assert_eq!(body["status"], 404);
    assert_eq!(body["instance"], "/nowhere");
    assert_eq!(body["trace_id"], "my-request-1");
    assert_eq!(problem.header("x-request-id"), Some("my-request-1"));
    assert_eq!(problem.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(problem.header("cache-control"), Some("no-store"));
}

#[test]
fn an_indecent_request_id_is_replaced() {
    let app = TestApp::start();
    let answer =
        app.anonymous().header("x-request-id", "<script>alert(1)</script>").get("/livez").expect(200);
    assert_eq!(answer.header("x-request-id").unwrap().len(), 36);
}

#[test]
fn a_wrong_method_is_405_and_names_the_right_ones() {
    let app = TestApp::start();
    let refused = app.anonymous().send("DELETE", LIST, None).refused(405, "request.method_not_allowed");
    let allow = refused.header("allow").unwrap();
    assert!(["GET", "HEAD", "POST"].iter().all(|method| allow.contains(method)), "{allow}");
}

#[test]
fn head_is_get_without_the_body() {
    let app = TestApp::start();
    let teacher = app.persona("teacher");
    let (get, head) =
        (teacher.get(&school(&app)).expect(200), teacher.send("HEAD", &school(&app), None).expect(200));
    assert_eq!(head.text, "");
    assert_eq!(head.etag(), get.etag());
    app.anonymous().send("HEAD", &school(&app), None).expect(401);
}

#[test]
fn unreadable_bodies_are_400() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let deep = format!("{{\"data\":{}{}}}", "[".repeat(100), "]".repeat(100));
    let cases: [&[u8]; 8] = [
        b"",
        b"{",
        b"{\"kind\": school}",
        b"{} trailing",
        b"{\"kind\": \"\xff\xfe\"}",
        b"{\"unknown\": 1, nonsense",
        b"{\"kind\": \"sch\x00ool\"}",
        deep.as_bytes(),
    ];
    for body in cases {
        post_raw(&ministry, body).refused(400, "request.unreadable");
    }
}

#[test]
fn readable_but_wrong_bodies_are_422_with_a_pointer() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let cases = [
        (r#"{"kind":"school","data":{"name":"СОШ"},"surprise":1}"#, "/surprise", "unknown_field"),
        (r#"{"kind":"school","data":{"name":"СОШ","surprise":1}}"#, "/data/surprise", "unknown_field"),
        (r#"{"kind":"school","data":{}}"#, "/data/name", "required"),
        (r#"{"kind":"school","data":{"name":7}}"#, "/data/name", "wrong_type"),
        (r#"{"kind":"castle","data":{"name":"СОШ"}}"#, "/kind", "unknown_value"),
        (r#"{"kind":"school","data":{"name":"СОШ"},"parent_id":"7"}"#, "/parent_id", "wrong_type"),
        (r#"{"kind":"school","data":{"name":"С\u0000Ш"}}"#, "/data/name", "forbidden_character"),
        (r#"{"kind":"school","data":{"name":"Ш"}}"#, "/data/name", "length"),
        (r#"{"kind":"school","data":{"name":"СОШ","name":"СОШ"}}"#, "/data/name", "duplicate_field"),
        (r#"[]"#, "", "wrong_type"),
    ];
    for (body, pointer, code) in cases {
        let problem = post_raw(&ministry, body.as_bytes()).refused(422, "request.invalid").json();
        assert_eq!(problem["errors"][0]["code"], code, "{body}: {problem}");
        if code != "wrong_type" || !pointer.is_empty() {
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}: {problem}");
        }
    }
}

/// An escaped backslash before `u0000` is no NUL.
#[test]
fn what_only_looks_like_nul_is_fine() {
    let app = TestApp::start();
    let body =
        json!({"parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "СОШ \\u0000"}});
    app.persona("ministry").post(LIST, body).expect(201);
}

#[test]
fn only_json_is_understood() {
    let app = TestApp::start();
    let ministry = app.persona("ministry").header("idempotency-key", "key-0123456789");
    for media in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"] {
        let typed = ministry.header("content-type", media);
        typed.send("POST", LIST, Some(b"{}".to_vec())).refused(415, "request.unsupported_media_type");
    }
    ministry.send("POST", LIST, Some(b"{}".to_vec())).refused(415, "request.unsupported_media_type");
}

#[test]
fn a_body_over_the_limit_is_413_before_it_is_read() {
    let app = TestApp::with(|name| (name == "ROST_BODY_BYTES").then(|| "2048".to_owned()));
    let big = json!({"kind": "school", "data": {"name": "Ш".repeat(3000)}}).to_string();
    post_raw(&app.persona("ministry"), big.as_bytes()).refused(413, "request.too_large");
    // 100 MB are announced; the answer comes although they never arrive.
    let head = format!(
        "POST {LIST} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         idempotency-key: key-0123456789\r\ncontent-length: 104857600\r\n\r\n{{",
        app.token("ministry")
    );
    assert!(talk(&app, head.as_bytes()).starts_with("HTTP/1.1 413"));
}

/// A chunked body has no length to judge by.
#[test]
fn a_body_without_a_length_is_limited_too() {
    let app = TestApp::with(|name| (name == "ROST_BODY_BYTES").then(|| "2048".to_owned()));
    let mut request = format!(
        "POST {LIST} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         idempotency-key: key-0123456789\r\ntransfer-encoding: chunked\r\n\r\n",
        app.token("ministry")
    );
    for _ in 0..4 {
        request.push_str(&format!("400\r\n{}\r\n", " ".repeat(1024)));
    }
    request.push_str("0\r\n\r\n");
    assert!(talk(&app, request.as_bytes()).starts_with("HTTP/1.1 413"));
}

fn talk(app: &TestApp, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(app.address().trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    stream.write_all(request).unwrap();
    let mut answer = vec![0; 512];
    let read = stream.read(&mut answer).unwrap();
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

#[test]
fn unknown_query_parameters_are_400_and_wrong_values_422() {
    let app = TestApp::start();
    let teacher = app.persona("teacher");
    teacher.get(&format!("{LIST}?surprise=1")).refused(400, "request.unknown_parameter");
    teacher.get(&format!("{}?surprise=1", school(&app))).refused(400, "request.unknown_parameter");
    for (query, name, code) in [
        ("limit=0", "limit", "range"),
        ("limit=201", "limit", "range"),
        ("limit=many", "limit", "wrong_type"),
        ("kind=castle", "kind", "unknown_value"),
        ("municipality_id=7", "municipality_id", "wrong_type"),
        ("cursor=bm90LW91cnM", "cursor", "invalid_cursor"),
    ] {
        let problem = teacher.get(&format!("{LIST}?{query}")).refused(422, code).json();
        assert_eq!(problem["errors"][0]["pointer"], name, "{query}: {problem}");
    }
    teacher.get(&format!("{LIST}?cursor=%00")).refused(422, "forbidden_character");
    teacher.get(&format!("{LIST}?cursor=%ff")).refused(400, "request.unreadable");
}

#[test]
fn a_page_leads_to_the_next_one() {
    let app = TestApp::start();
    let teacher = app.persona("teacher");
    let mut path = format!("{LIST}?kind=school&limit=1");
    let mut names = Vec::new();
    loop {
        let page = teacher.get(&path).expect(200);
        names.push(page.json()["items"][0]["name"].as_str().unwrap().to_owned());
        let Some(link) = page.header("link") else { break };
        path = link.strip_prefix('<').and_then(|rest| rest.split('>').next()).unwrap().to_owned();
        assert!(
            link.ends_with("; rel=\"next\"") && path.contains(page.json()["next_cursor"].as_str().unwrap())
        );
    }
    assert_eq!(names, ["school_1", "school_2", "school_3", "state_school"]);
}

#[test]
fn a_cursor_belongs_to_its_list() {
    let app = TestApp::start();
    let teacher = app.persona("teacher");
    let cursor = teacher.get(&format!("{LIST}?kind=school&limit=1")).json()["next_cursor"]
        .as_str()
        .unwrap()
        .to_owned();
    teacher.get(&format!("{LIST}?kind=provider&limit=1&cursor={cursor}")).refused(422, "invalid_cursor");
    teacher.get(&format!("{LIST}?kind=school&limit=2&cursor={cursor}")).expect(200);
}

#[test]
fn what_cannot_be_an_id_does_not_exist() {
    let app = TestApp::start();
    for id in ["7", "%00", "..%2f..", "019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b1", "%ff", "'%20or%201=1--"] {
        app.persona("teacher").get(&format!("{LIST}/{id}")).refused(404, "request.not_found");
    }
}

#[test]
fn changes_name_the_version_they_are_based_on() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let body = json!({"name": "СОШ № 1"});
    let path = school(&app);
    ministry.send_json("PUT", &path, &body).refused(428, "request.precondition_required");
    for stale in ["\"99\"", "*", "W/\"1\"", "garbage", "\"\"", "\"1\", \"2\""] {
        ministry.put(&path, stale, body.clone()).refused(412, "request.precondition_failed");
    }
    let etag = ministry.get(&path).etag();
    let changed = ministry.put(&path, &etag, body.clone()).expect(200);
    assert_ne!(changed.etag(), etag);
    ministry.put(&path, &etag, body).refused(412, "request.precondition_failed");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let app = TestApp::start();
    let teacher = app.persona("teacher");
    let etag = teacher.get(&school(&app)).etag();
    for header in [etag.clone(), format!("W/{etag}"), format!("\"0\", {etag}"), "*".to_owned()] {
        let answer = teacher.header("if-none-match", &header).get(&school(&app)).expect(304);
        assert_eq!((answer.text.as_str(), answer.etag()), ("", etag.clone()));
    }
    teacher.header("if-none-match", "\"99\"").get(&school(&app)).expect(200);
}

#[test]
fn the_language_is_the_callers() {
    let app = TestApp::start();
    let title = |language: &str| {
        let answer = app.anonymous().header("accept-language", language).get(LIST).expect(401);
        assert!(
            answer.headers.iter().any(|(name, value)| name == "vary" && value.contains("Accept-Language"))
        );
        (
            answer.header("content-language").unwrap().to_owned(),
            answer.json()["title"].as_str().unwrap().to_owned(),
        )
    };
    let (ru, en) = (
        ("ru".to_owned(), "Требуется вход".to_owned()),
        ("en".to_owned(), "Authentication is required".to_owned()),
    );
    for language in ["ru", "ru-RU,en;q=0.5", "de", "*", "en;q=0", ";;;", "en;q=0.3, ru;q=0.4"] {
        assert_eq!(title(language), ru, "{language}");
    }
    for language in ["en", "EN-us", "de, en;q=0.1", "ru;q=0.2, en;q=0.9"] {
        assert_eq!(title(language), en, "{language}");
    }
}

#[test]
fn a_bad_token_is_never_an_anonymous_caller() {
    let app = TestApp::start();
    let bare = app.anonymous().get(LIST).refused(401, "auth.unauthenticated");
    assert_eq!(bare.header("www-authenticate"), Some("Bearer"));
    for header in ["Basic dGVzdDp0ZXN0", "Bearer", "token"] {
        app.anonymous().header("authorization", header).get(LIST).refused(401, "auth.unauthenticated");
    }
    for token in ["nonsense", "a.b.c", ""] {
        let refused =
            app.anonymous().header("authorization", &format!("Bearer  {token}")).get(LIST).expect(401);
        assert!(refused.header("www-authenticate").unwrap().starts_with("Bearer"));
    }
    // Even before it is said that the body is wrong, or that the id does not exist.
    app.anonymous().send("POST", LIST, Some(b"{".to_vec())).expect(401);
    app.anonymous().get(&format!("{LIST}/7")).expect(401);
}

#[test]
fn health_tells_process_and_database_apart() {
    let app = TestApp::start();
    app.anonymous().get("/livez").expect(200);
    app.anonymous().get("/healthz").expect(200);
    app.anonymous().get("/readyz").expect(200);
    let name = app.database.name().to_owned();
    let cut = |allowed: bool| {
        crate::support::app::on_runtime(async {
            let elsewhere = app.database.owner_url().replace(&name, "postgres");
            let client = crate::support::database::connect(&elsewhere).await.unwrap();
            client
                .batch_execute(&format!("alter database {name} allow_connections {allowed}"))
                .await
                .unwrap();
            client
                .batch_execute(&format!(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
                ))
                .await
                .unwrap();
        });
    };
    let teacher = app.persona("teacher");
    teacher.get(LIST).expect(200);
    cut(false);
    app.anonymous().get("/livez").expect(200);
    for path in ["/readyz", LIST] {
        let refused = teacher.get(path).refused(503, "server.unavailable");
        assert!(refused.header("retry-after").unwrap().parse::<u32>().unwrap() >= 1, "{path}");
    }
    cut(true);
    app.anonymous().get("/readyz").expect(200);
    teacher.get(LIST).expect(200);
}

/// The database was restarted: what stood open is broken, and no caller notices.
#[test]
fn broken_connections_are_replaced() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    for round in 0..3 {
        ministry.get(LIST).expect(200);
        ministry.post(LIST, new_school(&app)).expect(201);
        let broken = "select pg_terminate_backend(pid) from pg_stat_activity \
                      where datname = current_database() and pid <> pg_backend_pid()";
        app.db_execute(broken).unwrap();
        assert_eq!(ministry.get(LIST).status, 200, "round {round}");
        assert_eq!(ministry.post(LIST, new_school(&app)).status, 201, "round {round}");
    }
}

#[test]
fn the_document_and_its_page_need_nothing_else() {
    let app = TestApp::start();
    let document = app.anonymous().get("/api/v1/openapi.json").expect(200);
    assert_eq!(document.json()["openapi"], "3.1.0");
    app.anonymous().header("if-none-match", &document.etag()).get("/api/v1/openapi.json").expect(304);
    let page = app.anonymous().get("/docs").expect(200);
    assert!(
        page.text.contains("swagger-ui") && !page.text.contains("http://") && !page.text.contains("https://")
    );
    assert!(page.header("content-security-policy").unwrap().contains("script-src 'self'"));
    for (file, media) in [
        ("swagger-ui.css", "text/css"),
        ("swagger-ui-bundle.js", "javascript"),
        ("swagger-ui-standalone-preset.js", "javascript"),
        ("swagger-initializer.js", "javascript"),
    ] {
        let part = app.anonymous().get(&format!("/docs/{file}")).expect(200);
        assert!(part.header("content-type").unwrap().contains(media), "{file}");
        assert_eq!(part.header("x-content-type-options"), Some("nosniff"));
    }
    let start = app.anonymous().get("/docs/swagger-initializer.js").text;
    assert!(start.contains("/api/v1/openapi.json") && !start.contains("https://"), "{start}");
}
