//! Query parameters: unknown ones are 400, wrong values 422, never ignored.

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use validator::Validate;

use super::body::shape_problem;
use super::validation;
use crate::error::{Code, Error, FieldProblem, Result, Text};

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
        ready(parse(request.query_string()))
    }
}

fn parse<T: DeserializeOwned + Validate>(text: &str) -> Result<Query<T>> {
    if text.to_ascii_lowercase().contains("%00") {
        let words = Text::new("Символ с кодом 0 недопустим", "The NUL character is not allowed");
        return Err(Error::invalid(vec![FieldProblem::new("", "nul_character", words)]));
    }
    // What is not UTF-8 would silently become a replacement character.
    if form_urlencoded::parse(text.as_bytes()).any(|(_, value)| value.contains('\u{FFFD}')) {
        return Err(Error::new(Code::Unreadable)
            .detail("Параметры не в кодировке UTF-8", "The parameters are not UTF-8"));
    }
    let pairs = serde_urlencoded::Deserializer::new(url_pairs(text));
    let value: T = serde_path_to_error::deserialize(pairs).map_err(|error| {
        let name = error.path().to_string();
        let words = error.into_inner().to_string();
        if words.starts_with("unknown field") {
            let name = words.split('`').nth(1).unwrap_or_default().to_owned();
            return Error::new(Code::UnknownParameter)
                .detail(format!("Параметра «{name}» нет"), format!("There is no parameter `{name}`"));
        }
        Error::invalid(vec![by_name(shape_problem(if name == "." { String::new() } else { name }, &words))])
    })?;
    validation::check(&value).map_err(|mut error| {
        error.fields = error.fields.into_iter().map(by_name).collect();
        error
    })?;
    Ok(Query(value))
}

/// Parameters are named, not pointed at.
fn by_name(problem: FieldProblem) -> FieldProblem {
    FieldProblem { pointer: problem.pointer.trim_start_matches('/').to_owned(), ..problem }
}

fn url_pairs(text: &str) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(text.as_bytes())
}
