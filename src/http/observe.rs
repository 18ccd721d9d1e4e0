//! The outermost layer: request id, one access line, metrics, and every refusal put into words.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::Method;
use actix_web::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};

use super::problem::{self, Pending};
use super::rate::Allowance;
use super::{Metrics, language};
use crate::app::AppState;
use crate::error::{Error, Language};
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
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    let request_id = request_id(&request);
    request.extensions_mut().insert(RequestId(request_id.clone()));
    let asked = method_name(request.method());
    // HEAD is GET without the body, which the connection leaves out by itself.
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let template = template(&request);

    let (language, path) = (language::of(request.request()), request.path().to_owned());

    // The layers inside answer refusals instead of failing, so what fails here is a defect of ours.
    let answered = match caught(next.call(request)).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(failure)) => Err(Error::internal(failure)),
        Err(panic) => Err(Error::internal(panic)),
    };
    let response = match answered {
        Ok(response) => response.map_into_boxed_body(),
        Err(error) => {
            // The request is gone with the handler, and with it the other layers: this is the whole answer.
            log(&error, &request_id);
            let mut response = problem::render(&error, language, &path, &request_id);
            dress(response.headers_mut(), &request_id, language);
            return Err(InternalError::from_response(error, response).into());
        }
    };
    let mut response = in_words(response, &request_id);
    let http_request = response.request().clone();
    let status = response.status().as_u16();
    dress(response.headers_mut(), &request_id, language);
    if let Some(allowance) = http_request.extensions().get::<Allowance>() {
        allowance.write(response.headers_mut());
    }

    let seconds = started.elapsed().as_secs_f64();
    if let Some(metrics) = http_request.app_data::<web::Data<Metrics>>() {
        metrics.observe(asked, &template, status, seconds);
    }
    let account = http_request.extensions().get::<AccessAccount>().map(|account| account.0.to_string());
    log::info!(
        target: "rost::access",
        request_id = request_id.as_str(), method = asked, path = template.as_str(), status,
        ms:% = format_args!("{:.1}", seconds * 1000.0), account = account.as_deref().unwrap_or("-");
        "request"
    );
    Ok(response)
}

/// The path without its values: of the document, else of what is served beside it.
fn template(request: &ServiceRequest) -> String {
    let documented = request
        .app_data::<web::Data<AppState>>()
        .and_then(|app| app.gates.template(request.path()).map(str::to_owned));
    documented.or_else(|| request.match_pattern()).unwrap_or_else(|| "unmatched".to_owned())
}

/// What every answer carries: the request's id, the language, and no room for a browser to guess.
fn dress(headers: &mut HeaderMap, request_id: &str, language: Language) {
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, value);
    }
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.append(VARY, HeaderValue::from_static("Accept-Language"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
        );
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// The outcome of the future, or the words of its panic.
async fn caught<T>(work: impl Future<Output = T>) -> Result<T, String> {
    let mut work = std::pin::pin!(work);
    std::future::poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
        Ok(std::task::Poll::Pending) => std::task::Poll::Pending,
        Ok(std::task::Poll::Ready(output)) => std::task::Poll::Ready(Ok(output)),
        Err(panic) => {
            let words = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let words = words.or_else(|| panic.downcast_ref::<String>().cloned());
            std::task::Poll::Ready(Err(format!("panic: {}", words.unwrap_or_default())))
        }
    })
    .await
}

/// A name out of a closed set, so that invented methods make no new series of metrics.
fn method_name(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

fn log(error: &Error, request_id: &str) {
    if error.code.status() >= 500 {
        log::error!(target: "rost::error", request_id, cause = error.cause.as_deref().unwrap_or("-"); "{}", error.code.name());
    }
}

fn request_id(request: &ServiceRequest) -> String {
    request
        .headers()
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|id| {
            (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        .map_or_else(|| new_id().to_string(), str::to_owned)
}

/// Replaces the answer by a problem when it is a refusal: one of ours, or one of the framework without words.
fn in_words(mut response: ServiceResponse, trace_id: &str) -> ServiceResponse {
    let pending: Option<Error> =
        response.response_mut().extensions_mut().remove::<Pending>().map(|pending| pending.0);
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
    log(&error, trace_id);
    let request = response.request();
    let mut rendered = problem::render(&error, language::of(request), request.path(), trace_id);
    // 405 keeps the list of methods that would do.
    if let Some(allow) = response.headers().get(ALLOW) {
        rendered.headers_mut().insert(ALLOW, allow.clone());
    }
    response.into_response(rendered)
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use actix_web::middleware::from_fn;
    use actix_web::{App, HttpResponse, test, web};

    use super::observe;

    async fn broken() -> HttpResponse {
        panic!("a defect");
    }

    #[actix_web::test]
    async fn a_panic_is_a_problem_and_says_nothing_of_itself() {
        let app =
            test::init_service(App::new().wrap(from_fn(observe)).route("/broken", web::get().to(broken)))
                .await;
        let request = test::TestRequest::get()
            .uri("/broken")
            .insert_header(("x-request-id", "panic-0001"))
            .to_request();
        let failure = test::try_call_service(&app, request).await.unwrap_err();
        let response = failure.error_response();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(response.headers().get("content-type").unwrap(), "application/problem+json");
        assert_eq!(response.headers().get("x-request-id").unwrap(), "panic-0001");
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
        let text = std::str::from_utf8(&body).unwrap();
        assert!(text.contains("server.internal") && !text.contains("defect"), "{text}");
    }
}
