//! A JSON body: bounded, strict, with a pointer to what is wrong.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use validator::Validate;

use super::json;
use crate::app::AppState;
use crate::error::{Code, Error, Result};

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
            json::read(&bytes).map(Self)
        })
    }
}

/// A body that trickles in for too long is given up.
pub(super) async fn in_time<T>(request: &HttpRequest, body: impl Future<Output = T>) -> Result<T> {
    let seconds = request.app_data::<web::Data<AppState>>().map_or(30, |app| app.config.request_seconds);
    let limit = std::time::Duration::from_secs(seconds);
    tokio::time::timeout(limit, body).await.map_err(|elapsed| Error::new(Code::Timeout).cause(elapsed))
}

/// The type of the body in lower case, without its parameters. The only charset is UTF-8; what names another one is
/// refused.
pub fn media_type(request: &HttpRequest) -> Result<String> {
    let (media, charset) = media_parameters(request);
    if charset.is_some_and(|charset| !["utf-8", "utf8"].contains(&charset.as_str())) {
        return Err(Error::new(Code::UnsupportedMedia)
            .detail("Тело запроса принимается в UTF-8", "A body is accepted in UTF-8"));
    }
    Ok(media)
}

/// The type of the body and the charset it names, in lower case.
pub fn media_parameters(request: &HttpRequest) -> (String, Option<String>) {
    let written = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let written = written.unwrap_or_default().to_ascii_lowercase();
    let mut parts = written.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default().to_owned();
    let charset = parts.find_map(|part| part.strip_prefix("charset="));
    (media, charset.map(|name| name.trim_matches('"').to_owned()))
}

/// A merge patch (RFC 7396) is JSON too, where something is patched.
fn require_json(request: &HttpRequest) -> Result<()> {
    match media_type(request)?.as_str() {
        "application/json" => Ok(()),
        "application/merge-patch+json" if request.method() == Method::PATCH => Ok(()),
        _ => Err(Error::new(Code::UnsupportedMedia)
            .detail("Ожидается application/json", "application/json is expected")),
    }
}

/// Too large is told apart from broken off.
pub(super) fn unreadable_payload(error: actix_web::Error) -> Error {
    let status = error.as_response_error().status_code();
    if status.as_u16() == 413 {
        Error::new(Code::TooLarge)
    } else {
        Error::new(Code::Unreadable).cause(error)
    }
}
