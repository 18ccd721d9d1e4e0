//! What is served is what is documented.

use actix_web::http::Method;
use rost::http::docs::operations;
use serde_json::Value;

use super::document::document;
use crate::support::TestApp;

/// What is served beside the document: a list that is read in review.
const BESIDE: [(&str, u16); 6] = [
    ("/livez", 200),
    ("/healthz", 200),
    ("/readyz", 200),
    ("/docs", 200),
    ("/docs/", 200),
    ("/api/v1/openapi.json", 200),
];

const RANDOM: &str = "019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11";

/// The path with a random id in place of every parameter.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { RANDOM } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// Every documented operation is served: without a token it is 401 or, if public, something of its own.
#[test]
fn every_documented_operation_is_served() {
    let app = TestApp::start();
    let admin = app.persona("admin");
    let document = document();
    let mut missing = Vec::new();
    for operation in operations(&document) {
        let path = filled(operation.path);
        let anonymous = app.anonymous().send(operation.method.as_str(), &path, None);
        let public = operation.value["security"] == Value::Array(Vec::new());
        if public == (anonymous.status == 401)
            && anonymous.codes().iter().all(|code| code != "auth.credentials_invalid")
        {
            missing.push(format!("{}: {} without a token", operation.id, anonymous.status));
        }
        if admin.send(operation.method.as_str(), &path, None).status == 405 {
            missing.push(format!("{} {path} answers 405", operation.method));
        }
        // A handler that is not mounted behind its gate would answer 500.
        if admin.send(operation.method.as_str(), &path, None).status >= 500 {
            missing.push(format!("{} {path} answers 5xx", operation.method));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// The other methods of every documented path are 405, with the documented ones in `Allow`.
#[test]
fn nothing_else_is_served() {
    let app = TestApp::with(|name| (name == "ROST_RATE_PER_SECOND").then(|| "100000".to_owned()));
    let document = document();
    let all = operations(&document);
    for operation in &all {
        let path = filled(operation.path);
        let documented: Vec<&Method> =
            all.iter().filter(|other| other.path == operation.path).map(|other| &other.method).collect();
        // A path with a parameter may be another operation's literal path with the value filled in; a random id is not.
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            if documented.iter().any(|known| known.as_str() == method) {
                continue;
            }
            let answer = app.anonymous().send(method, &path, None).refused(405, "request.method_not_allowed");
            let allow = answer.header("allow").unwrap().to_owned();
            assert!(documented.iter().all(|known| allow.contains(known.as_str())), "{path}: {allow}");
        }
    }
    for (path, status) in BESIDE {
        assert_eq!(app.anonymous().get(path).status, status, "{path}");
    }
    for path in ["/", "/api", "/api/v1", "/api/v1/nothing", "/metrics", "/docs/nothing.js", "/api/v2/regions"]
    {
        app.anonymous().get(path).refused(404, "request.not_found");
    }
}
