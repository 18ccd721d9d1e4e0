//! An answer of a use case, before it becomes HTTP: what an idempotent repeat gets again.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderValue, LINK, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

use super::headers;
use crate::db::StoredReply;
use crate::error::{Error, Result};

/// Status, headers and JSON of an answer.
#[derive(Debug)]
pub struct Reply {
    status: u16,
    location: Option<String>,
    etag: Option<String>,
    no_store: bool,
    body: String,
}

impl Reply {
    /// 200 with a thing that has no version.
    pub fn ok<T: Serialize>(view: &T) -> Result<Self> {
        Ok(Self { status: 200, location: None, etag: None, no_store: false, body: json(view)? })
    }

    /// 200 with one thing and its version.
    pub fn item<T: Serialize>(version: i64, view: &T) -> Result<Self> {
        Ok(Self { etag: Some(headers::etag(version)), ..Self::ok(view)? })
    }

    /// 201 with the new thing, its version and where it lives.
    pub fn created<T: Serialize>(location: impl Into<String>, version: i64, view: &T) -> Result<Self> {
        Ok(Self { status: 201, location: Some(location.into()), ..Self::item(version, view)? })
    }

    /// 204.
    pub const fn no_content() -> Self {
        Self { status: 204, location: None, etag: None, no_store: false, body: String::new() }
    }

    /// Holds a secret: no cache may keep it.
    #[must_use]
    pub const fn no_store(mut self) -> Self {
        self.no_store = true;
        self
    }

    /// What is stored for a repeat with the same key.
    pub(super) fn stored(&self) -> StoredReply {
        StoredReply {
            status: i16::try_from(self.status).unwrap_or(200),
            location: self.location.clone(),
            etag: self.etag.clone(),
            body: self.body.clone(),
        }
    }
}

impl From<StoredReply> for Reply {
    fn from(stored: StoredReply) -> Self {
        Self {
            status: u16::try_from(stored.status).unwrap_or(200),
            location: stored.location,
            etag: stored.etag,
            no_store: false,
            body: stored.body,
        }
    }
}

/// The `Link` header of a page (RFC 8288): the same list with the cursor that the page ends with. `next_cursor` is
/// the last field of every page, and a quote inside a string is escaped, so nothing else looks like it.
fn next_page(request: &HttpRequest, body: &str) -> Option<String> {
    let cursor = body.strip_suffix("\"}")?.rsplit_once("\"next_cursor\":\"")?.1;
    if !cursor.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
        return None;
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(
        form_urlencoded::parse(request.query_string().as_bytes()).filter(|(name, _)| name != "cursor"),
    );
    query.append_pair("cursor", cursor);
    Some(format!("<{}?{}>; rel=\"next\"", request.path(), query.finish()))
}

fn json<T: Serialize>(view: &T) -> Result<String> {
    serde_json::to_string(view).map_err(Error::internal)
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        if let Some(etag) = &self.etag
            && request.method() == actix_web::http::Method::GET
            && headers::none_match(request.headers(), etag)
        {
            return HttpResponse::NotModified()
                .insert_header((ETAG, etag.as_str()))
                .insert_header((CACHE_CONTROL, "private, no-cache"))
                .finish();
        }
        let link = next_page(request, &self.body);
        let mut response = HttpResponse::with_body(status, BoxBody::new(self.body));
        let headers = response.headers_mut();
        if status != StatusCode::NO_CONTENT {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let caching = if self.no_store { "no-store" } else { "private, no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
        for (name, value) in [(ETAG, self.etag), (LOCATION, self.location), (LINK, link)] {
            if let Some(value) = value.and_then(|text| HeaderValue::try_from(text).ok()) {
                headers.insert(name, value);
            }
        }
        response
    }
}
