//! Query parameters: unknown ones are 400, wrong values 422, never ignored.

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use validator::Validate;

use super::pairs;
use crate::error::{Code, Error, Result};

/// Parsed and validated query parameters.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T> Deref for Query<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + Validate> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self))
    }
}

fn parse<T: DeserializeOwned + Validate>(text: &str) -> Result<T> {
    // What is not UTF-8 would silently become a replacement character.
    if form_urlencoded::parse(text.as_bytes()).any(|(_, value)| value.contains('\u{FFFD}')) {
        return Err(Error::new(Code::Unreadable)
            .detail("Параметры не в кодировке UTF-8", "The parameters are not UTF-8"));
    }
    pairs::read(text.as_bytes())
}
