//! What operations share by reference: headers, parameters and refusals.

use serde_json::{Map, Value, json};

use super::child;
use crate::error::{Code, Language};
use crate::http::PageQuery;

/// Name in `components/responses`, its status, and the code of its example.
pub(super) const REFUSALS: [(&str, Code); 14] = [
    ("Unreadable", Code::Unreadable),
    ("Unauthenticated", Code::Unauthenticated),
    ("Forbidden", Code::Forbidden),
    ("NotFound", Code::NotFound),
    ("RequestTimeout", Code::Timeout),
    ("Conflict", Code::StateConflict),
    ("PreconditionFailed", Code::PreconditionFailed),
    ("TooLarge", Code::TooLarge),
    ("UnsupportedMediaType", Code::UnsupportedMedia),
    ("Invalid", Code::Invalid),
    ("PreconditionRequired", Code::PreconditionRequired),
    ("TooManyRequests", Code::TooManyRequests),
    ("InternalError", Code::Internal),
    ("Unavailable", Code::Unavailable),
];

/// The reference to the refusal with the status of that code.
pub(super) fn refusal(code: Code) -> Value {
    let name = REFUSALS
        .iter()
        .find(|(_, known)| known.status() == code.status())
        .map_or("InternalError", |(name, _)| name);
    json!({"$ref": format!("#/components/responses/{name}")})
}

/// A reference to one of the shared headers.
pub(super) fn header(name: &str) -> Value {
    json!({"$ref": format!("#/components/headers/{name}")})
}

/// The headers of every answer.
pub(super) fn common_headers() -> Map<String, Value> {
    ["Access-Control-Allow-Origin", "RateLimit", "RateLimit-Policy", "X-Request-Id"]
        .into_iter()
        .map(|name| (name.to_owned(), header(name)))
        .collect()
}

/// Adds everything that is shared to the components.
pub(super) fn add(document: &mut Value) {
    let Some(components) = document.get_mut("components") else { return };
    if let Some(headers) = child(components, "headers") {
        headers.extend(HEADERS.into_iter().map(|(name, text, min, max, pattern, example)| {
            let schema = json!({"type": "string", "minLength": min, "maxLength": max, "pattern": pattern, "examples": [example]});
            (name.to_owned(), json!({"description": text, "schema": schema}))
        }));
        let seconds =
            json!({"type": "integer", "format": "int32", "minimum": 1, "maximum": 86_400, "examples": [1]});
        headers.insert(
            "Retry-After".to_owned(),
            json!({"description": "Seconds after which it makes sense to try again.", "schema": seconds}),
        );
    }
    if let Some(parameters) = child(components, "parameters") {
        parameters.extend(PARAMETERS.into_iter().map(|(key, name, required, text, min, max, pattern, example)| {
            let schema = json!({"type": "string", "minLength": min, "maxLength": max, "pattern": pattern, "examples": [example]});
            let parameter =
                json!({"name": name, "in": "header", "required": required, "description": text, "schema": schema, "example": example});
            (key.to_owned(), parameter)
        }));
        let limit = json!({
            "type": "integer", "format": "int32", "minimum": 1, "maximum": 200, "default": PageQuery::DEFAULT_LIMIT,
        });
        parameters.insert(
            "Limit".to_owned(),
            json!({"name": "limit", "in": "query", "description": "How many items at most.", "schema": limit, "example": 50}),
        );
        let cursor =
            json!({"type": "string", "minLength": 1, "maxLength": 500, "pattern": "^[A-Za-z0-9_-]+$"});
        let words = "`next_cursor` of the page before; a cursor belongs to its list with its filter.";
        parameters.insert(
            "Cursor".to_owned(),
            json!({"name": "cursor", "in": "query", "description": words, "schema": cursor, "example": "eyJrIjoxfQ"}),
        );
    }
    if let Some(responses) = child(components, "responses") {
        responses.extend(REFUSALS.into_iter().map(|(name, code)| (name.to_owned(), response(code))));
    }
}

