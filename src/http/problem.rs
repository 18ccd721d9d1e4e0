//! RFC 9457 problems: the one envelope of every refusal, our own and the framework's.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::encoding;
use crate::error::{Code, Error, FieldProblem, Language};

/// A refusal (RFC 9457, `application/problem+json`). The same schema on every operation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemView {
    /// Stable URI path of the kind of problem.
    #[schema(max_length = 200, example = "/problems/request.invalid")]
    pub r#type: String,
    /// The kind of problem in words, in the caller's language.
    #[schema(max_length = 200, example = "Данные заполнены неверно")]
    pub title: String,
    /// The HTTP status code.
    #[schema(minimum = 400, maximum = 599, format = Int32, example = 422)]
    pub status: u16,
    /// Stable machine name of the kind of problem. New names may come.
    #[schema(max_length = 100, example = "request.invalid")]
    pub code: String,
    /// What exactly was wrong, in the caller's language.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The path that was asked.
    #[schema(max_length = 2000, example = "/api/v1/persons")]
    pub instance: String,
    /// The id of the request, as in `X-Request-Id`.
    #[schema(max_length = 100, example = "019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11")]
    pub trace_id: String,
    /// Every wrong field at once.
    #[schema(max_items = 1000)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
}

/// As the schema says: whoever sends more wrong fields than that has enough to begin with.
const MOST_FIELDS: usize = 1000;

/// One wrong field of a request.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// JSON pointer into the body, or the name of the query parameter or header.
    #[schema(max_length = 500, example = "/ends_on")]
    pub pointer: String,
    /// Stable machine name of what is wrong.
    #[schema(max_length = 100, example = "route_term_out_of_range")]
    pub code: String,
    /// What is wrong, in the caller's language.
    #[schema(max_length = 1000, example = "Срок маршрута — от 1 года до 3 лет")]
    pub message: String,
    /// The requirement behind the rule, if the rule comes from a regulation.
    #[schema(max_length = 20, example = "P0-24")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The paragraph of the regulation behind the rule.
    #[schema(max_length = 50, example = "2.8")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
}

/// What a response carries until [`render`] puts it into words.
pub(super) struct Pending(pub(super) Error);

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// An empty answer that carries the refusal; the outermost layer knows the language and the request id.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(Pending(Error {
            code: self.code,
            detail: self.detail.clone(),
            fields: self.fields.clone(),
            retry_after: self.retry_after,
            cause: self.cause.clone(),
        }));
        response
    }
}

/// The refusal behind an answer of the framework itself (unknown path, wrong method, …).
pub(super) fn of_status(status: StatusCode) -> Error {
    Error::new(match status.as_u16() {
        404 => Code::NotFound,
        405 => Code::MethodNotAllowed,
        408 => Code::Timeout,
        413 => Code::TooLarge,
        415 => Code::UnsupportedMedia,
        429 => Code::TooManyRequests,
        503 => Code::Unavailable,
        400..=499 => Code::Unreadable,
        _ => Code::Internal,
    })
}

/// Puts a refusal into words.
pub(super) fn render(
    error: &Error,
    language: Language,
    instance: &str,
    trace_id: &str,
) -> HttpResponse<BoxBody> {
    let view = ProblemView::new(error, language, instance, trace_id);
    let mut response = HttpResponse::build(error.status_code()).json(view);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Some(seconds) = error.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    // Only then: the header tells a wrong coding from a wrong type (RFC 9110 section 12.5.3).
    if error.code == Code::UnsupportedEncoding {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(encoding::ACCEPTED));
    }
    if error.code.status() == 401 {
        let challenge =
            if error.code == Code::TokenInvalid { "Bearer error=\"invalid_token\"" } else { "Bearer" };
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    }
    response
}

impl ProblemView {
    /// A refusal in the words of that language.
    pub(super) fn new(error: &Error, language: Language, instance: &str, trace_id: &str) -> Self {
        Self {
            r#type: format!("/problems/{}", error.code.name()),
            title: error.code.title().in_language(language).to_owned(),
            status: error.code.status(),
            code: error.code.name().to_owned(),
            detail: error.detail.as_ref().map(|text| text.in_language(language).to_owned()),
            instance: instance.to_owned(),
            trace_id: trace_id.to_owned(),
            errors: error
                .fields
                .iter()
                .take(MOST_FIELDS)
                .map(|field| ProblemField::new(field, language))
                .collect(),
        }
    }
}

impl ProblemField {
    /// A wrong field in the words of that language.
    pub fn new(field: &FieldProblem, language: Language) -> Self {
        Self {
            pointer: field.pointer.clone(),
            code: field.code.clone().into_owned(),
            message: field.message.in_language(language).to_owned(),
            requirement: field.requirement.clone().map(Into::into),
            paragraph: field.paragraph.clone(),
        }
    }
}
