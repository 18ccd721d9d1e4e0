//! The walk through the pages of a list: the same operation with the cursor it gave, as its caller would do it.

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, Uri};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::Value;

use super::DEPERSONALISED;
use crate::error::{Error, Result};
use crate::http::page::Portion;

/// Items of a page as the list says it: the most that it tells a caller at once.
const PAGE: &str = "200";

/// Items of a page of a file: more than a caller gets at once, so that a long file is not thousands of questions, and few
/// enough to be kept in memory while they are sent.
const PORTION: i64 = 1_000;

/// One page of a list.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    /// The items.
    pub(super) items: Vec<Value>,
    next_cursor: Option<String>,
}

/// What was asked of a list.
pub(super) struct Asked {
    /// The parameters that the list itself knows.
    own: Vec<(String, String)>,
    /// Whether nobody is to be known.
    pub(super) is_depersonalised: bool,
    /// Whether more was asked than the list itself knows.
    pub(super) differs: bool,
}

impl Asked {
    /// Of that query; a page shows people as they are.
    pub(super) fn new(query: &str, is_file: bool) -> Result<Self> {
        let all = form_urlencoded::parse(query.as_bytes()).into_owned();
        let (ours, own): (Vec<_>, Vec<_>) = all.partition(|(name, _)| name == DEPERSONALISED);
        let is_depersonalised = match ours.as_slice() {
            [] => false,
            [(_, value)] if value == "false" => false,
            [(_, value)] if value == "true" && is_file => true,
            [(_, value)] if value == "true" => {
                return Err(Error::field(
                    DEPERSONALISED,
                    "not_for_pages",
                    "Обезличивается только файл: попросите CSV, NDJSON или XLSX в заголовке Accept",
                    "Only a file is depersonalised: ask for CSV, NDJSON or XLSX in the Accept header",
                ));
            }
            _ => {
                return Err(Error::field(
                    DEPERSONALISED,
                    "wrong_type",
                    "Допустимы true и false",
                    "These are allowed: true and false",
                ));
            }
        };
        Ok(Self { own, is_depersonalised, differs: !ours.is_empty() })
    }

    /// The query of one page. A limit or a cursor of the caller has no meaning for a whole list.
    pub(super) fn query(&self, limit: Option<&str>, cursor: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let pages = limit.is_some();
        query.extend_pairs(
            self.own.iter().filter(|(name, _)| !pages || (name != "limit" && name != "cursor")),
        );
        for (name, value) in [("limit", limit), ("cursor", cursor)] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }
}

/// Puts another query into a request that has not found its way yet.
pub(super) fn address(request: &mut ServiceRequest, query: &str) -> Result<()> {
    let path = request.uri().path();
    let text = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let uri = Uri::try_from(text).map_err(Error::internal)?;
    request.match_info_mut().get_mut().update(&uri);
    request.match_info_mut().reset();
    request.head_mut().uri = uri;
    Ok(())
}

/// A walk. It keeps the one request there is, and hands it from page to page: the framework finds the way of a request
/// that nobody else holds.
pub(super) struct Walk<B> {
    next: Next<B>,
    request: Option<HttpRequest>,
    asked: Asked,
    is_paged: bool,
    cursor: Option<String>,
}

impl<B: MessageBody + 'static> Walk<B> {
    /// Before the first page.
    pub(super) fn new(request: ServiceRequest, next: Next<B>, asked: Asked, is_paged: bool) -> Self {
        let (request, _) = request.into_parts();
        Self { next, request: Some(request), asked, is_paged, cursor: None }
    }

    /// The request, for the head of the answer.
    pub(super) fn request(&self) -> Result<HttpRequest> {
        self.request.clone().ok_or_else(lost)
    }

    /// The answer to the request.
    pub(super) fn respond(
        self,
        response: HttpResponse,
    ) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
        Ok(ServiceResponse::new(self.request.ok_or_else(lost)?, response))
    }

    /// Whether the last page was read.
    pub(super) const fn is_at_the_end(&self) -> bool {
        self.cursor.is_none()
    }

    /// The next page, or how the list refuses it.
    pub(super) async fn page(&mut self) -> Result<Result<Page, Box<HttpResponse>>, actix_web::Error> {
        let query = self.asked.query(self.is_paged.then_some(PAGE), self.cursor.as_deref());
        let mut request = ServiceRequest::from_parts(self.request.take().ok_or_else(lost)?, Payload::None);
        address(&mut request, &query)?;
        // The list judges its caller anew for each page; only how many items it tells differs.
        request.extensions_mut().insert(Portion(PORTION));
        let (request, response) = self.next.call(request).await?.into_parts();
        self.request = Some(request);
        if response.status() != StatusCode::OK {
            return Ok(Err(Box::new(response.map_into_boxed_body())));
        }
        let unread = |failure: B::Error| {
            let failure: Box<dyn std::error::Error> = failure.into();
            Error::internal(failure)
        };
        let bytes = to_bytes(response.into_body()).await.map_err(unread)?;
        let page: Page = serde_json::from_slice(&bytes).map_err(Error::internal)?;
        self.cursor.clone_from(&page.next_cursor);
        Ok(Ok(page))
    }

    /// The next page of a file that is under way.
    pub(super) async fn next_page(&mut self) -> Result<Page> {
        match self.page().await.map_err(Error::internal)? {
            Ok(page) => Ok(page),
            Err(refusal) => Err(Error::internal(format!("a page answered {}", refusal.status()))),
        }
    }
}

fn lost() -> Error {
    Error::internal("the walk has lost its request")
}