fn response(code: Code) -> Value {
    let mut headers = common_headers();
    if matches!(code, Code::TooManyRequests | Code::Unavailable | Code::StateConflict) {
        headers.insert("Retry-After".to_owned(), header("Retry-After"));
    }
    if code == Code::Unauthenticated {
        headers.insert("WWW-Authenticate".to_owned(), header("WWW-Authenticate"));
    }
    let mut codes: Vec<String> = Code::ALL
        .iter()
        .filter(|known| known.status() == code.status())
        .map(|known| format!("`{}`", known.name()))
        .collect();
    codes.sort();
    let mut example = json!({
        "type": format!("/problems/{}", code.name()),
        "title": code.title().in_language(Language::Ru),
        "status": code.status(),
        "code": code.name(),
        "instance": "/api/v1/organizations",
        "trace_id": "019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11",
    });
    if code == Code::Invalid {
        let field = json!({"pointer": "/name", "code": "required", "message": "Обязательное поле"});
        super::set(&mut example, "errors", json!([field]));
    }
    json!({
        "description": format!("{}. `code` is one of: {}.", code.title().in_language(Language::En), codes.join(", ")),
        "headers": headers,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    })
}

type HeaderRow = (&'static str, &'static str, u32, u32, &'static str, &'static str);

const HEADERS: [HeaderRow; 8] = [
    (
        "Access-Control-Allow-Origin",
        "The origin of the calling page, if the configuration allows it.",
        1,
        300,
        "^[ -~]+$",
        "https://school.example",
    ),
    (
        "RateLimit",
        "What is left to the caller: `r` requests, full again in `t` seconds.",
        3,
        100,
        "^\"[a-z]+\";r=[0-9]+;t=[0-9]+$",
        "\"caller\";r=399;t=2",
    ),
    (
        "RateLimit-Policy",
        "What the caller is allowed: `q` requests in `w` seconds.",
        3,
        100,
        "^\"[a-z]+\";q=[0-9]+;w=[0-9]+$",
        "\"caller\";q=400;w=2",
    ),
    (
        "X-Request-Id",
        "The id of the request, the caller's own if it sent one; `trace_id` of problems.",
        8,
        64,
        "^[A-Za-z0-9-]+$",
        "019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11",
    ),
    (
        "ETag",
        "The version of the thing, for `If-Match` and `If-None-Match`; what is derived from other things follows a dot.",
        3,
        40,
        "^\"[0-9]+(\\.[A-Za-z0-9_-]+)?\"$",
        "\"1\"",
    ),
    (
        "Location",
        "Where the new thing lives.",
        1,
        500,
        "^/",
        "/api/v1/organizations/019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11",
    ),
    (
        "Link",
        "The next page (RFC 8288); absent on the last one.",
        1,
        2000,
        "^<[^>]*>; rel=\"next\"$",
        "</api/v1/organizations?cursor=eyJrIjoxfQ>; rel=\"next\"",
    ),
    ("WWW-Authenticate", "How to authenticate.", 6, 100, "^Bearer", "Bearer error=\"invalid_token\""),
];

type ParameterRow = (&'static str, &'static str, bool, &'static str, u32, u32, &'static str, &'static str);

const PARAMETERS: [ParameterRow; 5] = [
    (
        "IdempotencyKey",
        "Idempotency-Key",
        true,
        "A key of the caller's own for this request, 8 to 64 printable ASCII characters; a repeat with the same key and \
         the same request gets the stored answer, kept for at least 24 hours.",
        8,
        64,
        "^[!-~]+$",
        "1f4f6a53-6a1f-4a0e-9d3c-0f1d0f0e7a11",
    ),
    (
        "IfMatch",
        "If-Match",
        true,
        "The `ETag` of the version the change is based on.",
        3,
        40,
        "^\"[0-9]+(\\.[A-Za-z0-9_-]+)?\"$",
        "\"1\"",
    ),
    (
        "IfNoneMatch",
        "If-None-Match",
        false,
        "The `ETag` the caller has already: 304 if nothing has changed.",
        1,
        500,
        "^[ -~]+$",
        "\"1\"",
    ),
    (
        "Purpose",
        "X-Purpose",
        false,
        "What the personal data of somebody else is read for (цель обработки); journaled, and shown to that person. When \
         absent, what the caller's role reads it for; another system has to name it.",
        8,
        16,
        "^(personnel|training|certification|reporting|federal_register|supervision|subject_request)$",
        "personnel",
    ),
    (
        "AcceptLanguage",
        "Accept-Language",
        false,
        "Language of titles and messages: `ru` (default) or `en`.",
        1,
        200,
        "^[ -~]+$",
        "ru",
    ),
];
