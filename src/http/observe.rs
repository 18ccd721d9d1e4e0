//! The outermost layer: request id, one access line, metrics, and every refusal put into words.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, CONTENT_LANGUAGE, HeaderName, HeaderValue, VARY};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};

use super::problem::{self, Pending};
use super::{Metrics, language};
use crate::error::Error;
use crate::ids::new_id;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request: the caller's own, if it is decent, else a new one.
#[derive(Clone)]
pub(super) struct RequestId(pub(super) String);

/// The account behind the request, for the access line.
#[derive(Clone, Copy)]
pub(super) struct AccessAccount(pub(super) uuid::Uuid);

/// Wraps everything.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    let request_id = request_id(&request);
    request.extensions_mut().insert(RequestId(request_id.clone()));
    let template = request.match_pattern().unwrap_or_else(|| "unmatched".to_owned());

    // The layers inside answer refusals instead of failing, so there is always a response to put into words.
    let response = next.call(request).await?.map_into_boxed_body();
    let mut response = in_words(response, &request_id);
    let http_request = response.request().clone();
    let status = response.status().as_u16();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        headers.insert(REQUEST_ID, value);
    }
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language::of(&http_request).tag()));
    headers.append(VARY, HeaderValue::from_static("Accept-Language"));

    let seconds = started.elapsed().as_secs_f64();
    if let Some(metrics) = http_request.app_data::<web::Data<Metrics>>() {
        metrics.observe(http_request.method().as_str(), &template, status, seconds);
    }
    let account = http_request.extensions().get::<AccessAccount>().map(|account| account.0.to_string());
    log::info!(
        target: "rost::access",
        request_id = request_id.as_str(), method = http_request.method().as_str(), path = template.as_str(), status,
        ms:% = format_args!("{:.1}", seconds * 1000.0), account = account.as_deref().unwrap_or("-");
        "request"
    );
    Ok(response)
}

fn request_id(request: &ServiceRequest) -> String {
    request
        .headers()
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|id| (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        .map_or_else(|| new_id().to_string(), str::to_owned)
}

/// Replaces the answer by a problem when it is a refusal: one of ours, or one of the framework without words.
fn in_words(mut response: ServiceResponse, trace_id: &str) -> ServiceResponse {
    let pending: Option<Error> = response.response_mut().extensions_mut().remove::<Pending>().map(|pending| pending.0);
    let status = response.status();
    let error = match pending {
        Some(error) => error,
        None if status.is_client_error() || status.is_server_error() => {
            let by_us = response
                .headers()
                .get(actix_web::http::header::CONTENT_TYPE)
                .is_some_and(|value| value.as_bytes().starts_with(b"application/"));
            if by_us {
                return response;
            }
            let cause = response.response().error().map(ToString::to_string);
            Error { cause, ..problem::of_status(status) }
        }
        None => return response,
    };
    if error.code.status() >= 500 {
        log::error!(target: "rost::error", request_id = trace_id, cause = error.cause.as_deref().unwrap_or("-"); "{}", error.code.name());
    }
    let request = response.request();
    let mut rendered = problem::render(&error, language::of(request), request.path(), trace_id);
    // 405 keeps the list of methods that would do.
    if let Some(allow) = response.headers().get(ALLOW) {
        rendered.headers_mut().insert(ALLOW, allow.clone());
    }
    response.into_response(rendered)
}
