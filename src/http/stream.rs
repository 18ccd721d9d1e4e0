//! An answer that is written while it is sent: nobody holds it as a whole.

use actix_web::body::{BodyStream, BoxBody};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, Responder};
use futures_util::Stream;

use crate::error::Result;

/// 200 with bytes that come one after the other. Refuse before the first of them: afterwards a refusal can only break the
/// answer off, which every client notices.
pub struct Streamed {
    media: &'static str,
    name: Option<String>,
    at_once: bool,
    body: BoxBody,
}

impl Streamed {
    /// Bytes of that media type.
    pub fn new(media: &'static str, bytes: impl Stream<Item = Result<Bytes>> + 'static) -> Self {
        Self { media, name: None, at_once: false, body: BoxBody::new(BodyStream::new(Box::pin(bytes))) }
    }

    /// To be saved under that name (ASCII).
    #[must_use]
    pub fn file(mut self, name: String) -> Self {
        self.name = Some(name);
        self
    }

    /// Everything is sent as soon as it is there: nothing is packed, as that would wait for more.
    #[must_use]
    pub const fn at_once(mut self) -> Self {
        self.at_once = true;
        self
    }
}

impl Responder for Streamed {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok().body(self.body);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.at_once {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("identity"));
        }
        let disposition = self.name.map(|name| format!("attachment; filename=\"{name}\""));
        if let Some(value) = disposition.and_then(|text| HeaderValue::try_from(text).ok()) {
            headers.insert(CONTENT_DISPOSITION, value);
        }
        response
    }
}
