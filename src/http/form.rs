//! A body that may be JSON or a form: for the one endpoint that OAuth 2 clients of every kind call.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use validator::Validate;

use super::body::{in_time, media_type, unreadable_payload};
use super::{json, pairs};
use crate::error::{Code, Error, Result};

/// A parsed and validated body, JSON or `application/x-www-form-urlencoded`.
#[derive(Debug)]
pub struct FormOrJson<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for FormOrJson<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = web::Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let read = match media_type(&request)?.as_str() {
                "application/json" => json::read::<T>,
                "application/x-www-form-urlencoded" => read_form::<T>,
                _ => return Err(unsupported()),
            };
            let bytes = in_time(&request, bytes).await?.map_err(unreadable_payload)?;
            read(&bytes).map(Self)
        })
    }
}

fn unsupported() -> Error {
    Error::new(Code::UnsupportedMedia).detail(
        "Ожидается application/json или application/x-www-form-urlencoded",
        "application/json or application/x-www-form-urlencoded is expected",
    )
}

/// The fields of a form are pointed at like those of a document.
fn read_form<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T> {
    std::str::from_utf8(bytes).map_err(|error| Error::new(Code::Unreadable).cause(error))?;
    pairs::read(bytes).map_err(|mut error| {
        for problem in error.fields.iter_mut().filter(|problem| !problem.pointer.is_empty()) {
            problem.pointer.insert(0, '/');
        }
        error
    })
}
