//! A JSON body: bounded, strict, with a pointer to what is wrong.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use validator::Validate;

use super::validation;
use crate::app::AppState;
use crate::error::{Code, Error, FieldProblem, Result, Text};

/// SHA-256 of the body, for the fingerprint of an idempotent request.
pub(super) struct BodyDigest(pub(super) Vec<u8>);

/// A parsed and validated JSON body.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T> Deref for Body<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = web::Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            require_json(&request)?;
            let bytes = in_time(&request, bytes).await?.map_err(unreadable_payload)?;
            request.extensions_mut().insert(BodyDigest(Sha256::digest(&bytes).to_vec()));
            let value = parse(&bytes)?;
            validation::check(&value)?;
            Ok(Self(value))
        })
    }
}

/// A body that trickles in for too long is given up.
pub(super) async fn in_time<T>(request: &HttpRequest, body: impl Future<Output = T>) -> Result<T> {
    let seconds = request.app_data::<web::Data<AppState>>().map_or(30, |app| app.config.request_seconds);
    let limit = std::time::Duration::from_secs(seconds);
    tokio::time::timeout(limit, body).await.map_err(|elapsed| Error::new(Code::Timeout).cause(elapsed))
}

/// The type of the body without its parameters.
pub(super) fn media_type(request: &HttpRequest) -> &str {
    let media = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    media.split(';').next().unwrap_or_default().trim()
}

fn require_json(request: &HttpRequest) -> Result<()> {
    let media = media_type(request);
    if media.eq_ignore_ascii_case("application/json") || media.eq_ignore_ascii_case("application/merge-patch+json") {
        Ok(())
    } else {
        Err(Error::new(Code::UnsupportedMedia).detail("Ожидается application/json", "application/json is expected"))
    }
}

/// Too large is told apart from broken off.
pub(super) fn unreadable_payload(error: actix_web::Error) -> Error {
    let status = error.as_response_error().status_code();
    if status.as_u16() == 413 { Error::new(Code::TooLarge) } else { Error::new(Code::Unreadable).cause(error) }
}

/// Unreadable JSON is 400; readable JSON of the wrong shape is 422 with a pointer.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let pointer = pointer(error.path());
        let cause = error.into_inner();
        if cause.is_data() {
            Error::invalid(vec![shape_problem(pointer, &cause.to_string())])
        } else {
            Error::new(Code::Unreadable).detail(
                format!("JSON не читается: строка {}, столбец {}", cause.line(), cause.column()),
                format!("The JSON cannot be read: line {}, column {}", cause.line(), cause.column()),
            )
        }
    })?;
    deserializer.end().map_err(|error| {
        Error::new(Code::Unreadable)
            .detail("После JSON есть лишние данные", "There is something after the JSON")
            .cause(error)
    })?;
    if has_nul(bytes) {
        return Err(Error::invalid(vec![FieldProblem::new(
            "",
            "nul_character",
            Text::new("Символ с кодом 0 недопустим", "The NUL character is not allowed"),
        )]));
    }
    Ok(value)
}

/// PostgreSQL text holds no NUL, so no string of ours does.
fn has_nul(bytes: &[u8]) -> bool {
    bytes.windows(6).enumerate().any(|(at, window)| {
        window == b"\\u0000" && {
            let backslashes = bytes.get(..at).map_or(0, |head| head.iter().rev().take_while(|b| **b == b'\\').count());
            backslashes % 2 == 0
        }
    })
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |mut pointer, segment| {
        pointer.push('/');
        match segment {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => pointer.push_str(variant),
            Segment::Unknown => pointer.push('?'),
        }
        pointer
    })
}

/// The words of serde, sorted into our codes; rejected values are not repeated, they may be personal data.
pub(super) fn shape_problem(pointer: String, words: &str) -> FieldProblem {
    let name = words.split('`').nth(1).unwrap_or_default();
    if words.starts_with("unknown field") {
        // The path of an unknown field already ends in its name.
        FieldProblem::new(pointer, "unknown_field", Text::new("Такого поля нет", "There is no such field"))
    } else if words.starts_with("missing field") {
        FieldProblem::new(
            format!("{pointer}/{name}"),
            "required",
            Text::new("Обязательное поле", "The field is required"),
        )
    } else if words.starts_with("unknown variant") {
        let expected = words.split(" at line").next().and_then(|text| text.split("expected ").nth(1)).unwrap_or_default();
        FieldProblem::new(
            pointer,
            "unknown_value",
            Text::owned(format!("Недопустимое значение; допустимы: {expected}"), format!("Not allowed; expected {expected}")),
        )
    } else {
        FieldProblem::new(
            pointer,
            "wrong_type",
            Text::new("Значение не того типа или формата", "The value has the wrong type or format"),
        )
    }
}
