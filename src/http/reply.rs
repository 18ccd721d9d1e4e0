//! An answer of a use case, before it becomes HTTP: what an idempotent repeat gets again.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, HeaderValue, LINK, LOCATION, RETRY_AFTER, VARY,
};
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
    file: Option<File>,
    vary: bool,
    retry_after: Option<u32>,
}

/// A file as an answer: never stored for a repeat, so only reads give one.
#[derive(Debug)]
struct File {
    media: &'static str,
    name: String,
    bytes: Vec<u8>,
}

impl Reply {
    /// 200 with a thing that has no version.
    pub fn ok<T: Serialize>(view: &T) -> Result<Self> {
        let body = json(view)?;
        Ok(Self { status: 200, body, ..Self::no_content() })
    }

    /// 200 with one thing and its version.
    pub fn item<T: Serialize>(version: i64, view: &T) -> Result<Self> {
        Ok(Self { etag: Some(headers::etag(version)), ..Self::ok(view)? })
    }

    /// 200 with one thing that also says what follows from others, or from the day and the caller: its ETag tells two
    /// representations of one version apart, so that 304 is never said of what has changed; `If-Match` takes the version.
    pub fn derived<T: Serialize>(version: i64, view: &T) -> Result<Self> {
        let reply = Self::ok(view)?;
        Ok(Self { etag: Some(headers::etag_of_representation(version, &reply.body)), ..reply })
    }

    /// 201 with the new thing, its version and where it lives.
    pub fn created<T: Serialize>(location: impl Into<String>, version: i64, view: &T) -> Result<Self> {
        Ok(Self { status: 201, location: Some(location.into()), ..Self::item(version, view)? })
    }

    /// 204.
    pub const fn no_content() -> Self {
        Self {
            status: 204,
            location: None,
            etag: None,
            no_store: false,
            body: String::new(),
            file: None,
            vary: false,
            retry_after: None,
        }
    }

    /// 202 with what has only begun, and where it can be asked for.
    pub fn accepted<T: Serialize>(location: impl Into<String>, version: i64, view: &T) -> Result<Self> {
        Ok(Self { status: 202, ..Self::created(location, version, view)? })
    }

    /// Says when there may be something new.
    #[must_use]
    pub const fn ask_again(mut self, seconds: Option<u32>) -> Self {
        self.retry_after = seconds;
        self
    }

    /// 200 with a file of that name (ASCII) and version.
    pub fn file(version: &str, media: &'static str, name: String, bytes: Vec<u8>) -> Self {
        let file = Some(File { media, name, bytes });
        Self { etag: Some(format!("\"{version}\"")), file, ..Self::no_content() }.with_status(200).by_accept()
    }

    const fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same address answers in other formats too, as `Accept` asks.
    #[must_use]
    pub const fn by_accept(mut self) -> Self {
        self.vary = true;
        self
    }

    /// Holds a secret: no cache may keep it.
    #[must_use]
    pub const fn no_store(mut self) -> Self {
        self.no_store = true;
        self
    }

    /// What the answer says, read again: where one answer is made of several.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.body).map_err(Error::internal)
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
            file: None,
            vary: false,
            retry_after: None,
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
            let mut response = HttpResponse::NotModified();
            response.insert_header((ETAG, etag.as_str())).insert_header((CACHE_CONTROL, "private, no-cache"));
            if self.vary {
                response.append_header((VARY, "Accept"));
            }
            return response.finish();
        }
        let link = next_page(request, &self.body);
        let (media, disposition, body) = match self.file {
            Some(file) => {
                let disposition = format!("attachment; filename=\"{}\"", file.name);
                (file.media, Some(disposition), BoxBody::new(file.bytes))
            }
            None => ("application/json", None, BoxBody::new(self.body)),
        };
        let mut response = HttpResponse::with_body(status, body);
        let headers = response.headers_mut();
        if status != StatusCode::NO_CONTENT {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        }
        if self.vary {
            headers.append(VARY, HeaderValue::from_static("Accept"));
        }
        let caching = if self.no_store { "no-store" } else { "private, no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
        for (name, value) in [
            (ETAG, self.etag),
            (LOCATION, self.location),
            (LINK, link),
            (CONTENT_DISPOSITION, disposition),
            (RETRY_AFTER, self.retry_after.map(|seconds| seconds.to_string())),
        ] {
            if let Some(value) = value.and_then(|text| HeaderValue::try_from(text).ok()) {
                headers.insert(name, value);
            }
        }
        response
    }
}
