//! A body that may be JSON or a form: for the one endpoint that OAuth 2 clients of every kind call.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use validator::Validate;

use super::body::{in_time, media_type, parse, shape_problem, unreadable_payload};
use super::validation;
use crate::error::{Code, Error, FieldProblem, Result, Text};

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
            let parse = match media_type(&request).to_ascii_lowercase().as_str() {
                "application/json" => parse::<T>,
                "application/x-www-form-urlencoded" => parse_form::<T>,
                _ => return Err(unsupported()),
            };
            let bytes = in_time(&request, bytes).await?.map_err(unreadable_payload)?;
            let value = parse(&bytes)?;
            validation::check(&value)?;
            Ok(Self(value))
        })
    }
}

fn unsupported() -> Error {
    Error::new(Code::UnsupportedMedia).detail(
        "Ожидается application/json или application/x-www-form-urlencoded",
        "application/json or application/x-www-form-urlencoded is expected",
    )
}

fn parse_form<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let text = std::str::from_utf8(bytes).map_err(|error| Error::new(Code::Unreadable).cause(error))?;
    if text.contains("%00") || text.contains('\0') {
        let words = Text::new("Символ с кодом 0 недопустим", "The NUL character is not allowed");
        return Err(Error::invalid(vec![FieldProblem::new("", "nul_character", words)]));
    }
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(bytes));
    serde_path_to_error::deserialize(pairs).map_err(|error| {
        let path = error.path().to_string();
        let pointer = if path == "." { String::new() } else { format!("/{path}") };
        Error::invalid(vec![shape_problem(pointer, &error.into_inner().to_string())])
    })
}
