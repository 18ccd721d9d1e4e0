//! ETag, If-Match, If-None-Match and Idempotency-Key.

use actix_web::HttpRequest;
use actix_web::http::header::{HeaderMap, IF_MATCH, IF_NONE_MATCH};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::error::{Code, Error, Result};

/// The strong ETag of a row version.
pub(super) fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// The strong ETag of a representation of a row version that says more than the row.
pub(super) fn etag_of_representation(version: i64, body: &str) -> String {
    format!("\"{version}.{}\"", digest(body))
}

/// The ETag of a text that changes with the program only.
pub fn etag_of(text: &str) -> String {
    format!("\"{}\"", digest(text))
}

fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text).get(..12).unwrap_or_default())
}

/// Whether the caller of a GET has this version already.
pub fn has_already(request: &HttpRequest, etag: &str) -> bool {
    none_match(request.headers(), etag)
}

/// The version the caller saw: 428 without the header, 412 when it cannot be one of ours.
pub(super) fn if_match(headers: &HeaderMap) -> Result<i64> {
    let header = headers.get(IF_MATCH).ok_or(Error::new(Code::PreconditionRequired))?;
    header
        .to_str()
        .ok()
        .and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"'))
        .and_then(|tag| tag.split('.').next()?.parse().ok())
        .ok_or(Error::new(Code::PreconditionFailed))
}

/// Whether the caller has this version already.
pub(super) fn none_match(headers: &HeaderMap, etag: &str) -> bool {
    headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).is_some_and(|list| {
        list.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag || tag.trim() == "*")
    })
}

/// The caller's key for a POST: 8 to 64 printable characters.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<&str> {
    let header = headers.get("idempotency-key").ok_or(Error::new(Code::IdempotencyKeyRequired))?;
    header
        .to_str()
        .ok()
        .map(|key| key.trim().trim_matches('"'))
        .filter(|key| (8..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()))
        .ok_or_else(|| {
            Error::new(Code::IdempotencyKeyRequired)
                .detail("От 8 до 64 печатных знаков ASCII", "8 to 64 printable ASCII characters")
        })
}
